/** Merges a new generation of epics, stories or subtasks into what is there: nothing that people made is lost. Pure. */
import { CHANGE_KINDS, type ChangeCounts } from '@slipway/domain'
import { normalTitle } from '../agents/backlog-items.ts'

/** An item of one parent, as it is stored. `C` is what a generation may change. */
export interface StoredItem<C extends { readonly title: string }> {
  readonly id: string
  /** As the model called it; empty for what a person added. */
  readonly key: string
  readonly content: C
  /** By a person, since it was generated. */
  readonly isEdited: boolean
  /** Work on it has begun. */
  readonly isStarted: boolean
  /** Runs or plans refer to it. */
  readonly hasHistory: boolean
  /** A person changed something below it: it may be updated, but stays. */
  readonly holdsEdits?: boolean
  /** It comes back when it is wanted again, unless it was a person who archived it. */
  readonly isArchived?: boolean
}

export interface WantedItem<C extends { readonly title: string }> {
  readonly key: string
  readonly content: C
}

export type ItemChange<C> =
  | { readonly kind: 'created'; readonly key: string; readonly number: number; readonly content: C }
  | { readonly kind: 'updated'; readonly id: string; readonly key: string; readonly content: C }
  | { readonly kind: 'unchanged'; readonly id: string }
  /** Edited or started: stays as it is, whatever was generated. */
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'deleted'; readonly id: string }
  /** No longer wanted, but something refers to it. */
  | { readonly kind: 'archived'; readonly id: string }

export interface Merge<C> {
  readonly changes: readonly ItemChange<C>[]
  readonly counts: ChangeCounts
  /** To be stored with the parent: numbers of deleted items are never given again. */
  readonly lastNumber: number
}

/**
 * Items are the same by key, else by title. The same function previews and decides; merging its own result again changes nothing.
 * @param lastNumber the highest number that was ever given in this parent
 */
export function mergeItems<C extends { readonly title: string }>(
  stored: readonly StoredItem<C>[],
  wanted: readonly WantedItem<C>[],
  lastNumber: number,
): Merge<C> {
  const partners = partnersOf(stored, wanted)
  const matched = new Set(partners.values())
  let number = lastNumber
  const changes = [
    ...wanted.map(({ key, content }, index): ItemChange<C> => {
      const own = partners.get(index)
      if (!own) return { kind: 'created', key, number: ++number, content }
      if (isSame(own.content, content) && !own.isArchived) return { kind: 'unchanged', id: own.id }
      return own.isEdited || own.isStarted ? { kind: 'kept', id: own.id } : { kind: 'updated', id: own.id, key, content }
    }),
    ...stored
      .filter((item) => !matched.has(item) && !item.isArchived)
      .map(({ id, key, isEdited, isStarted, hasHistory, holdsEdits }): ItemChange<C> => {
        if (isEdited || isStarted || holdsEdits || key === '') return { kind: 'kept', id }
        return hasHistory ? { kind: 'archived', id } : { kind: 'deleted', id }
      }),
  ]
  const count = (kind: string) => changes.filter((change) => change.kind === kind).length
  return { changes, counts: Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, count(kind)])) as ChangeCounts, lastNumber: number }
}

/** By key first, over all; then by title among those that are left. */
function partnersOf<C extends { readonly title: string }>(stored: readonly StoredItem<C>[], wanted: readonly WantedItem<C>[]) {
  const partners = new Map<number, StoredItem<C>>()
  const free = new Set(stored)
  const pair = (isPair: (item: StoredItem<C>, want: WantedItem<C>) => boolean) => {
    for (const [index, want] of wanted.entries()) {
      if (partners.has(index)) continue
      const own = [...free].find((item) => isPair(item, want))
      if (!own) continue
      partners.set(index, own)
      free.delete(own)
    }
  }
  pair((item, want) => item.key !== '' && item.key === want.key)
  pair((item, want) => !item.isArchived && normalTitle(item.content.title) === normalTitle(want.content.title))
  return partners
}

/** Whatever the order of properties: a database does not keep it. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null)
  return `{${entries
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([name, inner]) => `${name}:${canonical(inner)}`)
    .join(',')}}`
}
