/** Unfolds instances: a main component's layers, changed by what the instance overrides and by the layout Figma last made of it. */
import { ReadStop } from '../read-result.ts'
import type { KiwiFields } from './decode.ts'
import type { Scene } from './scene.ts'
import { fieldsOf, guidOf, listOf } from './values.ts'

/** A node with everything applied to it, and its id as the REST API writes it (`I1:2;3:4` inside an instance). */
export interface ExpandedNode {
  readonly id: string
  readonly fields: KiwiFields
  readonly children: readonly ExpandedNode[]
  /** Of an instance: the main component that it shows. */
  readonly mainId?: string
}

/** A change for the node at the end of `path`, a way of keys from inside an instance. */
interface Override {
  readonly path: readonly string[]
  readonly fields: KiwiFields
}

/** Overrides by the key they begin with, so that each layer finds its own at once. */
type Scope = ReadonlyMap<string, { readonly direct: KiwiFields[]; readonly deeper: Override[] }>

const EMPTY_SCOPE: Scope = new Map()

function scopeOf(overrides: readonly Override[]): Scope {
  const scope = new Map<string, { direct: KiwiFields[]; deeper: Override[] }>()
  for (const { path, fields } of overrides) {
    const [first, ...rest] = path
    const entry = scope.get(first as string) ?? { direct: [], deeper: [] }
    if (rest.length) entry.deeper.push({ path: rest, fields })
    else entry.direct.push(fields)
    scope.set(first as string, entry)
  }
  return scope
}

type Assignments = ReadonlyMap<string, KiwiFields>

export interface ExpandLimits {
  readonly nodes: number
  readonly depth: number
}

/** Layers know themselves by this key in overrides, whatever id the copied component got. */
const keysOf = (id: string, fields: KiwiFields): readonly string[] => [id, guidOf(fields.overrideKey)].filter((key) => key !== undefined)

const overridesOf = (value: unknown): Override[] =>
  listOf(value).flatMap((entry) => {
    const path = listOf(fieldsOf(entry.guidPath).guids).map(guidOf)
    const { guidPath: _, ...fields } = entry
    return path.length && path.every((key) => key !== undefined) ? [{ path: path as string[], fields }] : []
  })

/** Property values by definition id; a later list wins. */
function assignmentsOf(...lists: readonly unknown[]): Assignments {
  const entries = lists.flatMap((list) =>
    listOf(list).flatMap((one): [string, KiwiFields][] => [[guidOf(one.defID) ?? '', fieldsOf(one.value)]]),
  )
  return new Map(entries.filter(([id]) => id !== ''))
}

/** What component properties say of a layer: shown or not, its words, which component it is. */
function byProperties(fields: KiwiFields, assignments: Assignments): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const reference of listOf(fields.componentPropRefs)) {
    const value = assignments.get(guidOf(reference.defID) ?? '')
    if (!value || reference.isDeleted === true) continue
    if (reference.componentPropNodeField === 'VISIBLE' && typeof value.boolValue === 'boolean') changes.visible = value.boolValue
    if (reference.componentPropNodeField === 'TEXT_DATA' && value.textValue)
      changes.textData = { ...fieldsOf(fields.textData), ...fieldsOf(value.textValue) }
    if (reference.componentPropNodeField === 'OVERRIDDEN_SYMBOL_ID' && guidOf(value.guidValue)) changes.overriddenSymbolID = value.guidValue
  }
  return changes
}

/** Derived text belongs to the words it was made from: new words without a new layout have none. */
function merged(fields: KiwiFields, changes: readonly KiwiFields[]): KiwiFields {
  const all = Object.assign({}, fields, ...changes) as Record<string, unknown>
  const hasNewWords = changes.some((change) => change.textData !== undefined)
  if (hasNewWords && !changes.some((change) => change.derivedTextData !== undefined)) delete all.derivedTextData
  return all
}

const mainIdOf = (fields: KiwiFields): string | undefined =>
  guidOf(fields.overriddenSymbolID) ?? guidOf(fieldsOf(fields.symbolData).symbolID)

/** Unfolds the trees below `ids`. @throws ReadStop beyond the limits */
export function expand(
  scene: Scene,
  ids: readonly string[],
  limits: ExpandLimits,
): { nodes: ExpandedNode[]; missingMains: ReadonlySet<string> } {
  let count = 0
  const missingMains = new Set<string>()

  const visit = (id: string, prefix: string, scope: Scope, assignments: Assignments, depth: number): ExpandedNode => {
    const own = scene.byId.get(id) as KiwiFields
    count += 1
    if (count > limits.nodes)
      throw new ReadStop('too-many-nodes', `Its instances unfold to more than ${limits.nodes} layers. Choose a frame of it.`)
    if (depth > limits.depth)
      throw new ReadStop('too-deep', `Layers are nested more than ${limits.depth} deep. Flatten the groups of that frame.`)
    const keys = new Set(keysOf(id, own))
    const entries = [...keys].flatMap((key) => scope.get(key) ?? [])
    const fields = merged(own, [byProperties(own, assignments), ...entries.flatMap((entry) => entry.direct)])
    const restId = prefix ? `${prefix};${id}` : id
    const mainId = own.type === 'INSTANCE' ? mainIdOf(fields) : undefined
    if (mainId === undefined) {
      const children = scene.childrenOf(id).map((child) => visit(child, prefix, scope, assignments, depth + 1))
      return { id: restId, fields, children }
    }
    return {
      id: restId,
      fields,
      mainId,
      children: unfold(
        mainId,
        fields,
        own,
        restId,
        entries.flatMap((entry) => entry.deeper),
        depth,
      ),
    }
  }

  const unfold = (
    mainId: string,
    fields: KiwiFields,
    own: KiwiFields,
    restId: string,
    outer: readonly Override[],
    depth: number,
  ): ExpandedNode[] => {
    if (!scene.byId.has(mainId)) {
      missingMains.add(mainId)
      return []
    }
    const data = fieldsOf(fields.symbolData)
    const inner = [
      ...overridesOf(fieldsOf(own.symbolData).symbolOverrides),
      ...(data === own.symbolData ? [] : overridesOf(data.symbolOverrides)),
    ]
    const derived = [
      ...overridesOf(own.derivedSymbolData),
      ...(fields.derivedSymbolData === own.derivedSymbolData ? [] : overridesOf(fields.derivedSymbolData)),
    ]
    const assignments = assignmentsOf(own.componentPropAssignments, fields.componentPropAssignments)
    const prefix = restId.startsWith('I') ? restId : `I${restId}`
    const scope = scopeOf([...inner, ...derived, ...outer])
    return scene.childrenOf(mainId).map((child) => visit(child, prefix, scope, assignments, depth + 1))
  }

  return { nodes: ids.map((id) => visit(id, '', EMPTY_SCOPE, new Map(), 1)), missingMains }
}
