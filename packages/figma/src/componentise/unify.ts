/** Phase 7: several trees → one template with holes where they differ. Filling the holes gives each tree back, to the letter. */
import { stringLiteral } from '../print/escape.ts'
import type { Jsx, JsxProp, JsxTag, JsxValue } from '../print/jsx.ts'

export type HoleKind = 'text' | 'class' | 'attribute' | 'flag' | 'slot'

/** A place where members differ; `values` is by member, undefined where the place does not exist. */
export interface Hole {
  readonly kind: HoleKind
  readonly values: readonly (string | boolean | JsxTag | undefined)[]
  /** What the place is called in the design. */
  readonly wish: string
  readonly attribute: string
  /** The type of the prop that it fills, where that is a component's. */
  readonly type: string
  /** Of a flag: the property of the design that it is. */
  readonly property: string
}

export type Template =
  | TemplateTag
  | { readonly kind: 'text'; readonly text: string | Hole; readonly isShown?: Hole }
  | { readonly kind: 'slot'; readonly hole: Hole }
  | { readonly kind: 'code'; readonly code: string }

export interface TemplateTag {
  readonly kind: 'tag'
  readonly name: string
  readonly props: readonly { readonly name: string; readonly value: JsxValue | Hole; readonly fixed: readonly string[] }[]
  readonly children: readonly Template[]
  /** The ids of the members' layers: one for an element, the whole list for a component used inside. */
  readonly ids: { readonly offset: number; readonly count: number; readonly isList: boolean } | undefined
  readonly isShown?: Hole
}

export interface Unified {
  readonly root: TemplateTag
  readonly holes: readonly Hole[]
  /** By member, the ids of all places; empty where a place does not exist. */
  readonly ids: readonly (readonly string[])[]
}

interface Work {
  readonly holes: Hole[]
  readonly ids: string[][]
}

export const isHole = (value: JsxValue | Hole | string): value is Hole => typeof value === 'object' && 'values' in value

const textOf = (value: JsxValue | undefined): string | undefined =>
  value === undefined
    ? undefined
    : value.kind === 'string'
      ? value.text
      : value.kind === 'code'
        ? value.code
        : value.kind === 'tag'
          ? JSON.stringify(value.tag)
          : ''

function hole(work: Work, kind: HoleKind, values: Hole['values'], wish: string, attribute = '', type = '', property = ''): Hole {
  const made: Hole = { kind, values, wish, attribute, type, property }
  work.holes.push(made)
  return made
}

/** What children of different members are matched by. */
function keyOf(child: Jsx): string {
  if (child.kind === 'tag') return `${child.name === 'h1' || /^h\d$/.test(child.name) ? 'p' : child.name} ${child.layerName ?? ''}`
  return child.kind
}

const numbered = (children: readonly Jsx[]): ReadonlyMap<string, Jsx> => {
  const seen = new Map<string, number>()
  const result = new Map<string, Jsx>()
  for (const child of children) {
    const key = keyOf(child)
    const number = seen.get(key) ?? 0
    seen.set(key, number + 1)
    result.set(`${key} ${number}`, child)
  }
  return result
}

/** One order that all lists of keys keep, or nothing when they contradict each other. */
function mergedOrder(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  let order: string[] = [...(lists[0] ?? [])]
  for (const list of lists.slice(1)) {
    if (list.length === order.length && list.every((key, index) => key === order[index])) continue
    const known = new Set(order)
    const merged: string[] = []
    let at = 0
    for (const key of list) {
      if (!known.has(key)) {
        merged.push(key)
        continue
      }
      const position = order.indexOf(key, at)
      if (position < 0) return undefined
      merged.push(...order.slice(at, position), key)
      at = position + 1
    }
    order = [...merged, ...order.slice(at)]
    if (new Set(order).size !== order.length) return undefined
  }
  return order
}

function unifyProps(work: Work, tags: readonly (JsxTag | undefined)[], wish: string): TemplateTag['props'] {
  const owner = tags.find((tag) => tag !== undefined)?.name ?? ''
  const names = [...new Set(tags.flatMap((tag) => tag?.props.map(({ name }) => name) ?? []))]
  return names.map((name) => {
    const found = tags.map((tag) => tag?.props.find((prop): prop is JsxProp => prop.name === name)?.value)
    const present = tags.flatMap((tag, index) => (tag ? [found[index]] : []))
    const first = present[0]
    if (
      first !== undefined &&
      present.every((value) => value !== undefined && value.kind === first.kind && textOf(value) === textOf(first))
    ) {
      return { name, value: first, fixed: [] }
    }
    if (name === 'className') {
      const lists = tags.map((tag, index) => (tag ? (textOf(found[index]) ?? '').split(' ').filter(Boolean) : undefined))
      const all = lists.flatMap((list) => (list ? [list] : []))
      const fixed = (all[0] ?? []).filter((word) => all.every((list) => list.includes(word)))
      const values = lists.map((list) => list?.filter((word) => !fixed.includes(word)).join(' '))
      return { name, value: hole(work, 'class', values, wish, name), fixed }
    }
    const isCode = present.some((value) => value?.kind === 'code' || value?.kind === 'true')
    const values = found.map((value) => (isCode && value?.kind === 'string' ? undefined : textOf(value)))
    return {
      name,
      value: hole(work, 'attribute', values, wish, name, /^[A-Z]/.test(owner) ? `${owner}Props[${stringLiteral(name)}]` : ''),
      fixed: [],
    }
  })
}

function unifyIds(work: Work, tags: readonly (JsxTag | undefined)[]): TemplateTag['ids'] {
  const first = tags.find((tag) => tag !== undefined)
  const isList = first?.nodeIds !== undefined
  if (!isList && first?.nodeId === undefined) return undefined
  const offset = work.ids[0]?.length ?? 0
  const count = Math.max(...tags.map((tag) => tag?.nodeIds?.length ?? (tag ? 1 : 0)))
  for (const [index, tag] of tags.entries()) {
    const own = tag?.nodeIds ?? (tag?.nodeId === undefined ? [] : [tag.nodeId])
    for (let at = 0; at < count; at++) work.ids[index]?.push(own[at] ?? '')
  }
  return { offset, count, isList }
}

const isCodeProp = (value: JsxValue | undefined) => value?.kind === 'code' || value?.kind === 'tag'

/** Attributes whose types are unions in React: a `string` prop cannot fill them. */
const RIGID = new Set(['strokeLinecap', 'strokeLinejoin', 'fillRule', 'clipRule', 'type', 'aria-hidden', 'mask-type', 'overflow'])

/** Whether the tags can be one element: one name, the same rigid attributes, and no attribute that is code here and text there. */
function isAlike(tags: readonly JsxTag[]): boolean {
  const [first] = tags
  const rigid = (tag: JsxTag | undefined) => JSON.stringify(tag?.props.filter(({ name }) => RIGID.has(name)))
  if (tags.some((tag) => tag.name !== first?.name || rigid(tag) !== rigid(first))) return false
  return tags.every((tag) =>
    tag.props.every(
      ({ name, value }) =>
        !isCodeProp(value) || tags.every((other) => textOf(other.props.find((prop) => prop.name === name)?.value) === textOf(value)),
    ),
  )
}

function unifyTags(
  work: Work,
  all: readonly (JsxTag | undefined)[],
  around: number,
): TemplateTag | { readonly kind: 'slot'; readonly hole: Hole } {
  // Where some show it, they say how it looks; where none does, those that hide it.
  const isSeen = all.some((tag) => tag && !tag.isAbsent)
  const tags = isSeen ? all.map((tag) => (tag?.isAbsent ? undefined : tag)) : all
  const present = tags.filter((tag): tag is JsxTag => tag !== undefined)
  const wish = present[0]?.layerName ?? ''
  const order = mergedOrder(present.map((tag) => [...numbered(tag.children).keys()]))
  if (!isAlike(present) || !order) return { kind: 'slot', hole: hole(work, 'slot', isSeen ? tags : all.map(() => undefined), wish) }
  const isShown = tags.map((tag) => tag !== undefined && !tag.isAbsent)
  const property = all.find((tag) => tag?.shownBy)?.shownBy ?? ''
  const shown = present.length < around || !isSeen ? hole(work, 'flag', isShown, wish, '', '', property) : undefined
  const props = unifyProps(work, tags, wish)
  const ids = unifyIds(work, tags)
  const maps = tags.map((tag) => (tag ? numbered(tag.children) : undefined))
  const children = order.map(
    (key): Template =>
      unifyAll(
        work,
        maps.map((map) => map?.get(key)),
        wish,
        present.length,
      ),
  )
  return { kind: 'tag', name: present[0]?.name ?? 'div', props, children, ids, ...(shown ? { isShown: shown } : {}) }
}

function unifyAll(work: Work, nodes: readonly (Jsx | undefined)[], wish: string, around: number): Template {
  const first = nodes.find((node) => node !== undefined)
  if (first?.kind === 'tag') return unifyTags(work, nodes as readonly (JsxTag | undefined)[], around)
  if (first?.kind === 'code') return first
  const texts = nodes.map((node) => (node?.kind === 'text' ? node.text : undefined))
  const present = texts.filter((text) => text !== undefined)
  if (present.length === around && present.every((text) => text === present[0])) return { kind: 'text', text: present[0] ?? '' }
  return { kind: 'text', text: hole(work, 'text', texts, wish) }
}

/** The common template of two or more trees; nothing when even their roots differ. */
export function unify(members: readonly JsxTag[]): Unified | undefined {
  const work: Work = { holes: [], ids: members.map(() => []) }
  const root = unifyTags(work, members, members.length)
  return root.kind === 'tag' ? { root, holes: work.holes, ids: work.ids } : undefined
}
