/** What the analyst knows about a kind of thing, and the short notation in which the lexicon writes it down. */
import type { FieldType } from '@slipway/domain'

/** Who usually makes records of a kind: `staff` keeps catalogues, `member` orders and posts, `own` is private, `visitor` needs no account. */
export type Maker = 'staff' | 'member' | 'own' | 'visitor'

/** What a kind is like, for relations, pages and sign-in. */
export type Family = 'client' | 'staff' | 'place' | 'catalogue' | 'group' | 'deal' | 'work' | 'content' | 'log' | 'talk'

export interface KindSource {
  /** Singular names, comma-separated; the first is the usual one. A leading `?` marks a word that proves little on its own. */
  readonly words: string
  readonly icon: string
  readonly family: Family
  readonly made: Maker
  readonly about: string
  /**
   * A field per line: `name` + `!` required, `*` unique, then type and details:
   * `"Label"`, `low..high` (amounts; days from today for dates), `[unit]`, `= sample | sample`.
   * `choice a | b`; `flow a > b > c / side, side` is a life cycle; `ref kind, kind else person` falls back to a text.
   * `after startsOn 1..5` counts from another field. After `=`, `@person`, `@company`, `@city`, `@address`, `@code(ORD-1001)` and so on are generators.
   */
  readonly fields: string
}

export interface KindField {
  readonly name: string
  readonly label: string | undefined
  readonly type: FieldType | 'flow'
  readonly isRequired: boolean
  readonly isUnique: boolean
  readonly low: number | undefined
  readonly high: number | undefined
  readonly unit: string | undefined
  /** Choices, or the main line of a life cycle. */
  readonly steps: readonly string[]
  readonly sides: readonly string[]
  /** Kinds or `@family` names that a reference may point at, the best first. */
  readonly targets: readonly string[]
  /** Generator of the text that stands in where no target exists; '' leaves the field out. */
  readonly otherwise: string
  readonly values: readonly string[]
  /** `after startsOn 1..5`: the days count from another field. */
  readonly after: string | undefined
}

export interface Kind extends Omit<KindSource, 'words' | 'fields'> {
  readonly name: string
  readonly words: readonly string[]
  /** Words that prove little on their own. */
  readonly weakWords: ReadonlySet<string>
  readonly fields: readonly KindField[]
}

/** @throws an `Error` for a line that is not in the notation: a fault of the lexicon, found by its test */
export function readKind(name: string, source: KindSource): Kind {
  const words = source.words.split(',').map((word) => word.trim())
  return {
    ...source,
    name,
    words: words.map((word) => word.replace(/^\?/, '')),
    weakWords: new Set(words.filter((word) => word.startsWith('?')).map((word) => word.slice(1))),
    fields: source.fields
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map(readField),
  }
}

const LINE = /^([a-z][A-Za-z0-9]*)(!?)(\*?)\s+([A-Za-z]+)\s*(.*)$/

/** One line of the notation. */
export function readField(line: string): KindField {
  const [, name = '', required, unique, type = '', details = ''] = LINE.exec(line) ?? []
  if (!name) throw new Error(`The lexicon has a field that cannot be read: ${line}`)
  const [head = '', tail = ''] = splitOnce(details, '=')
  const range = /(-?[\d.]+)\.\.(-?[\d.]+)/.exec(head)
  const rest = head
    .replace(/"[^"]*"/, '')
    .replace(/\[[^\]]*\]/, '')
    .replace(/-?[\d.]+\.\.-?[\d.]+/, '')
    .trim()
  const [main = '', sides = ''] = type === 'flow' ? splitOnce(rest, '/') : [rest]
  const [targets = '', otherwise = ''] = type === 'ref' ? rest.split(/\belse\b/) : ['']
  const split = (text: string, mark: RegExp | string) =>
    text
      .split(mark)
      .map((part) => part.trim())
      .filter(Boolean)
  return {
    name,
    label: /"([^"]*)"/.exec(head)?.[1],
    type: (type === 'ref' ? 'reference' : type) as FieldType | 'flow',
    isRequired: required === '!',
    isUnique: unique === '*',
    low: range ? Number(range[1]) : undefined,
    high: range ? Number(range[2]) : undefined,
    unit: /\[([^\]]*)\]/.exec(head)?.[1],
    steps: type === 'flow' ? split(main, '>') : type === 'choice' ? split(main, '|') : [],
    sides: split(sides, ','),
    targets: type === 'ref' ? split(targets, ',') : [],
    otherwise: otherwise.trim(),
    values: split(tail, '|'),
    after: /\bafter ([A-Za-z]+)/.exec(head)?.[1],
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)]
}
