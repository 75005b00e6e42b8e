/** Phase 7: which subtrees are the same thing: instances of one component, variants of one set, a drawing that occurs twice, siblings of one shape. */
import { type Json, jsonOf, textOf } from '../normalise/values.ts'
import { isShown, type Jsx, type JsxTag } from '../print/jsx.ts'

export interface Group {
  readonly key: string
  readonly wish: string
  readonly isIcon: boolean
  readonly members: JsxTag[]
  /** How deep groups are nested in its members; inner groups are cut first. */
  height: number
}

export interface SetNames {
  /** Name of the component or set, and the key under which its variants are one thing. */
  of(componentId: string): { readonly key: string; readonly name: string }
}

/** Components of one set are one thing; the names come from the REST maps, else from the layers. */
export function readSets(
  components: unknown,
  componentSets: unknown,
  owners: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
): SetNames {
  const table = jsonOf(components)
  const sets = jsonOf(componentSets)
  const nameOf = (json: Json) => textOf(json['name'])
  return {
    of(componentId) {
      const owner = owners.get(componentId)
      if (owner) return { key: owner.id, name: owner.name }
      const component = jsonOf(table[componentId])
      const setId = textOf(component['componentSetId'])
      if (setId) return { key: setId, name: nameOf(jsonOf(sets[setId])) }
      return { key: componentId, name: nameOf(component) }
    },
  }
}

/** Numbers every shape: two tags with one number print alike. */
export function createShapes(withText: boolean): (tag: JsxTag) => number {
  const known = new Map<string, number>()
  const numbers = new Map<JsxTag, number>()
  const partOf = (child: Jsx): string => {
    if (!isShown(child)) return ''
    if (child.kind === 'tag') return `<${numberOf(child)}>`
    return child.kind === 'text' ? (withText ? `"${child.text}"` : '"') : 'code'
  }
  const numberOf = (tag: JsxTag): number => {
    const cached = numbers.get(tag)
    if (cached !== undefined) return cached
    const props = withText ? tag.props.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(' ') : ''
    const key = `${tag.name} ${withText ? '' : (tag.layerName ?? '')} ${props} ${tag.children.map(partOf).join('')}`
    const number = known.get(key) ?? known.size
    known.set(key, number)
    numbers.set(tag, number)
    return number
  }
  return numberOf
}

export function sizeOf(tag: JsxTag): number {
  return 1 + tag.children.filter(isShown).reduce((sum, child) => sum + (child.kind === 'tag' ? sizeOf(child) : 1), 0)
}

const ICON_LENGTH_MIN = 60
const SIBLINGS_MIN = 3

const isLongDrawing = ({ children }: JsxTag): boolean =>
  children.some(
    (child) => child.kind === 'tag' && child.props.some(({ value }) => value.kind === 'string' && value.text.length > ICON_LENGTH_MIN),
  ) || JSON.stringify(children).length > ICON_LENGTH_MIN

/** Groups in the order in which their first member occurs. */
export function findGroups(roots: readonly JsxTag[], sets: SetNames): readonly Group[] {
  const groups = new Map<string, Group>()
  const drawing = createShapes(true)
  const shape = createShapes(false)
  const add = (key: string, wish: string, isIcon: boolean, member: JsxTag, height: number) => {
    const group = groups.get(key) ?? { key, wish, isIcon, members: [], height: 0 }
    groups.set(key, group)
    group.members.push(member)
    group.height = Math.max(group.height, height)
  }
  const drawingKey = (tag: JsxTag) =>
    `drawing ${tag.children.map((child) => (child.kind === 'tag' ? drawing(child) : '')).join(',')} ${JSON.stringify(tag.props.find(({ name }) => name === 'viewBox')?.value)}`
  const visit = (tag: JsxTag, isRoot: boolean): number => {
    let below = 0
    const bySibling = new Map<number, JsxTag[]>()
    for (const child of tag.children) {
      if (child.kind !== 'tag' || child.isAbsent) continue
      below = Math.max(below, visit(child, false))
      if (child.componentId || child.name === 'svg' || !child.nodeId || child.children.length === 0) continue
      const number = shape(child)
      const list = bySibling.get(number)
      if (list) list.push(child)
      else bySibling.set(number, [child])
    }
    let height = below
    for (const [number, siblings] of bySibling) {
      if (siblings.length < SIBLINGS_MIN || sizeOf(siblings[0] as JsxTag) < 3) continue
      height = Math.max(height, below + 1)
      for (const sibling of siblings) add(`shape ${number}`, sibling.layerName ?? '', false, sibling, below + 1)
    }
    if (tag.name === 'svg' && tag.nodeId && isLongDrawing(tag)) {
      height = below + 1
      add(drawingKey(tag), tag.layerName ?? '', true, tag, height)
    } else if (tag.componentId && !isRoot && tag.name !== 'svg') {
      height = below + 1
      const { key, name } = sets.of(tag.componentId)
      add(`component ${key}`, name || tag.layerName || '', false, tag, height)
    }
    return height
  }
  for (const root of roots) visit(root, true)
  return [...groups.values()]
}
