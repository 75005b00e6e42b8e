/** The brief: what was understood of an idea, complete with sensible defaults where nothing was said. */
import type { Brief } from '@slipway/domain'
import { nameOf } from './app-name.ts'
import { findLook, hexOf, isAboutLook } from './colours.ts'
import { type Findings, findThings } from './find-things.ts'
import { goalsOf } from './goals.ts'
import type { Lexicon } from './lexicon/lexicon.ts'
import { limitsOf } from './limits.ts'
import { currencySentence } from './settings.ts'
import { suggestionsFor } from './suggestions.ts'
import { paletteFor } from './theme.ts'
import { type SignIn, type Traits, traitsOf } from './traits.ts'
import { capitalised, clipped, inSentence, listed, pluralOf, sentencesOf } from './words.ts'

export interface Understanding {
  readonly findings: Findings
  readonly traits: Traits
  readonly brief: Brief
}

const THINGS_WANTED = 2

/** @param idea may be empty or nonsense: there is always a brief */
export function understand(idea: string, lexicon: Lexicon): Understanding {
  const found = findThings(idea, lexicon)
  const traits = traitsOf(idea)
  const findings = withSuggestions(found, idea, lexicon)
  const signIn = traits.signIn ?? (traits.isSite ? 'optional' : 'none')
  const look = findLook(idea)
  const limits = limitsOf(idea)
  const palette = paletteFor(idea)
  const isAsked = Boolean((look.background && hexOf(look.background)) || (look.primary && hexOf(look.primary)))
  const assumptions = [
    ...(traits.signIn ? [] : [signInAssumption(signIn)]),
    ...(isAsked ? [] : [`The look is ${palette.label.toLowerCase()}.`]),
    currencySentence(traits.currency ?? 'USD'),
    ...(findings.things.length > found.things.length
      ? [
          `${capitalised(listed(findings.things.slice(found.things.length).map((thing) => inSentence(thing.labelPlural))))} were not named, but belong to it.`,
        ]
      : []),
    ...(/mini-?program|\bapp\b|android|ios|mobile/i.test(idea)
      ? ['It is a web app that also fits a phone; it is not published in an app store.']
      : []),
    'It starts with example records, which can be deleted.',
  ]
  return {
    findings,
    traits,
    brief: {
      version: 1,
      name: nameOf(idea),
      purpose: purposeOf(idea),
      audience: audienceOf(findings, traits),
      goals: goalsOf(idea, findings.things),
      things: findings.things.map((thing) => clipped(thing.labelPlural, 80)),
      signIn,
      roles: rolesFor(signIn, findings, traits, idea),
      look: {
        ...(look.background && { background: look.background.slice(0, 40) }),
        ...(look.primary && { primary: look.primary.slice(0, 40) }),
        ...(!isAsked && { mood: palette.mood }),
      },
      assumptions: assumptions.map((sentence) => clipped(sentence, 300)),
      outOfScope: limits.map(({ note }) => note),
    },
  }
}

/** An idea that names too few things gets those that its kind of app cannot do without. */
function withSuggestions(found: Findings, idea: string, lexicon: Lexicon): Findings {
  if (found.things.length >= THINGS_WANTED) return found
  const known = new Set(found.things.map((thing) => thing.kind?.name))
  const extra = suggestionsFor(idea, lexicon)
    .filter((kind) => !known.has(kind.name))
    .slice(0, found.things.length === 0 ? 3 : 1)
    .map((kind) => {
      const label = capitalised(kind.words[0] ?? kind.name)
      return { label, labelPlural: pluralOf(label), kind, score: 1, at: Number.MAX_SAFE_INTEGER }
    })
  return { ...found, things: [...found.things, ...extra] }
}

export function signInAssumption(signIn: SignIn): string {
  switch (signIn) {
    case 'none':
      return 'Nobody has to sign in; whoever can open it can use all of it.'
    case 'optional':
      return 'Everybody can read it; changing things needs an account.'
    case 'required':
      return 'Everybody signs in before seeing anything.'
  }
}

/** The idea's first sentence as a description: "A hotel booking website for …". */
export function purposeOf(idea: string): string {
  const first = sentencesOf(idea).find((sentence) => !isAboutLook(sentence)) ?? ''
  const bare = first.replace(
    /^(?:please\s+)?(?:(?:i|we)\s+(?:want|need|would like|'d like)(?:\s+to\s+(?:have|build|make|create))?\s+)?(?:implement|develop|create|build|make|design and develop|design|generate|provide|set up)?\s*(?=(?:an?|the|my|our)\b)/i,
    '',
  )
  return clipped(capitalised(bare.trim()), 600)
}

export function rolesFor(signIn: SignIn, { actors, things }: Findings, { isSite }: Traits, idea: string): string[] {
  if (signIn === 'none') return []
  const people = things.filter((thing) => thing.kind?.family === 'client').map((thing) => inSentence(thing.label))
  const named = actors.map(capitalised).filter((actor) => actor.length <= 40)
  const client =
    named.find((actor) => CLIENTS.test(actor)) ??
    (people[0] && isSite && CLIENTS.test(people[0]) ? capitalised(people[0]) : isSite ? 'Member' : 'Team member')
  const others = named.filter(
    (actor) => actor !== client && STAFF.test(actor) && new RegExp(`${actor}s? (?:can|should|may|must|will)`, 'i').test(idea),
  )
  return ['Administrator', ...others.slice(0, 2), client].map((role) => role.slice(0, 60))
}

const CLIENTS =
  /^(?:customer|client|member|student|patient|guest|buyer|reader|player|participant|learner|pupil|visitor|attendee|subscriber|candidate|tenant|donor|friend|user)$/i
const STAFF =
  /^(?:teacher|instructor|tutor|lecturer|doctor|nurse|therapist|employee|driver|courier|expert|consultant|mechanic|technician|agent|seller|merchant|coach|trainer|volunteer|counselor|author|editor|artist|supplier|parent)$/i

function audienceOf({ actors }: Findings, { isSite }: Traits): string[] {
  const people = actors.slice(0, 4).map((actor) => capitalised(pluralOf(actor)))
  const general = isSite ? 'Visitors' : 'The people who run it'
  return [...new Set([...people, general])]
}
