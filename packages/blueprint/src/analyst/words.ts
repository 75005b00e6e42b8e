/** English as far as an analyst without a model needs it: sentences, tokens, number, and names made from words. */

const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  persons: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  feet: 'foot',
  teeth: 'tooth',
  mice: 'mouse',
  leaves: 'leaf',
  shelves: 'shelf',
  knives: 'knife',
  lives: 'life',
  wolves: 'wolf',
  movies: 'movie',
  cookies: 'cookie',
  calories: 'calorie',
  ties: 'tie',
  pies: 'pie',
  selfies: 'selfie',
  hobbies: 'hobby',
  analyses: 'analysis',
  diagnoses: 'diagnosis',
  quizzes: 'quiz',
  buses: 'bus',
  statuses: 'status',
  viruses: 'virus',
  bonuses: 'bonus',
  campuses: 'campus',
  menus: 'menu',
  gurus: 'guru',
  criteria: 'criterion',
  indices: 'index',
  vertices: 'vertex',
  matrices: 'matrix',
  heroes: 'hero',
  potatoes: 'potato',
  tomatoes: 'tomato',
  shoes: 'shoe',
  canoes: 'canoe',
  axes: 'axe',
  caches: 'cache',
  apis: 'api',
}
const PLURALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(IRREGULAR)
      .filter(([plural]) => plural !== 'persons')
      .map(([plural, singular]) => [singular, plural]),
  ),
}
const UNCOUNTED = new Set(
  `news series species equipment feedback media data information staff personnel software hardware stock inventory merchandise music furniture
  homework research advice traffic weather clothing knowledge progress sheep fish aircraft goods analytics logistics statistics physics mathematics
  electronics finance access business class process address glass mass boss status gas bus campus virus bonus menu census lens atlas
  canvas christmas tennis basis analysis diagnosis thesis crisis axis yoga always thus perhaps various previous across us this is was has its as
  plus gps css sms express success progress fitness wellness press loss bless less unless pass dress chess jeans`.split(/\s+/),
)

/** The singular of a lower-case word; a word that has none comes back as it is. */
export function singularOf(word: string): string {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word] as string
  if (UNCOUNTED.has(word) || word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(sh|ch|x|z|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

export const isPlural = (word: string) => singularOf(word) !== word || UNCOUNTED.has(word)

/** The plural of a phrase; its last word decides. */
export function pluralOf(phrase: string): string {
  const at = phrase.lastIndexOf(' ') + 1
  const word = phrase.slice(at)
  const lower = word.toLowerCase()
  const plural = Object.hasOwn(PLURALS, lower)
    ? (PLURALS[lower] as string)
    : /^(news|series|species|equipment|feedback|media|multimedia|metadata|knowledge|data|information|staff|personnel|software|stock|inventory|merchandise|music|furniture|homework|research|goods|statistics|sheep|fish|aircraft)$/.test(
          lower,
        )
      ? lower
      : /[^aeiou]y$/.test(lower)
        ? `${lower.slice(0, -1)}ies`
        : /(s|x|z|ch|sh)$/.test(lower)
          ? `${lower}es`
          : `${lower}s`
  const isShouting = word.length > 1 && word === word.toUpperCase()
  return phrase.slice(0, at) + (isShouting ? `${word}s` : word.charAt(0) + plural.slice(1))
}

/** A phrase with its last word in the singular. */
export function singularPhrase(phrase: string): string {
  const at = phrase.lastIndexOf(' ') + 1
  const word = phrase.slice(at)
  if (/^[A-Z]{2,}s$/.test(word)) return phrase.slice(0, -1)
  const singular = singularOf(word.toLowerCase())
  return phrase.slice(0, at) + (singular === word.toLowerCase() ? word : word.charAt(0) + singular.slice(1))
}

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** "Repair job" inside a sentence is "repair job"; "VAT rate" stays. */
export const inSentence = (label: string) =>
  /^[A-Z](?:[a-z]|$|[^A-Za-z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

export const withArticle = (noun: string) => `${/^(?:[aeio]|u(?!ni|se|ti|r[ael])|hour|honou?r)/i.test(noun) ? 'an' : 'a'} ${noun}`

/** A camelCase identifier of at most 40 letters and digits, or '' when the phrase holds none. */
export function camelCase(phrase: string): string {
  const words = phrase
    .normalize('NFKD')
    .replaceAll(/[^\w\s-]/g, '')
    .split(/[\s_-]+/)
    .filter(Boolean)
  const name = words.map((word, index) => (index === 0 ? word.toLowerCase() : capitalised(word.toLowerCase()))).join('')
  return name.replace(/^[^a-z]+/, '').slice(0, 40)
}

/** "inRepair" as people read it: "In repair". */
export const labelOf = (name: string) =>
  capitalised(name.replaceAll(/([a-z])([A-Z0-9])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`))

/** Sentences without their line breaks; bullets count as sentences. */
export function sentencesOf(text: string): string[] {
  return text
    .replaceAll(/\r/g, '')
    .split(/(?<=[.!?。！？])\s+|\n+|;\s+/)
    .map((sentence) =>
      sentence
        .replace(/^[\s\-*•\d.)]+(?=\S)/, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => /\p{L}/u.test(sentence))
}

export interface Token {
  /** Lower-case word, or a punctuation mark. */
  readonly word: string
  readonly singular: string
  /** As it was written. */
  readonly text: string
}

/** Words keep inner hyphens and apostrophes; commas, colons, brackets and full stops are tokens of their own. */
export function tokensOf(sentence: string): Token[] {
  return [...sentence.replaceAll('’', "'").matchAll(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*|[,:;().!?/&"]/gu)].map(([text]) => {
    const word = text.toLowerCase().replace(/'s$/, '')
    return { word, singular: singularOf(word), text: text.replace(/'s$/, '') }
  })
}

/** "a, b and c" */
export function listed(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}

/** Cuts at a word, with an ellipsis, so that the text has at most `lengthMax` characters. */
export function clipped(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text
  const cut = text.slice(0, lengthMax - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), lengthMax / 2)).replace(/[\s,;:.]+$/, '')}…`
}
