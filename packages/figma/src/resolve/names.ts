/** Turns names of layers, styles and variables into names that code can carry, each given out once. */

const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield key ref children classname style'.split(
    ' ',
  ),
)

const WORDS_MAX = 4
const LENGTH_MAX = 40

/** The readable words of a name, in lower case, without accents. */
export function wordsOf(name: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is the quick way
  const plain = /^[\u0000-\u007f]*$/.test(name) ? name : name.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
    .slice(0, 12)
}

const isNumber = (word: string) => /^\d+$/.test(word)

export function kebab(name: string, fallback: string): string {
  const words = wordsOf(name).slice(0, WORDS_MAX)
  const text = words.join('-').slice(0, LENGTH_MAX).replace(/-+$/, '')
  return text === '' ? fallback : /^\d/.test(text) ? `${fallback}-${text}` : text
}

export function pascal(name: string, fallback: string): string {
  const words = wordsOf(name)
  const readable = words.every(isNumber) ? [fallback, ...words] : words
  const text = readable
    .slice(0, WORDS_MAX)
    .map((word) => word[0]?.toUpperCase() + word.slice(1))
    .join('')
    .slice(0, LENGTH_MAX)
  return /^[A-Z]/.test(text) ? text : `${fallback}${text}`
}

export function camel(name: string, fallback: string): string {
  const text = pascal(name, fallback)
  const lower = (text[0] ?? '').toLowerCase() + text.slice(1)
  return RESERVED.has(lower.toLowerCase()) ? `${lower}Value` : lower
}

/** Gives each wish a name of its own; the second of a name gets a number, after `joint`: a dash, or nothing where code must carry it. */
export function createNames(taken: Iterable<string> = [], joint: '-' | '' = '-'): (wish: string) => string {
  const used = new Set(taken)
  const next = new Map<string, number>()
  return (wish) => {
    let name = wish
    let number = next.get(wish) ?? 2
    while (used.has(name)) name = `${wish}${joint}${number++}`
    next.set(wish, number)
    used.add(name)
    return name
  }
}
