/** Reads idea cards from what people paste or upload: CSV, a list, paragraphs. Pure; nothing is judged, only cut. */

export interface CardText {
  readonly title: string
  readonly text: string
}

const CARDS_MAX = 2_000
const TITLE_MAX = 200
const TEXT_MAX = 4_000
const TITLE_NAMES = ['title', 'name', 'summary', 'idea', 'card', 'titel', 'karte']
const TEXT_NAMES = ['description', 'text', 'details', 'notes', 'body', 'content', 'beschreibung']
const BULLET = /^\s*(?:[-*•+]|\d{1,3}[.)]|\[[ xX]?\])\s+/

/**
 * A table when its first line names a title column, or when every row has the same number of two or more cells; else a card per
 * bullet or line, or per paragraph where paragraphs have several lines. At most 2,000 cards.
 */
export function readCards(source: string): readonly CardText[] {
  const text = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim()
  if (text === '') return []
  const cards = fromTable(text) ?? fromProse(text)
  return cards.filter(({ title }) => title !== '').slice(0, CARDS_MAX)
}

const cardOf = (title: string, text: string): CardText => ({
  title: title.replace(/\s+/g, ' ').trim().slice(0, TITLE_MAX),
  text: text.trim().slice(0, TEXT_MAX),
})

function fromTable(text: string): CardText[] | null {
  const separator = separatorOf(text)
  if (!separator) return null
  const rows = readRows(text, separator).filter((row) => row.some((cell) => cell.trim() !== ''))
  const [header = []] = rows
  const names = header.map((cell) => cell.trim().toLowerCase())
  const titleAt = names.findIndex((name) => TITLE_NAMES.includes(name))
  if (titleAt >= 0) {
    const textAt = names.findIndex((name) => TEXT_NAMES.includes(name))
    return rows.slice(1).map((row) => cardOf(row[titleAt] ?? '', textAt < 0 ? '' : (row[textAt] ?? '')))
  }
  const isRegular = separator !== ',' && rows.length > 1 && rows.every((row) => row.length === header.length && row.length >= 2)
  return isRegular ? rows.map(([title = '', ...rest]) => cardOf(title, rest.join('\n'))) : null
}

/** Of the first line; a comma alone proves nothing, because sentences have them. */
function separatorOf(text: string): string | null {
  const [first = ''] = text.split('\n')
  return ['\t', ';', ','].find((separator) => first.includes(separator)) ?? (TITLE_NAMES.includes(first.trim().toLowerCase()) ? ',' : null)
}

/** RFC 4180 with any separator; an open quote ends with the text. */
function readRows(text: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[++at]
      else isQuoted = false
    } else if (character === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (character === separator) {
      row.push(cell)
      cell = ''
    } else if (character === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
    } else cell += character
  }
  return [...rows, [...row, cell]]
}

function fromProse(text: string): CardText[] {
  const paragraphs = text.split(/\n\s*\n/)
  const isList = BULLET.test(text) || text.split('\n').filter((line) => BULLET.test(line)).length > 1
  if (isList) return fromList(text)
  const hasLongParagraphs = paragraphs.length > 1 && paragraphs.some((paragraph) => paragraph.trim().includes('\n'))
  const parts = hasLongParagraphs ? paragraphs : text.split('\n')
  return parts.map((part) => {
    const [title = '', ...rest] = part.trim().split('\n')
    return cardOf(title, rest.join('\n'))
  })
}

/** A bullet begins a card; lines below it belong to it. What stands before the first bullet is a heading. */
function fromList(text: string): CardText[] {
  const cards: { title: string; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isNested = /^\s{2,}/.test(line) && cards.length > 0
    if (BULLET.test(line) && !isNested) cards.push({ title: line.replace(BULLET, ''), lines: [] })
    else cards.at(-1)?.lines.push(line.trim())
  }
  return cards.map(({ title, lines }) => cardOf(title, lines.join('\n')))
}
