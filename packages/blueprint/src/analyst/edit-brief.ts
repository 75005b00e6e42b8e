/** Free words of the owner worked into a brief: a name, things that come and go, colours, who signs in, goals. */
import type { Brief } from '@slipway/domain'
import { rolesFor, type Understanding } from './brief.ts'
import { findLook, hexOf } from './colours.ts'
import { findThings } from './find-things.ts'
import { goalsOf } from './goals.ts'
import { kindOfPhrase, type Lexicon, phraseKey } from './lexicon/lexicon.ts'
import { limitsOf } from './limits.ts'
import { currencyIn, goalsFor, withCurrency, withLook, withSignIn } from './questions.ts'
import { capitalised, clipped, inSentence, pluralOf, sentencesOf, singularOf, singularPhrase } from './words.ts'

export interface Edit {
  readonly brief: Brief
  /** Questions that the words answered by the way. */
  readonly topics: ReadonlySet<string>
  /** Whether the words meant something to the analyst at all. */
  readonly isHeard: boolean
}

const NAME =
  /\b(?:call(?:ed)? (?:it|this|the app)|name it|rename (?:it|the app)(?: to)?|the name (?:is|should be|shall be)|it(?:'s| is| should be) called|app name:?)\s+["“'‘]?([^"”'’.,;:!?\n]{2,60})/i
const RENAME =
  /\b(?:rename|call|say)\s+(?:the\s+)?([\p{L} -]{3,40}?)\s+(?:to|as|instead of)?\s*["“']?([\p{L}-]{3,30}(?: [\p{L}-]{3,30})?)["”']?$/iu
const INSTEAD = /\b([\p{L}-]{3,30}(?: [\p{L}-]{3,30})?) (?:instead of|rather than) (?:the )?([\p{L}-]{3,30}(?: [\p{L}-]{3,30})?)/iu
const NO_ACCOUNTS =
  /\b(?:no|without|don'?t (?:need|want)|remove|skip|drop)\s+(?:any\s+|the\s+)?(?:sign-?\s?(?:in|up)s?|log-?\s?ins?|accounts?|registration|passwords?|authentication|users?)\b|\b(?:just|only) (?:for )?(?:me|myself)\b/i
const ACCOUNTS = /\b(?:sign[ -]?in|log[ -]?in|accounts?|passwords?|authentication)\b/i
const REMOVE =
  /\b(?:remove|drop|delete|skip|leave out|leave away|take out|forget|without|no need for|don'?t need|do not need|don'?t want|do not want|not interested in|no)\s+(?:the |any |a |an |to (?:track|keep|have|manage) )?([\p{L}\p{N}' -]{3,80})/iu
const ADD = /\b(?:also|add|include|plus|as well|track|keep|record|manage|need|want|should have|store|and)\b/i

export function editBrief(brief: Brief, text: string, idea: string, understanding: Understanding, lexicon: Lexicon): Edit {
  const topics = new Set<string>()
  let edited = brief
  let isHeard = false
  for (const sentence of clausesOf(text)) {
    const next = editOnce(edited, sentence, idea, understanding, lexicon, topics)
    isHeard ||= next !== edited || topics.size > 0
    edited = next
  }
  return {
    brief: { ...edited, goals: edited.goals.slice(0, 40), things: edited.things.slice(0, 24), outOfScope: edited.outOfScope.slice(0, 40) },
    topics,
    isHeard,
  }
}

const clausesOf = (text: string) =>
  sentencesOf(text.slice(0, 8_000))
    .flatMap((sentence) => sentence.split(/,? (?:but|and (?=(?:no|remove|drop|call|add|use|also|make|rename)\b))/i))
    .map((clause) => clause.replace(/[.!]+$/, '').trim())
    .filter(Boolean)

function editOnce(
  brief: Brief,
  clause: string,
  idea: string,
  { findings, traits }: Understanding,
  lexicon: Lexicon,
  topics: Set<string>,
): Brief {
  const name = NAME.exec(clause)?.[1]?.trim()
  if (name) return { ...brief, name: capitalised(name).slice(0, 60) }
  if (NO_ACCOUNTS.test(clause)) {
    topics.add('who')
    return withSignIn(brief, 'none', [])
  }
  const look = findLook(clause)
  const bare = /\b(?:make it|make everything|in|use|paint it|prefer|more)\s+(?:a )?([a-z]+(?: [a-z]+)?)\b/i.exec(clause)?.[1]
  if (
    (look.background && hexOf(look.background)) ||
    (look.primary && hexOf(look.primary)) ||
    (bare && hexOf(bare) && clause.split(' ').length < 8)
  ) {
    topics.add('look')
    return withLook(brief, clause)
  }
  const currency = clause.split(' ').length < 12 ? currencyIn(clause) : undefined
  if (currency) {
    topics.add('currency')
    return withCurrency(brief, currency)
  }
  if (ACCOUNTS.test(clause) && !REMOVE.test(clause)) {
    topics.add('who')
    const signIn = /\b(?:optional|only (?:for|to) (?:chang|edit)|public|everyone can (?:read|see|browse))\b/i.test(clause)
      ? 'optional'
      : 'required'
    return withSignIn(brief, signIn, brief.roles.length ? brief.roles : rolesFor(signIn, findings, traits, `${idea}\n${clause}`))
  }
  const renamed = renameIn(brief, clause)
  if (renamed) return renamed
  const removed = REMOVE.exec(clause)?.[1]
  if (removed) {
    topics.add('things')
    return without(brief, removed)
  }
  const touched = limitsOf(clause)
  const withThings =
    touched.length > 0 && !/\b(?:track|keep|record|manage|list of|also)\b/i.test(clause) ? brief : withNewThings(brief, clause, lexicon)
  if (withThings.things.length > brief.things.length) topics.add('things')
  const withGoals = withNewGoals(withThings, clause)
  const limits = touched.filter((limit) => !withGoals.outOfScope.includes(limit.note))
  return limits.length ? { ...withGoals, outOfScope: [...withGoals.outOfScope, ...limits.map((limit) => limit.note)] } : withGoals
}

function renameIn(brief: Brief, clause: string): Brief | undefined {
  const [, fresh, old] = INSTEAD.exec(clause) ?? []
  const [, from, to] = fresh ? [clause, old, fresh] : (RENAME.exec(clause) ?? [])
  if (!from || !to) return undefined
  const at = brief.things.findIndex((thing) => sameThing(thing, from))
  if (at < 0) return undefined
  const things = brief.things.with(at, clipped(capitalised(pluralOf(singularPhrase(to.trim()))), 80))
  return { ...brief, things, goals: goalsFor(brief, things) }
}

const sameThing = (thing: string, words: string) => {
  const key = phraseKey(thing)
  const said = phraseKey(words.trim())
  return key === said || said.split(' ').slice(-key.split(' ').length).join(' ') === key || key.split(' ').at(-1) === said
}

function without(brief: Brief, words: string): Brief {
  const parts = words
    .split(/,|\b(?:and|or|nor)\b/)
    .map((part) => part.trim())
    .filter(Boolean)
  const isGone = (thing: string) =>
    parts.some((part) => sameThing(thing, part.replace(/\s+(?:please|anymore|any more|at all|list|page|for now)$/i, '')))
  const things = brief.things.filter((thing) => !isGone(thing))
  if (things.length < brief.things.length && things.length > 0)
    return {
      ...brief,
      things,
      goals: goalsFor(brief, things).filter((goal) => !parts.some((part) => goal.toLowerCase().endsWith(` ${part.toLowerCase()}`))),
    }
  const heads = parts.map((part) => singularOf(part.toLowerCase().split(' ').at(-1) ?? '')).filter((head) => head.length > 3)
  const goals = brief.goals.filter(
    (goal) =>
      !heads.some((head) =>
        goal
          .toLowerCase()
          .split(/[^a-z]+/)
          .map(singularOf)
          .includes(head),
      ),
  )
  const note = clipped(`${capitalised(words.trim())}: left out at your wish.`, 300)
  return { ...brief, goals, outOfScope: brief.outOfScope.includes(note) ? brief.outOfScope : [...brief.outOfScope, note] }
}

function withNewThings(brief: Brief, clause: string, lexicon: Lexicon): Brief {
  const isWish = ADD.test(clause)
  const asked =
    /\b(?:(?:also|add|include|track|keep(?: track of)?|record|manage|need|want|store|plus)\s+)+(?:(?:to|an?|the|my|our|their|some|also|track|keep track of|keep|manage|record|store|add|have)\s+)*([\p{L} ,'-]{3,120})/iu.exec(
      clause,
    )?.[1] ?? ''
  const found = findThings(isWish ? `Manage ${asked || clause}` : clause, lexicon).things.map((thing) => thing.labelPlural)
  const direct = asked
    .split(/,|\band\b/)
    .map((part) => part.replace(/\b(?:too|as well|please|also|for each|with|in|of|for|by|per)\b.*$/i, '').trim())
    .filter((part) => part && part.split(' ').length <= 3 && kindOfPhrase(part, lexicon)?.wordCount === part.split(' ').length)
    .map((part) => capitalised(pluralOf(singularPhrase(part.toLowerCase()))))
  const things = [...new Set([...direct, ...found])].filter((thing) => !brief.things.some((known) => phraseKey(known) === phraseKey(thing)))
  if (things.length === 0) return brief
  const all = [...brief.things, ...things.map((thing) => clipped(thing, 80))]
  return { ...brief, things: all, goals: goalsFor(brief, all) }
}

function withNewGoals(brief: Brief, clause: string): Brief {
  const goals = goalsOf(clause, [])
  const imperative =
    /^(?:please )?(?:also )?(?:show|let|allow|send|print|remind|calculate|export|import|compare|highlight|sort|group|warn|count|sum|display|support|make sure|it should|there should|i (?:want|need|would like) to|we (?:want|need) to)\b/i.test(
      clause,
    )
  const wishes = goals.length
    ? goals
    : imperative
      ? [capitalised(clause.replace(/^(?:please |also |(?:i|we) (?:want|need|would like) to )+/i, ''))]
      : []
  const fresh = wishes
    .map((goal) => clipped(goal, 300))
    .filter((goal) => !brief.goals.includes(goal) && !brief.goals.includes(inSentence(goal)))
  return fresh.length ? { ...brief, goals: [...brief.goals, ...fresh] } : brief
}
