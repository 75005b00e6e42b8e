/** Model settings as they are typed: everything is text until it is saved. Pure. */
import { type ApiKeyProvider, MODEL_ROLES, type ModelChoice, type ModelRole, ModelSettings } from '@slipway/domain'
import { microsOf, typedMicros } from '../money-words.ts'

export interface DraftChoice {
  /** Empty: none of its own. */
  provider: ApiKeyProvider | ''
  model: string
}

export interface DraftPrice {
  input: string
  output: string
  cached: string
}

export const CAP_SCOPES = ['run', 'feature', 'project'] as const
export type CapScope = (typeof CAP_SCOPES)[number]

export interface SettingsDraft {
  main: DraftChoice
  roles: Record<ModelRole, DraftChoice>
  fallback: DraftChoice
  /** By `provider/model`. */
  prices: Record<string, DraftPrice>
  caps: Record<CapScope, { dollars: string; tokens: string }>
}

const typedChoice = (choice: ModelChoice | null | undefined): DraftChoice => ({
  provider: choice?.provider ?? '',
  model: choice?.model ?? '',
})
const typedNumber = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))

export function toDraft({ main, roles, fallback, prices, caps }: ModelSettings): SettingsDraft {
  return {
    main: typedChoice(main),
    roles: byKey(MODEL_ROLES, (role) => typedChoice(roles[role])),
    fallback: typedChoice(fallback),
    prices: Object.fromEntries(
      Object.entries(prices).map(([name, { input, output, cached }]) => [
        name,
        { input: typedNumber(input), output: typedNumber(output), cached: typedNumber(cached) },
      ]),
    ),
    caps: byKey(CAP_SCOPES, (scope) => ({ dollars: typedMicros(caps[scope].micros), tokens: typedNumber(caps[scope].tokens) })),
  }
}

const byKey = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>

/** What was chosen, each model once, as `provider/model`. */
export function chosenModels({ main, roles, fallback }: SettingsDraft): string[] {
  const choices = [main, ...Object.values(roles), fallback].filter(({ provider, model }) => provider && model.trim())
  return [...new Set(choices.map(({ provider, model }) => `${provider}/${model.trim()}`))]
}

export type ReadDraft = { readonly settings: ModelSettings } | { readonly faults: Readonly<Record<string, string>> }

/**
 * @param base what the draft was made of: what cannot be typed is kept from it
 * @param contextOf how many tokens a model takes, where its vendor says so
 * @returns the settings, or the fault of each field that has one, by the field's name (`main`, `roles.coder`, `caps.run.dollars`)
 */
export function fromDraft(
  draft: SettingsDraft,
  base: ModelSettings,
  contextOf: (provider: ApiKeyProvider, model: string) => number | null,
): ReadDraft {
  const faults: Record<string, string> = {}
  const before = [base.main, ...Object.values(base.roles), base.fallback]
  const choice = (name: string, { provider, model: typed }: DraftChoice): ModelChoice | null => {
    const model = typed.trim()
    if (!provider) return null
    if (!model) faults[name] = 'Name the model, or choose none.'
    const known = contextOf(provider, model) ?? before.find((one) => one?.provider === provider && one.model === model)?.contextTokens
    return { provider, model, ...(known && { contextTokens: known }) }
  }
  const amount = <T>(name: string, value: T | undefined, words: string): T | null => {
    if (value === undefined) faults[name] = words
    return value ?? null
  }
  const rate = (name: string, typed: string) => {
    const micros = amount(name, microsOf(typed), 'Dollars, like 2.50.')
    return micros === null ? null : micros / 1_000_000
  }

  const main = choice('main', draft.main)
  const fallback = choice('fallback', draft.fallback)
  const roles = Object.fromEntries(
    MODEL_ROLES.flatMap((role) => {
      const own = choice(`roles.${role}`, draft.roles[role])
      return own ? [[role, own]] : []
    }),
  )
  if (!main && (fallback || Object.keys(roles).length))
    faults.main = 'Choose a main model first: every role without a model of its own uses it.'
  const prices = Object.fromEntries(
    Object.entries(draft.prices).flatMap(([name, typed]) => {
      const [input, output, cached] = [
        rate(`prices.${name}.input`, typed.input),
        rate(`prices.${name}.output`, typed.output),
        rate(`prices.${name}.cached`, typed.cached),
      ]
      if (input === null && output === null && cached === null) return []
      if (input === null || output === null)
        faults[`prices.${name}.${input === null ? 'input' : 'output'}`] ??= 'Both are needed, in and out.'
      const { cacheWrite } = base.prices[name] ?? {}
      return [[name, { input, output, ...(cached !== null && { cached }), ...(cacheWrite !== undefined && { cacheWrite }) }]]
    }),
  )
  const caps = byKey(CAP_SCOPES, (scope) => ({
    micros: amount(`caps.${scope}.dollars`, microsOf(draft.caps[scope].dollars), 'Dollars, like 2.50; nothing for no cap.'),
    tokens: amount(`caps.${scope}.tokens`, countOf(draft.caps[scope].tokens), 'A number of tokens; nothing for no cap.'),
  }))
  if (Object.keys(faults).length) return { faults }
  return { settings: ModelSettings.parse({ version: 1, main, roles, fallback, prices, caps }) }
}

/** `200000`, `200 000`, `200k`, `1.5M`. */
function countOf(typed: string): number | null | undefined {
  const text = typed.replace(/[\s,_]/g, '').toLowerCase()
  if (text === '') return null
  const read = /^(\d{1,12}(?:\.\d{1,3})?)([km]?)$/.exec(text)
  if (!read) return undefined
  return Math.round(Number(read[1]) * (read[2] === 'm' ? 1_000_000 : read[2] === 'k' ? 1_000 : 1))
}
