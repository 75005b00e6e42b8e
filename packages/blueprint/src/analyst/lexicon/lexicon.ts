/** The lexicon as one index: from the words of an idea to the kinds of things they name. */
import { singularOf } from '../words.ts'
import { BOOKINGS } from './bookings.ts'
import { COMMERCE } from './commerce.ts'
import { COMMUNITY } from './community.ts'
import { CONTENT } from './content.ts'
import { type Kind, readKind } from './kind.ts'
import { LEARNING } from './learning.ts'
import { ORGANISATIONS } from './organisations.ts'
import { PEOPLE } from './people.ts'
import { PLACES } from './places.ts'
import { TECHNICAL } from './technical.ts'
import { WELLBEING } from './wellbeing.ts'
import { WORK } from './work.ts'

export interface Lexicon {
  readonly kinds: ReadonlyMap<string, Kind>
  /** From a phrase in the singular, lower case, words joined by blanks. */
  readonly index: ReadonlyMap<string, Kind>
  /** Words of the longest phrase. */
  readonly wordsMax: number
}

/** Reads the whole lexicon; about two milliseconds, so callers read it once per request and hand it on. */
export function readLexicon(): Lexicon {
  const kinds = new Map<string, Kind>()
  const index = new Map<string, Kind>()
  for (const table of [PEOPLE, ORGANISATIONS, COMMERCE, BOOKINGS, PLACES, WORK, CONTENT, LEARNING, COMMUNITY, WELLBEING, TECHNICAL])
    for (const [name, source] of Object.entries(table)) {
      const kind = readKind(name, source)
      kinds.set(name, kind)
      for (const word of kind.words) {
        const key = phraseKey(word)
        if (!index.has(key)) index.set(key, kind)
      }
    }
  return { kinds, index, wordsMax: Math.max(...[...index.keys()].map((key) => key.split(' ').length)) }
}

/** A phrase as the index has it: every word in the singular, hyphens kept. */
export const phraseKey = (phrase: string) => phrase.toLowerCase().split(/\s+/).map(singularOf).join(' ')

/** The kind that the end of a phrase names ("customer complaints" are complaints), and how many words name it. */
export function kindOfPhrase(phrase: string, lexicon: Lexicon): { kind: Kind; wordCount: number } | undefined {
  const words = phraseKey(phrase.replaceAll(/[^\p{L}\p{N}\s'-]/gu, ' ').trim()).split(' ')
  for (let start = Math.max(0, words.length - lexicon.wordsMax); start < words.length; start++) {
    const kind = lexicon.index.get(words.slice(start).join(' '))
    if (kind) return { kind, wordCount: words.length - start }
  }
  return undefined
}
