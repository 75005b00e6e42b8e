/** From YAML nodes to plain data with the line of every value; bounded in depth, and numbers keep their source text. */
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml'

/** A value and where it begins (offset into the YAML text). */
export type Located =
  | { readonly kind: 'scalar'; readonly value: unknown; readonly text: string; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Located[]; readonly at: number }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly at: number }

/** Key, value, and where the key begins. */
export type Entry = readonly [key: string, value: Located, keyAt: number]

const DEPTH_MAX = 40

/** Aliases read as their name: a plan has no use for them, and expanding them can explode. */
export function locate(node: unknown, depth = 0, from = 0): Located {
  const at = (node as Node | null)?.range?.[0] ?? from
  if (depth > DEPTH_MAX || node === null || node === undefined) return { kind: 'scalar', value: null, text: '', at }
  if (isAlias(node)) return { kind: 'scalar', value: `*${node.source}`, text: `*${node.source}`, at }
  if (isScalar(node)) {
    const isPlain = node.type === 'PLAIN'
    const text = isPlain && node.source !== undefined ? node.source : node.value === null ? '' : String(node.value)
    return { kind: 'scalar', value: node.value, text, at }
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => locate(item, depth + 1, at)), at }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => {
      const name = locate(key, depth + 1, at)
      return [name.kind === 'scalar' ? name.text : '', locate(value, depth + 1, name.at), name.at] as const
    })
    return { kind: 'map', entries, at }
  }
  return { kind: 'scalar', value: null, text: '', at }
}

/** The first entry of a key; several entries of one key become one list. */
export function entry(located: Located | undefined, ...keys: readonly string[]): Located | undefined {
  if (located?.kind !== 'map') return undefined
  const values = located.entries.filter(([key]) => keys.includes(key)).map(([, value]) => value)
  const first = values[0]
  if (!first || values.length === 1) return first
  return { kind: 'list', items: values.flatMap((value) => (value.kind === 'list' ? value.items : [value])), at: first.at }
}

/** Text of a scalar; of a list or map that stands where text belongs, its items joined. */
export function textOf(located: Located | undefined): string {
  if (!located) return ''
  if (located.kind === 'scalar') return located.text.trim()
  if (located.kind === 'list') return located.items.map(textOf).filter(Boolean).join(', ')
  return located.entries.map(([key, value]) => (textOf(value) ? `${key}: ${textOf(value)}` : key)).join(', ')
}

/** A list, or one value standing for a list of one; nothing for null. */
export function itemsOf(located: Located | undefined): readonly Located[] {
  if (!located) return []
  if (located.kind === 'list') return located.items
  return located.kind === 'scalar' && located.text.trim() === '' ? [] : [located]
}

export function plain(located: Located): unknown {
  if (located.kind === 'scalar') return located.value
  if (located.kind === 'list') return located.items.map(plain)
  return Object.fromEntries(located.entries.map(([key, value]) => [key, plain(value)]))
}
