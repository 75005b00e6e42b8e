/** Words that mean different things in different ideas, and verbs that imply a thing nobody named. */
import type { Kind } from './lexicon/kind.ts'
import type { Lexicon } from './lexicon/lexicon.ts'

/** The word, what the idea must speak of, and the kind it means then. */
const MEANINGS: readonly (readonly [string, RegExp, string])[] = [
  ['loan', /\b(?:library|lend|lent|borrow\w*|books?|tools?|equipment|toys?|lending)\b/i, 'lease'],
  [
    'ticket',
    /\b(?:concerts?|cinema|movies?|theat(?:er|re)|trains?|flights?|scenic|museum|festival|match(?:es)?|admission|lottery|travel|tourism|sightseeing)\b/i,
    'ticket',
  ],
  ['class', /\b(?:yoga|fitness|gym|dance|studio|pilates|swim\w*)\b/i, 'classSession'],
  ['class', /\b(?:school|pupils?|grades?|homework|students?|kindergarten)\b/i, 'schoolClass'],
  ['session', /\b(?:yoga|fitness|gym|training|coach\w*)\b/i, 'classSession'],
  ['table', /\b(?:restaurant|caf[eé]|bar|bistro)\b/i, 'diningTable'],
  ['record', /\b(?:vinyl|turntable|record collection|lps?)\b/i, 'vinylRecord'],
  ['product', /\b(?:bakery|cakes?|pastr(?:y|ies))\b/i, 'cake'],
  ['seat', /\b(?:restaurant|caf[eé])\b/i, 'diningTable'],
  // of metal and wood; elsewhere a tool is software
  ['tool', /\b(?:lend\w*|lent|loans?|borrow\w*|garden\w*|shed|neighbou?rs?|street|carpent\w*|hire|rent\w*)\b/i, 'inventoryItem'],
  ['shelter', /\b(?:animal|dog|cat|pet)s?\b/i, 'location'],
]

/** A word of the lexicon that the idea uses in its own sense, and words that are a thing only in some ideas. */
export function meaningOf(key: string, usual: Kind | undefined, idea: string, lexicon: Lexicon): Kind | undefined {
  const [, , name] = MEANINGS.find(([word, expression]) => word === key && expression.test(idea)) ?? []
  return (name && lexicon.kinds.get(name)) || usual
}

const IMPLIED: readonly (readonly [RegExp, string, string])[] = [
  [
    /\b(?:who(?:m)? (?:i|we) (?:lent|lend)|lent (?:them|it) to|lend(?:ing)? (?:them|it|out|to)|lending library|(?:can|to|could) (?:lend|borrow)|borrowed|borrow (?:them|books|tools|equipment))\b/i,
    'lease',
    'Loan',
  ],
  [
    /\b(?:customers?|clients?|people|guests?|users?|visitors?|they|members?|buyers?)\s+(?:to|can|could|should be able to|may|place and)\s+(?:[a-z]+(?:,| and) )*(?:order|buy|purchase)\b/i,
    'order',
    'Order',
  ],
  [
    /\b(?:customers?|clients?|people|guests?|users?|visitors?|they|members?|patients?|students?)\s+(?:to|can|could|should be able to|may)\s+(?:[a-z]+(?:,| and) )*(?:book|reserve)\b/i,
    'booking',
    'Booking',
  ],
  [/\b(?:sign(?:ing)? up for|register(?:ing)? for|enrol+(?:ing)? in|rsvp)\b(?! an account)/i, 'registration', 'Registration'],
  [/\b(?:leave|write|read|post) (?:a )?reviews?\b|\brate (?:the|each|it|them|products|recipes|movies|books)\b/i, 'review', 'Review'],
  [/\bdonat(?:e|ing)\b/i, 'donation', 'Donation'],
]

/** Things that verbs speak of: who lends keeps loans, who lets people order keeps orders. */
export function impliedThings(idea: string, lexicon: Lexicon): { kind: Kind; label: string; at: number }[] {
  return IMPLIED.flatMap(([expression, name, label]) => {
    const match = expression.exec(idea)
    const kind = lexicon.kinds.get(name)
    return match && kind ? [{ kind, label, at: idea.slice(0, match.index).split(/\s+/).length }] : []
  })
}
