/** Phase 7, breakpoints: the trees of one screen at several widths → one tree whose elements have a look for each width. */
import { type Content, type ElementNode, element, type Style, withoutAbsent } from '../element.ts'

const HIDDEN: Style = { display: 'none' }

type Row = readonly (Content | undefined)[]

const nameOf = (node: Content): string => {
  if (node.kind === 'text') return 'text'
  const tag = /^(h[1-6]|p|span)$/.test(node.tag) ? 'p' : node.tag
  return `${tag} ${node.layer?.name ?? ''}`
}

/** Children by what they are and how many of that came before. */
function keyed(children: readonly Content[]): ReadonlyMap<string, Content> {
  const seen = new Map<string, number>()
  return new Map(
    children.map((child) => {
      const name = nameOf(child)
      const number = seen.get(name) ?? 0
      seen.set(name, number + 1)
      return [`${name} ${number}`, child]
    }),
  )
}

/** One order that keeps the order of every list; what is new stands behind what it followed. Nothing when they contradict each other. */
function commonOrder(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  let order: readonly string[] = lists[0] ?? []
  for (const list of lists.slice(1)) {
    const known = new Set(order)
    const merged: string[] = []
    let at = 0
    for (const key of list) {
      if (known.has(key)) {
        const place = order.indexOf(key, at)
        if (place < 0) return undefined
        merged.push(...order.slice(at, place))
        at = place + 1
      }
      merged.push(key)
    }
    order = [...merged, ...order.slice(at)]
  }
  return order
}

const pictures = (style: Style) =>
  Object.values(style)
    .filter((value) => value.includes('asset('))
    .join()

const plainOf = (node: ElementNode): string => JSON.stringify([node.attributes, pictures(node.style)])

/** Whether the elements differ in nothing but their looks and what is in them. */
function isSame(nodes: readonly ElementNode[]): boolean {
  const [first] = nodes
  if (!first) return false
  const key = nameOf(first)
  if (nodes.some((node) => nameOf(node) !== key || plainOf(node) !== plainOf(first))) return false
  return first.tag !== 'svg' || nodes.every((node) => drawingOf(node) === drawingOf(first))
}

const drawingOf = (node: ElementNode): string =>
  node.children
    .map((child) => (child.kind === 'text' ? child.text : `${child.tag}${JSON.stringify(child.attributes)}${drawingOf(child)}`))
    .join()

/** An element that is there at one width alone. */
function only(content: Content, index: number, count: number): ElementNode {
  const looks = Array.from({ length: count }, (_, each) => (each === index ? (content.kind === 'element' ? content.style : {}) : HIDDEN))
  return content.kind === 'element' ? { ...content, looks } : { ...element('span', {}, {}, [content]), looks }
}

const apart = (row: Row): readonly Content[] => row.flatMap((content, index) => (content ? [only(content, index, row.length)] : []))

function mergeRow(row: Row): readonly Content[] {
  const present = row.filter((content): content is Content => content !== undefined)
  const [first] = present
  if (!first) return []
  if (first.kind === 'text') {
    const isOne = present.length === row.length && present.every((content) => content.kind === 'text' && content.text === first.text)
    return isOne ? [first] : apart(row)
  }
  const elements = present as readonly ElementNode[]
  if (!isSame(elements)) return apart(row)
  // The widest frame is the one that a page is held against.
  const merged = { ...first, looks: looksOf(row), ...layerOf(elements) }
  if (first.tag === 'svg') return [merged]
  return [{ ...merged, children: mergeChildren(row as readonly (ElementNode | undefined)[]) }]
}

const layerOf = (elements: readonly ElementNode[]) => {
  const layer = elements.at(-1)?.layer
  return layer ? { layer } : {}
}

const looksOf = (row: Row): readonly Style[] => row.map((content) => (content?.kind === 'element' ? content.style : HIDDEN))

function mergeChildren(parents: readonly (ElementNode | undefined)[]): readonly Content[] {
  const maps = parents.map((parent) => parent && keyed(parent.children))
  const order = commonOrder(maps.flatMap((map) => (map ? [[...map.keys()]] : [])))
  if (!order) return parents.flatMap((parent, index) => parent?.children.map((child) => only(child, index, parents.length)) ?? [])
  return order.flatMap((key) => mergeRow(maps.map((map) => map?.get(key))))
}

/** One tree for all widths, narrowest first. */
export function mergeFrames(frames: readonly ElementNode[]): ElementNode {
  const [only] = frames
  if (!only) throw new Error('a screen has a frame')
  if (frames.length === 1) return only
  const shown = frames.map(withoutAbsent)
  return { ...(shown[0] ?? only), ...layerOf(frames), looks: frames.map(({ style }) => style), children: mergeChildren(shown) }
}
