/** Finds the colours that an idea asks for, and what each of them is for. */
import { colourTable } from './colour-names.ts'
import { sentencesOf } from './words.ts'

export interface AskedLook {
  /** As the owner wrote them. */
  readonly background?: string
  readonly primary?: string
}

interface Colour {
  readonly text: string
  readonly at: number
  readonly end: number
}

const GROUND = /\b(?:background|backgrounds|base|canvas|backdrop|outer|layout|body|container|page colou?r|ground|wallpaper)\b/gi
const FRONT =
  /\b(?:components?|elements?|buttons?|ui|interface|controls?|accents?|primary colou?r|links?|cards?|blocks?|highlights?|theme|brand|headings?|pieces|interactive)\b/gi

/** @param text an idea or a message; a colour counts when it is named beside what it is for, or is asked for as a theme */
export function findLook(text: string): AskedLook {
  const table = colourTable()
  let background: string | undefined
  let primary: string | undefined
  for (const sentence of sentencesOf(text)) {
    if (!isAboutLook(sentence)) continue
    const colours = coloursIn(sentence, table)
    if (colours.length === 0) continue
    const grounds = placesOf(sentence, GROUND)
    const fronts = placesOf(sentence, FRONT)
    const near = (colour: Colour, places: readonly number[]) =>
      Math.min(...places.map((place) => (place < colour.at ? colour.at - place : (place - colour.end) * 0.98)), Infinity)
    const ground = grounds.length ? colours.toSorted((a, b) => near(a, grounds) - near(b, grounds))[0] : undefined
    const rest = colours.filter((colour) => colour !== ground)
    const front = rest.toSorted((a, b) => near(a, fronts) - near(b, fronts))[0]
    if (
      ground &&
      colours.length > 1 &&
      fronts.length &&
      front &&
      near(ground, fronts) + near(front, grounds) < near(ground, grounds) + near(front, fronts)
    ) {
      background = front.text
      primary = ground.text
      continue
    }
    if (ground) background = ground.text
    if (front) primary = front.text
  }
  return { ...(background && { background }), ...(primary && { primary }) }
}

/** Colours named without saying what for: "A on B" has B behind; of two others the lighter one lies behind; one alone is for buttons. */
export function looseLook(text: string): AskedLook {
  const [first, second] = coloursIn(`background colour ${text}`, colourTable()).map((colour) => colour.text)
  if (!first) return {}
  if (!second) return { primary: first }
  const isBehind = new RegExp(`${first}\\s+(?:on|over|against)\\b`, 'i').test(text)
    ? second
    : lightness(first) >= lightness(second)
      ? first
      : second
  return { background: isBehind, primary: isBehind === first ? second : first }
}

/** The sum of the three channels: enough to tell a ground from an accent. */
const lightness = (colour: string) =>
  [1, 3, 5].reduce((sum, at) => sum + Number.parseInt((hexOf(colour) ?? '#000000').slice(at, at + 2), 16), 0)

/** Whether a sentence speaks about colours and not about the app's things. */
export function isAboutLook(sentence: string): boolean {
  return (
    (/\b(?:background|colou?rs?|theme|palette|backdrop|base|canvas|layout|outer|accents?|buttons?|components?|elements?|look)\b/i.test(
      sentence,
    ) &&
      coloursIn(sentence, colourTable()).length > 0) ||
    /#[0-9a-f]{6}\b/i.test(sentence)
  )
}

/** `#rrggbb` for a colour by name or by hex; undefined for what is no colour. */
export function hexOf(colour: string): string | undefined {
  const text = colour.trim().toLowerCase()
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text)?.[1]
  if (hex && (text.startsWith('#') || /\d/.test(hex))) return `#${hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex}`
  const table = colourTable()
  const words = text.split(/[^a-z]+/).filter(Boolean)
  for (let start = 0; start < words.length; start++) {
    const found = table.get(words.slice(start).join(''))
    if (found) return start > 0 ? shifted(found, words.slice(0, start)) : found
  }
  return words.map((word) => table.get(word)).find(Boolean)
}

/** "dark" and "light" before a name that has no such shade of its own. */
function shifted(hex: string, words: readonly string[]): string {
  const toward = words.some((word) => /^(dark|deep)$/.test(word))
    ? 0
    : words.some((word) => /^(light|pale|soft|faint)$/.test(word))
      ? 255
      : undefined
  if (toward === undefined) return hex
  const share = toward === 0 ? 0.4 : 0.65
  const parts = [1, 3, 5].map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * (1 - share) + toward * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function coloursIn(sentence: string, table: ReadonlyMap<string, string>): Colour[] {
  const words = [...sentence.matchAll(/#[0-9a-f]{6}\b|[A-Za-z]+/gi)].map((match) => ({ text: match[0], at: match.index }))
  const found: Colour[] = []
  for (let index = 0; index < words.length; index++) {
    for (const length of [3, 2, 1]) {
      const run = words.slice(index, index + length)
      const first = run[0]
      const last = run.at(-1)
      if (run.length < length || !first || !last) continue
      const isTogether = last.at + last.text.length - first.at <= run.reduce((sum, word) => sum + word.text.length + 1, 0)
      const key = run.map((word) => word.text.toLowerCase()).join('')
      const isShade =
        length === 2 && /^(dark|deep|light|pale|soft|faint|bright|medium|warm)$/i.test(first.text) && table.has(last.text.toLowerCase())
      if (!isTogether || !(table.has(key) || isShade || (length === 1 && key.startsWith('#')))) continue
      if (
        length === 1 &&
        AMBIGUOUS.has(key) &&
        !/\b(?:background|colou?r|theme|layout|outer|components?|blocks|buttons|palette|ui)\b/i.test(sentence)
      )
        continue
      const end = last.at + last.text.length
      found.push({ text: sentence.slice(first.at, end), at: first.at, end })
      index += length - 1
      break
    }
  }
  return found
}

/** Colour names that are more often something else. */
const AMBIGUOUS = new Set(
  'gold silver rose plum orange lime olive peach cherry lemon mint sage sand snow sky wine wood stone steel rust pearl ruby paper butter cotton cloud clay ice honey ginger hazel jet mist fog frost oak pine grass moss straw pumpkin sunflower sunset sunrise walnut vanilla melon sunlight feather violet linen chocolate coral salmon tan copper bronze platinum canary mocha nude camel topaz opal sapphire emerald jade quartz cream sunny smoke ash charcoal raspberry'.split(
    ' ',
  ),
)

const placesOf = (sentence: string, expression: RegExp) =>
  [...sentence.matchAll(expression)].map((match) => match.index + match[0].length / 2)
