/** Search and replace as models need it: exact first, then forgiving about white space, never guessing. Pure. */

export interface TextEdit {
  readonly old: string
  readonly new: string
  /** Replace every exact occurrence. */
  readonly all?: boolean
}

export type EditResult =
  | { readonly kind: 'edited'; readonly text: string; readonly how: 'exact' | 'normalised' | 'indentation' }
  | { readonly kind: 'fault'; readonly fault: string }

/** All or nothing, in order; a later edit sees the earlier ones. */
export function editText(text: string, edits: readonly TextEdit[]): EditResult {
  let current = text
  let how: 'exact' | 'normalised' | 'indentation' = 'exact'
  for (const [index, edit] of edits.entries()) {
    const result = editOnce(current, edit)
    if (result.kind === 'fault')
      return edits.length === 1
        ? result
        : { kind: 'fault', fault: `Edit ${index + 1} of ${edits.length}: ${result.fault} No edit was applied.` }
    current = result.text
    if (result.how !== 'exact') how = result.how
  }
  return { kind: 'edited', text: current, how }
}

function editOnce(text: string, edit: TextEdit): EditResult {
  if (edit.old === '') return fault('`old` is empty. Give the text that is to be replaced.')
  // a lone bracket may well be unique by its indentation, and not the one that was meant
  if (!/[\p{L}\p{N}]/u.test(edit.old)) return fault('`old` has no word in it. Give the lines around it too.')
  if (edit.old === edit.new) return fault('`old` and `new` are the same: nothing would change.')
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const exact = placesOf(text, edit.old)
  if (exact.length === 1 || (exact.length > 1 && edit.all)) {
    return { kind: 'edited', text: text.split(edit.old).join(withEol(edit.new, eol)), how: 'exact' }
  }
  if (exact.length > 1) return fault(manyPlaces(exact.map((at) => lineAt(text, at))))
  return editLines(text, edit, eol)
}

/**
 * By whole lines. There is no match by first and last line, or by likeness: on 2,424 real edits such a match deleted lines that
 * the model had left out.
 */
function editLines(text: string, edit: TextEdit, eol: string): EditResult {
  const lines = text.split('\n')
  const wanted = linesOf(edit.old)
  for (const { how, same } of [
    { how: 'normalised' as const, same: normalised },
    { how: 'indentation' as const, same: (line: string) => normalised(line).trim() },
  ]) {
    const places = windowsOf(lines.map(same), wanted.map(same))
    if (places.length > 1) return fault(manyPlaces(places.map((place) => place + 1)))
    const place = places[0]
    if (place === undefined) continue
    const matched = lines.slice(place, place + wanted.length)
    const replacement = edit.new === '' ? [] : linesOf(edit.new)
    const fresh = how === 'normalised' ? replacement : reindent(replacement, wanted, matched)
    const isAtEnd = place + wanted.length === lines.length
    const ended = fresh.map((line, index) => (eol === '\r\n' && !(isAtEnd && index === fresh.length - 1) ? `${line}\r` : line))
    const edited = [...lines.slice(0, place), ...ended, ...lines.slice(place + wanted.length)].join('\n')
    return edited === text ? fault('the edit would change nothing.') : { kind: 'edited', text: edited, how }
  }
  return fault(`\`old\` is not in the file.${nearest(lines, wanted)}`)
}

const fault = (words: string): EditResult => ({ kind: 'fault', fault: words })
const withEol = (text: string, eol: string) => (eol === '\r\n' ? text.replace(/\r?\n/g, '\r\n') : text)

/** Lines without their ends, and without the empty one after a last line break. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** What models get wrong without meaning anything by it: line ends, trailing blanks, typographic quotes and spaces. */
const normalised = (line: string) =>
  line
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/[\u2010-\u2014]/g, '-')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .trimEnd()

function placesOf(text: string, part: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at)
  return places
}

function windowsOf(lines: readonly string[], wanted: readonly string[]): number[] {
  const places: number[] = []
  for (let start = 0; start + wanted.length <= lines.length; start++) {
    if (wanted.every((line, offset) => line === lines[start + offset])) places.push(start)
  }
  return places
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length

function manyPlaces(lines: readonly number[]): string {
  const shown = lines.slice(0, 8).join(', ')
  return `\`old\` is there ${lines.length} times, at lines ${shown}${lines.length > 8 ? ', …' : ''}. Add lines around it until it is unique, or set \`all\`.`
}

const indentOf = (line: string) => /^[\t ]*/.exec(line)?.[0] ?? ''

/**
 * New lines get the file's indentation where the old ones had the model's; deeper ones keep their distance in the file's unit.
 * Where the model's own says nothing (all lines at the margin), a line stands as the one it repeats, or the one in its place.
 */
function reindent(replacement: readonly string[], wanted: readonly string[], matched: readonly string[]): string[] {
  const pairs = new Map<string, string>()
  let isClear = true
  wanted.forEach((line, index) => {
    if (line.trim() === '') return
    const target = indentOf(matched[index] as string)
    if ((pairs.get(indentOf(line)) ?? target) !== target) isClear = false
    else pairs.set(indentOf(line), target)
  })
  return isClear ? byIndentation(replacement, pairs) : byPlace(replacement, matched)
}

function byIndentation(replacement: readonly string[], pairs: ReadonlyMap<string, string>): string[] {
  const known = [...pairs.entries()].sort(([a], [b]) => a.length - b.length)
  const hasTabs = [...pairs.values()].some((indent) => indent.includes('\t'))
  return replacement.map((line) => {
    if (line.trim() === '') return ''
    const indent = indentOf(line)
    const text = line.slice(indent.length)
    const [base, target] = known.findLast(([own]) => own.length <= indent.length) ?? (known[0] as [string, string])
    if (indent.length < base.length) return target.slice(0, Math.max(0, target.length - (base.length - indent.length))) + text
    const extra = indent.slice(base.length)
    return target + (hasTabs && !extra.includes('\t') ? '\t'.repeat(Math.ceil(extra.length / 2)) : extra) + text
  })
}

function byPlace(replacement: readonly string[], matched: readonly string[]): string[] {
  const repeated = new Map(matched.map((line) => [line.trim(), indentOf(line)]))
  let last = indentOf(matched.find((line) => line.trim() !== '') ?? '')
  return replacement.map((line, index) => {
    if (line.trim() === '') return ''
    const inPlace = replacement.length === matched.length ? indentOf(matched[index] as string) : undefined
    last = repeated.get(line.trim()) ?? inPlace ?? last
    return last + line.trimStart()
  })
}

const CANDIDATES = 3
const LINES_SEARCHED = 5_000

/** The places that look most like it, with line numbers, so that the next try is right. */
function nearest(lines: readonly string[], wanted: readonly string[]): string {
  const words = wanted.map(wordsOf)
  const searched = lines.slice(0, LINES_SEARCHED).map(wordsOf)
  const span = Math.min(wanted.length, 12)
  const scored = searched
    .map((_, start) => {
      let score = 0
      for (let offset = 0; offset < span; offset++) score += likeness(words[offset], searched[start + offset])
      return { start, score: score / span }
    })
    .filter(({ score }) => score > 0.3)
    .sort((a, b) => b.score - a.score)
  const places: number[] = []
  for (const { start } of scored) {
    if (places.length < CANDIDATES && places.every((place) => Math.abs(place - start) >= span)) places.push(start)
  }
  if (!places.length) return ' Read the file again: it may be another one than you think.'
  const shown = places.map((place) => {
    const first = Math.max(0, place - 2)
    const near = lines.slice(first, place + span + 2)
    return near.map((line, offset) => `${first + offset + 1}\t${line.replace(/\r$/, '')}`).join('\n')
  })
  return ` The nearest places are:\n${shown.join('\n  …\n')}`
}

const wordsOf = (line: string) => new Set(line.match(/\w+|[^\s\w]/g) ?? [])

function likeness(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): number {
  if (!a || !b) return 0
  if (a.size === 0 && b.size === 0) return 0.2
  let both = 0
  for (const word of a) if (b.has(word)) both++
  return (2 * both) / (a.size + b.size)
}
