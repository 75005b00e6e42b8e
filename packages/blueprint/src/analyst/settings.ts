/** What a brief says in its assumptions that the app depends on: sentences that people can read and edit, and that are read back here. */
import type { Brief } from '@slipway/domain'
import { phraseKey } from './lexicon/lexicon.ts'
import { capitalised, inSentence, listed, pluralOf, singularPhrase } from './words.ts'

export interface Settings {
  /** ISO 4217 */
  readonly currency: string
  /** Stages by the key of the thing's phrase. */
  readonly stages: ReadonlyMap<string, readonly string[]>
  readonly opensWith: OpensWith | undefined
}

export const OPENINGS = ['overview', 'board', 'calendar', 'list', 'welcome'] as const
export type OpensWith = (typeof OPENINGS)[number]

export const CURRENCY_NAMES: Readonly<Record<string, string>> = {
  USD: 'US dollars',
  EUR: 'euros',
  GBP: 'pounds',
  JPY: 'yen',
  CNY: 'yuan',
  INR: 'rupees',
  CHF: 'francs',
  AUD: 'Australian dollars',
  CAD: 'Canadian dollars',
  BRL: 'reais',
  PLN: 'zloty',
}

export const currencySentence = (code: string) => `Amounts are in ${CURRENCY_NAMES[code] ?? code} (${code}).`
export const stagesSentence = (thing: string, stages: readonly string[]) =>
  `${capitalised(pluralOf(singularPhrase(inSentence(thing))))} go through these stages: ${listed(stages.map(inSentence), 'then')}.`.slice(
    0,
    300,
  )
export const openingSentence = (opening: OpensWith) => `The app opens with the ${opening}.`

const CURRENCY = /^Amounts are in .*\(([A-Z]{3})\)/
const STAGES = /^(.+?) goe?s? through these stages: (.+?)\.?$/
const OPENING = /^The app opens with the (\w+)/

export const isSettingSentence = (sentence: string) => CURRENCY.test(sentence) || STAGES.test(sentence) || OPENING.test(sentence)

export function readSettings(brief: Pick<Brief, 'assumptions'>): Settings {
  let currency = 'USD'
  let opensWith: OpensWith | undefined
  const stages = new Map<string, readonly string[]>()
  for (const sentence of brief.assumptions) {
    currency = CURRENCY.exec(sentence)?.[1] ?? currency
    const opening = OPENING.exec(sentence)?.[1]
    opensWith = OPENINGS.find((one) => one === opening) ?? opensWith
    const [, thing, list] = STAGES.exec(sentence) ?? []
    if (thing && list)
      stages.set(
        phraseKey(thing),
        list
          .split(/,|\bthen\b|\band\b|→|->|>/)
          .map((stage) => stage.trim())
          .filter(Boolean),
      )
  }
  return { currency, stages, opensWith }
}
