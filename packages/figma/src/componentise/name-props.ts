/** Phase 7: holes of a template → typed props of a component, and tables where a variant decides what fills a hole. */
import type { JsxTag } from '../print/jsx.ts'
import { STATE_NAMES } from '../print/print-state.ts'
import { camel, createNames, pascal, wordsOf } from '../resolve/names.ts'
import { type Changing, findChanges } from './changing.ts'
import { findStateAxis, type StateAxis, withPseudoClasses } from './states.ts'
import type { Hole } from './unify.ts'

export interface Axis {
  readonly prop: string
  readonly type: string
  /** The prop's value by member. */
  readonly values: readonly string[]
  /** The value it has where none is passed; empty when it must be passed. */
  readonly rest: string
  /** As the design calls it, and its values as the code does. */
  readonly name: string
  readonly inCode: (raw: string) => string
}

export type Filling =
  | { readonly kind: 'prop'; readonly prop: string }
  | { readonly kind: 'table'; readonly table: string; readonly axes: readonly Axis[]; readonly isOpen: boolean; readonly prop?: string }

export interface Prop {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
  /** Default in the signature, as code. */
  readonly fallback: string
  /** By member; undefined is not passed. */
  readonly values: readonly (string | boolean | JsxTag | undefined)[]
}

export interface Table {
  readonly name: string
  readonly keyType: string
  readonly valueType: string
  readonly rows: readonly (readonly [string, string | boolean])[]
}

export interface NamedProps {
  readonly axes: readonly Axis[]
  readonly props: readonly Prop[]
  readonly tables: readonly Table[]
  readonly fillings: ReadonlyMap<Hole, Filling>
  readonly state: StateAxis | undefined
  /** What clicks and time do to it. */
  readonly changing: Changing | undefined
  /** Members of which a change cannot be said. */
  readonly unsaid: ReadonlySet<JsxTag>
}

const ROWS_MAX = 40
const GENERIC_WORDS = new Set(['frame', 'group', 'rectangle', 'vector', 'text', 'label', 'instance', 'ellipse', 'component'])

const inCode = (raw: string): string => wordsOf(raw).join('-') || raw.replace(/[^\p{L}\p{N}-]/gu, '') || 'none'

/** Axes on which the members differ, one per name. */
function readAxes(members: readonly JsxTag[], take: (wish: string) => string, takeType: (wish: string) => string): readonly Axis[] {
  const names = [...new Set(members.flatMap((member) => Object.keys(member.variant ?? {})))]
  if (members.some((member) => !member.variant)) return []
  return names.flatMap((name) => {
    const raw = members.map((member) => member.variant?.[name] ?? '')
    if (new Set(raw).size < 2) return []
    const values = raw.map(inCode)
    return [{ prop: take(camel(name, 'variant')), type: takeType(pascal(name, 'Variant')), values, rest: '', name, inCode }]
  })
}

/** The axes that decide a vector of values, fewest first. */
function deciding(axes: readonly Axis[], values: Hole['values']): readonly Axis[] | undefined {
  const subsets: (readonly Axis[])[] = [...axes.map((axis) => [axis])]
  for (const [index, first] of axes.entries()) for (const second of axes.slice(index + 1)) subsets.push([first, second])
  if (axes.length > 2) subsets.push(axes)
  return subsets.find((subset) => {
    const seen = new Map<string, unknown>()
    return values.every((value, member) => {
      if (value === undefined) return true
      const key = subset.map((axis) => axis.values[member]).join(' ')
      if (seen.has(key)) return seen.get(key) === value
      seen.set(key, value)
      return seen.size <= ROWS_MAX
    })
  })
}

/** Every key that the axes can make; none where they would be too many for a table. */
function combinationsOf(axes: readonly Axis[]): readonly string[] {
  const sets = axes.map((axis) => [...new Set(axis.values)])
  if (sets.reduce((product, set) => product * set.length, 1) > ROWS_MAX) return []
  return sets.reduce<readonly string[]>((keys, set) => keys.flatMap((key) => set.map((value) => (key ? `${key} ${value}` : value))), [''])
}

/** `State`, or `` `${Size} ${State}` `` where the table holds every combination. */
function keyTypeOf(axes: readonly Axis[]): string {
  const [only] = axes
  if (axes.length === 1 && only) return only.type
  return combinationsOf(axes).length ? `\`${axes.map(({ type }) => `\${${type}}`).join(' ')}\`` : 'string'
}

function rowsOf(axes: readonly Axis[], values: Hole['values'], isTyped: boolean): Table['rows'] {
  const rows = new Map<string, string | boolean>()
  for (const [member, value] of values.entries()) {
    if (typeof value === 'string' || typeof value === 'boolean') rows.set(axes.map((axis) => axis.values[member]).join(' '), value)
  }
  const [first] = rows.values()
  const empty = typeof first === 'boolean' ? false : isTyped ? (first ?? '') : ''
  for (const key of combinationsOf(axes)) if (!rows.has(key)) rows.set(key, empty)
  return [...rows]
}

const vectorKey = (hole: Hole) =>
  `${hole.kind === 'class' ? 'class' : hole.kind === 'flag' ? `flag ${hole.property}` : `text ${hole.type}`} ${JSON.stringify(hole.values)}`

/** A property that says already what its truth means keeps its name. */
const flagWish = (name: string, isProperty: boolean): string =>
  isProperty && /^(show|has|is|with|hide|can|should)$/.test(wordsOf(name)[0] ?? '') ? name : `has ${name}`

function propName(hole: Hole): string {
  const words = wordsOf(hole.wish).filter((word) => !/^\d+$/.test(word))
  const isGeneric = words.length === 0 || words.every((word) => GENERIC_WORDS.has(word))
  const base = isGeneric ? '' : words.slice(0, 3).join(' ')
  if (hole.kind === 'flag') return camel(flagWish(hole.property || base || 'part', hole.property !== ''), 'has')
  if (hole.kind === 'class') return camel(`${base} class name`, 'look')
  if (hole.kind === 'slot') return camel(base || 'content', 'content')
  if (hole.kind === 'attribute')
    return camel(hole.attribute === 'src' || hole.attribute === 'alt' ? `${base} ${hole.attribute}` : hole.attribute, 'value')
  return camel(base || 'label', 'label')
}

function propOf(hole: Hole, name: string): Prop {
  const isMissing = hole.values.some((value) => value === undefined || value === '' || value === false)
  if (hole.kind === 'flag')
    return { name, type: 'boolean', isOptional: true, fallback: '', values: hole.values.map((value) => value === true || undefined) }
  if (hole.kind === 'slot') return { name, type: 'ReactNode', isOptional: isMissing, fallback: '', values: hole.values }
  const values = hole.values.map((value) => (value === '' && hole.attribute !== 'alt' ? undefined : value))
  return { name, type: hole.type || 'string', isOptional: isMissing, fallback: hole.kind === 'class' && isMissing ? '""' : '', values }
}

/** Where a thing stands is the page's business, whatever variant it is. */
const POSITION =
  /^(absolute|relative|fixed|sticky|flex-1|grow|shrink-0)$|^-?(left|right|top|bottom|inset|m[xytblr]?|translate-[xy]|z)-|^(self|basis|col|row|justify-self)-/

interface Split {
  readonly by: readonly Axis[]
  /** By member: what the variant decides, and what is left to the caller. */
  readonly look: readonly (string | undefined)[]
  readonly own: readonly (string | undefined)[]
}

/** The classes of the outermost element: those that the variant decides, apart from those that the page gives. */
function splitRoot(axes: readonly Axis[], hole: Hole): Split | undefined {
  const lists = hole.values.map((value) => (typeof value === 'string' ? value.split(' ').filter(Boolean) : undefined))
  const words = [...new Set(lists.flatMap((list) => list ?? []))]
  const decided = new Set(
    words.filter(
      (word) =>
        !POSITION.test(word) &&
        deciding(
          [...axes],
          lists.map((list) => list?.includes(word)),
        ),
    ),
  )
  const part = (isLook: boolean) => lists.map((list) => list?.filter((word) => decided.has(word) === isLook).join(' '))
  const look = part(true)
  const by = decided.size ? deciding(axes, look) : undefined
  return by ? { by, look, own: part(false) } : undefined
}

const withUsed = (changing: Changing, used: ReadonlySet<Axis>): Changing =>
  changing.disabledBy && !used.has(changing.disabledBy) ? { ...changing, disabledBy: undefined } : changing

/** Whether the table may lack a row as far as types know. */
const isOpen = (hole: Hole, by: readonly Axis[]) => hole.kind !== 'flag' && keyTypeOf(by) === 'string'

const tableWish = (hole: Hole): string =>
  `${
    wordsOf(`${hole.wish} ${hole.kind === 'flag' ? 'shown' : hole.kind === 'class' ? 'look' : hole.attribute}`)
      .slice(-4)
      .join('_')
      .toUpperCase() || 'LOOK'
  }`.replace(/^(\d)/, 'V$1')

/**
 * Names everything that differs.
 * @param rootClass the hole of the outermost class, which callers know as `className`
 * @param takenTypes names that the module has for something else
 */
export function nameProps(
  members: readonly JsxTag[],
  holes: readonly Hole[],
  rootClass: Hole | undefined,
  takenTypes: readonly string[],
): NamedProps {
  const take = createNames(['nodeIds', 'children', 'className', ...Object.values(STATE_NAMES)], '')
  const takeTable = createNames([], '')
  const found = readAxes(members, take, createNames(takenTypes, ''))
  const { state, changing, unsaid } = findChanges(found, members, findStateAxis(found, members[0]?.name === 'button'))
  const slots = holes.filter(({ kind }) => kind === 'slot').length
  const used = new Set<Axis>()
  const props: Prop[] = []
  const tables: Table[] = []
  const fillings = new Map<Hole, Filling>()
  const known = new Map<string, Filling>()
  const tabled = (hole: Hole, by: readonly Axis[], values: Hole['values']): string => {
    for (const axis of by) used.add(axis)
    const table: Table = {
      name: takeTable(tableWish(hole)),
      keyType: keyTypeOf(by),
      valueType: hole.kind === 'flag' ? 'boolean' : hole.type || 'string',
      rows: rowsOf(by, values, hole.type !== ''),
    }
    tables.push(state && hole.kind === 'class' ? withPseudoClasses(table, by, state, hole === rootClass) : table)
    return table.name
  }
  const fill = (hole: Hole): Filling => {
    if (hole === rootClass) {
      const split = found.length ? splitRoot(found, hole) : undefined
      const own = split?.own ?? hole.values
      const isGiven = own.some((value) => value !== undefined && value !== '')
      if (isGiven || !split) props.push(propOf({ ...hole, values: own }, 'className'))
      if (!split) return { kind: 'prop', prop: 'className' }
      return {
        kind: 'table',
        table: tabled(hole, split.by, split.look),
        axes: split.by,
        isOpen: isOpen(hole, split.by),
        ...(isGiven ? { prop: 'className' } : {}),
      }
    }
    // What a property of the design decides is decided by nothing else.
    const isDecidable = hole.kind !== 'slot' && hole.kind !== 'text' && hole.property === '' && found.length > 0
    const by = isDecidable ? deciding(found, hole.values) : undefined
    if (by) return { kind: 'table', table: tabled(hole, by, hole.values), axes: by, isOpen: isOpen(hole, by) }
    // The only slot of a component is what stands between its tags.
    const name = hole.kind === 'slot' && slots === 1 ? 'children' : take(propName(hole))
    props.push(propOf(hole, name))
    return { kind: 'prop', prop: name }
  }
  for (const hole of holes) {
    const key = vectorKey(hole)
    const filling = (hole.kind === 'slot' || hole === rootClass ? undefined : known.get(key)) ?? fill(hole)
    if (hole !== rootClass) known.set(key, filling)
    fillings.set(hole, filling)
  }
  const axes = found.filter((axis) => used.has(axis))
  return {
    axes: axes.map((axis) => (axis === state?.axis ? { ...axis, rest: state.rest } : axis)),
    props,
    tables,
    fillings,
    state: state && used.has(state.axis) ? state : undefined,
    changing: changing && used.has(changing.axis) ? withUsed(changing, used) : undefined,
    unsaid,
  }
}
