/** What is worth asking before building: a topic each, with options and a default, and what an answer does to the brief. */
import type { Brief, Question } from '@slipway/domain'
import { rolesFor, signInAssumption, type Understanding } from './brief.ts'
import { findLook, hexOf, looseLook } from './colours.ts'
import type { Lexicon } from './lexicon/lexicon.ts'
import { type PlannedEntity, planEntities } from './plan-entities.ts'
import {
  CURRENCY_NAMES,
  currencySentence,
  isSettingSentence,
  OPENINGS,
  type OpensWith,
  openingSentence,
  stagesSentence,
} from './settings.ts'
import { suggestionsFor } from './suggestions.ts'
import { PALETTES, paletteFor } from './theme.ts'
import type { SignIn } from './traits.ts'
import { capitalised, clipped, inSentence, pluralOf, withArticle } from './words.ts'

/** A question together with what its answer changes. */
export interface Topic {
  readonly question: Question
  apply(brief: Brief, values: readonly string[]): Brief
}

/** Every topic that the idea leaves open, the most important first; the same ones for the same idea and brief. */
export function topicsOf(idea: string, understanding: Understanding, brief: Brief, lexicon: Lexicon): Topic[] {
  const entities = planEntities({ things: brief.things, idea, hasPictures: false, stages: new Map() }, lexicon)
  return [
    whoTopic(idea, understanding),
    thingsTopic(idea, understanding, lexicon),
    stagesTopic(entities),
    lookTopic(idea),
    currencyTopic(idea, understanding, entities),
    openingTopic(understanding, entities),
  ].flatMap((topic) => topic ?? [])
}

const pick = (value: string, label: string) => ({ value: clipped(value, 80), label: clipped(label, 120) })

function whoTopic(idea: string, { traits, findings }: Understanding): Topic | undefined {
  if (traits.signIn !== undefined) return undefined
  return {
    question: {
      id: 'who',
      text: 'Who uses it?',
      why: 'It decides whether people sign in, and who may change what.',
      options: [
        pick('just-me', 'Whoever has the address, without signing in'),
        pick('team', 'My team, each with an account'),
        pick('public', 'Everybody reads; people with an account change things'),
        pick('accounts', 'Everybody has an account of their own'),
      ],
      isMultiple: false,
      defaults: [traits.isSite ? 'public' : 'just-me'],
    },
    apply: (brief, values) => {
      const text = values.join(' ')
      const signIn: SignIn = /^(?:just-me|no\b|nobody|none|only me|me\b)|without|just me|no sign|myself/i.test(text)
        ? 'none'
        : /^public$|everybody reads|everyone can (?:read|see)|visitors|public/i.test(text)
          ? 'optional'
          : 'required'
      return withSignIn(
        brief,
        signIn,
        /^team$|team|staff|colleague|employee/i.test(text)
          ? ['Administrator', 'Team member']
          : rolesFor(signIn, findings, { ...traits, isSite: true }, idea),
      )
    },
  }
}

/** The brief with another way in; what was assumed about it before is taken back. */
export function withSignIn(brief: Brief, signIn: SignIn, roles: readonly string[]): Brief {
  const kinds: readonly SignIn[] = ['none', 'optional', 'required']
  const old = new Set(kinds.map(signInAssumption))
  return {
    ...brief,
    signIn,
    roles: signIn === 'none' ? [] : [...(roles.length ? roles : ['Administrator', 'Member'])],
    assumptions: brief.assumptions.filter((sentence) => !old.has(sentence)),
  }
}

function thingsTopic(idea: string, { findings }: Understanding, lexicon: Lexicon): Topic {
  const found = findings.things.map((thing) => thing.labelPlural)
  const known = new Set(findings.things.map((thing) => thing.kind?.name))
  const more = suggestionsFor(idea, lexicon)
    .filter((kind) => !known.has(kind.name))
    .map((kind) => capitalised(pluralOf(kind.words[0] ?? kind.name)))
    .filter((label) => !found.includes(label))
  const options = [...found.slice(0, 7), ...more].slice(0, Math.max(Math.min(found.length + 3, 8), 2))
  return {
    question: {
      id: 'things',
      text: 'What should it keep track of?',
      why: 'Each of these becomes a list with its own form.',
      options: options.map((label) => pick(label, label)),
      isMultiple: true,
      defaults: options.filter((label) => found.includes(label)),
    },
    apply: (brief, values) => {
      const wanted = values
        .flatMap((value) => (options.includes(value) ? [value] : value.split(/,|\band\b|;|\n/)))
        .map((value) => capitalised(value.trim()))
      const things = [...new Set(wanted.filter((value) => /\p{L}/u.test(value)))].slice(0, 24).map((value) => clipped(value, 80))
      if (things.length === 0) return brief
      const kept = things.map((thing) => (isPluralLabel(thing) ? thing : pluralOf(thing)))
      return { ...brief, things: kept, goals: goalsFor(brief, kept) }
    },
  }
}

const isPluralLabel = (label: string) => /s$|(?:people|children|staff|equipment|news|feedback)$/i.test(label)

/** "Keep track of …" for things that came in, and none for those that left. */
export function goalsFor(brief: Brief, things: readonly string[]): string[] {
  const gone = brief.things.filter((thing) => !things.includes(thing)).map((thing) => `Keep track of ${inSentence(thing)}`)
  const come = things.filter((thing) => !brief.things.includes(thing)).map((thing) => `Keep track of ${inSentence(thing)}`)
  return [...brief.goals.filter((goal) => !gone.includes(goal)), ...come].slice(0, 40)
}

function stagesTopic(entities: readonly PlannedEntity[]): Topic | undefined {
  const entity =
    entities.find((one) => one.workflow && (one.family === 'work' || one.family === 'deal')) ?? entities.find((one) => one.workflow)
  const states = entity?.fields.find(({ field }) => field.name === entity.workflow?.field)?.field.choices ?? []
  if (!entity || states.length < 2) return undefined
  return {
    question: {
      id: 'stages',
      text: `Which stages does ${withArticle(inSentence(entity.label))} go through?`,
      why: 'They become the columns of its board and the buttons that move it on.',
      options: states.slice(0, 8).map((state) => pick(state.label, state.label)),
      isMultiple: true,
      defaults: states.slice(0, 8).map((state) => state.label),
    },
    apply: (brief, values) => {
      const own = values.flatMap((value) => value.split(/,|→|->|>|\bthen\b|;|\n/)).map((value) => value.trim())
      const order = states.map((state) => state.label)
      const known = own.filter((value) => order.includes(value)).toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
      const stages = own.every((value) => order.includes(value)) ? known : own.filter(Boolean)
      if (stages.length < 2 || (stages.length === order.length && stages.every((stage) => order.includes(stage)))) return brief
      return withSetting(brief, stagesSentence(entity.label, stages.map((stage) => clipped(stage, 40)).slice(0, 8)), /through these stages/)
    },
  }
}

const withSetting = (brief: Brief, sentence: string, replaced: RegExp): Brief => ({
  ...brief,
  assumptions: [...brief.assumptions.filter((one) => !(isSettingSentence(one) && replaced.test(one))), sentence].slice(-40),
})

function lookTopic(idea: string): Topic | undefined {
  const look = findLook(idea)
  if ((look.background && hexOf(look.background)) || (look.primary && hexOf(look.primary))) return undefined
  const palette = paletteFor(idea)
  return {
    question: {
      id: 'look',
      text: 'Which look suits it?',
      why: 'Any two colours do: name a background and one for buttons.',
      options: PALETTES.map(({ value, label }) => pick(value, label)),
      isMultiple: false,
      defaults: [palette.value],
    },
    apply: (brief, values) => withLook(brief, values.join(' ')),
  }
}

/** @param text an option of the look question, or colours in the owner's words: one alone is for buttons and links */
export function withLook(brief: Brief, text: string): Brief {
  const assumptions = brief.assumptions.filter((sentence) => !sentence.startsWith('The look is '))
  const palette = PALETTES.find(
    ({ value, label, mood }) => value === text || label.toLowerCase() === text.toLowerCase() || mood === text.toLowerCase(),
  )
  if (palette)
    return { ...brief, assumptions: [...assumptions, `The look is ${palette.label.toLowerCase()}.`], look: { mood: palette.mood } }
  const asked = findLook(text)
  const named = asked.background || asked.primary ? asked : looseLook(text)
  const background = named.background ?? brief.look.background
  const primary = named.primary ?? brief.look.primary
  if (!named.background && !named.primary) return brief
  return {
    ...brief,
    assumptions,
    look: { ...(background && { background: background.slice(0, 40) }), ...(primary && { primary: primary.slice(0, 40) }) },
  }
}

function currencyTopic(idea: string, { traits }: Understanding, entities: readonly PlannedEntity[]): Topic | undefined {
  if (traits.currency !== undefined || !entities.some((entity) => entity.fields.some(({ field }) => field.type === 'money')))
    return undefined
  const isBritish = /\b(?:colour|organis|centre|cheque|tyre)/i.test(idea)
  return {
    question: {
      id: 'currency',
      text: 'In which money are prices and amounts?',
      why: 'It is shown with every amount.',
      options: Object.entries(CURRENCY_NAMES)
        .slice(0, 7)
        .map(([code, name]) => pick(code, `${capitalised(name)} (${code})`)),
      isMultiple: false,
      defaults: [isBritish ? 'GBP' : 'USD'],
    },
    apply: (brief, values) => {
      const code = currencyIn(values.join(' '))
      return code ? withCurrency(brief, code) : brief
    },
  }
}

export const withCurrency = (brief: Brief, code: string): Brief => withSetting(brief, currencySentence(code), /^Amounts are in/)

/** The ISO code that a text names, by code or by name. */
export function currencyIn(text: string): string | undefined {
  const code = /\b([A-Z]{3})\b/.exec(text)?.[1]
  if (code && Object.hasOwn(CURRENCY_NAMES, code)) return code
  const lower = text.toLowerCase()
  return Object.entries(CURRENCY_NAMES).find(([, name]) =>
    new RegExp(`\\b${(name.split(' ').at(-1) ?? name).replace(/s$/, '')}s?\\b`).test(lower),
  )?.[0]
}

function openingTopic({ traits }: Understanding, entities: readonly PlannedEntity[]): Topic | undefined {
  const hasBoard = entities.some((entity) => entity.workflow && (entity.family === 'work' || entity.family === 'deal'))
  const hasDates = entities.some((entity) =>
    entity.fields.some(({ field, high }) => (field.type === 'dateTime' || field.type === 'date') && field.required && (high ?? 0) >= 4),
  )
  const first = entities[0]
  const options = [
    ...(traits.isSite ? [pick('welcome', 'A welcome page')] : []),
    pick('overview', 'An overview of what is due'),
    ...(hasBoard ? [pick('board', 'The board, a column per stage')] : []),
    ...(hasDates ? [pick('calendar', 'The calendar')] : []),
    ...(first ? [pick('list', `The list of ${inSentence(first.labelPlural)}`)] : []),
  ]
  if (options.length < 2) return undefined
  return {
    question: {
      id: 'opening',
      text: 'What should people see first?',
      why: 'It becomes the first page.',
      options,
      isMultiple: false,
      defaults: [options[0]?.value ?? 'overview'],
    },
    apply: (brief, values) => {
      const text = values.join(' ').toLowerCase()
      const opening: OpensWith | undefined =
        OPENINGS.find((one) => text.includes(one)) ?? (/dashboard|due/.test(text) ? 'overview' : undefined)
      return opening ? withSetting(brief, openingSentence(opening), /^The app opens/) : brief
    },
  }
}
