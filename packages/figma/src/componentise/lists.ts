/** Phase 7: three or more uses of one component in a row → a list over data. */
import type { Jsx, JsxList, JsxTag } from '../print/jsx.ts'
import { camel, createNames } from '../resolve/names.ts'

const ITEMS_MIN = 3

/** Only plain values can stand in data. */
const isPlainUse = (child: Jsx | undefined): child is JsxTag =>
  child?.kind === 'tag' &&
  /^[A-Z]/.test(child.name) &&
  child.children.length === 0 &&
  child.props.length > 0 &&
  child.props.every(({ value }) => value.kind === 'string' || value.kind === 'true')

/** A value that no two items share. */
function keyOf(items: readonly JsxTag[]): string | undefined {
  const names = items[0]?.props.map(({ name }) => name) ?? []
  return names.find((name) => {
    const values = items.map((item) => item.props.find((prop) => prop.name === name)?.value)
    const texts = values.flatMap((value) => (value?.kind === 'string' && value.text ? [value.text] : []))
    return name !== 'className' && new Set(texts).size === items.length
  })
}

function listOf(items: readonly JsxTag[], take: (wish: string) => string): JsxList {
  const component = items[0]?.name ?? ''
  const item = camel(component, 'item')
  return { kind: 'list', component, item, name: take(pluralOf(item)), items, key: keyOf(items) }
}

/** `category` → `categories`, `box` → `boxes`; what has no plural that reads like a word becomes `chipsList`, `button2List`. */
function pluralOf(item: string): string {
  if (/(?:s|\d)$/.test(item)) return `${item}List`
  if (/[^aeiou]y$/i.test(item)) return `${item.slice(0, -1)}ies`
  return /(?:x|z|ch|sh)$/.test(item) ? `${item}es` : `${item}s`
}

function withLists(tag: JsxTag, take: (wish: string) => string): JsxTag {
  const children: Jsx[] = []
  for (let index = 0; index < tag.children.length; ) {
    const child = tag.children[index] as Jsx
    let end = index + 1
    if (isPlainUse(child)) {
      for (let next = tag.children[end]; isPlainUse(next) && next.name === child.name; next = tag.children[end]) end++
    }
    if (end - index >= ITEMS_MIN) children.push(listOf(tag.children.slice(index, end) as JsxTag[], take))
    else children.push(...tag.children.slice(index, end).map((each) => (each.kind === 'tag' ? withLists(each, take) : each)))
    index = end
  }
  return { ...tag, children }
}

/** A page in which runs of one component are lists. */
export const findLists = (root: JsxTag): JsxTag => withLists(root, createNames([], ''))
