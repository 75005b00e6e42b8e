/** Which model does what, what it costs, and how much may be spent: an owner's settings. Keys, and the addresses they are for, are not among them. */
import { z } from 'zod'
import { ApiKeyProvider } from './vendors.ts'

/** For whom an owner may choose a model of its own; who has none takes the default. */
export const MODEL_ROLES = ['analyst', 'writer', 'planner', 'coder', 'reviewer'] as const
export const ModelRole = z.enum(MODEL_ROLES)
export type ModelRole = z.infer<typeof ModelRole>

export const ModelChoice = z.object({
  provider: ApiKeyProvider,
  model: z.string().trim().min(1).max(200),
  /** Input and output together, as the vendor lists it. */
  contextTokens: z.number().int().positive().optional(),
})
export type ModelChoice = z.infer<typeof ModelChoice>

const Rate = z.number().nonnegative().max(100_000)

/** US dollars per million tokens; a part that is left out costs what input costs. */
export const ModelPrice = z.object({ input: Rate, output: Rate, cached: Rate.optional(), cacheWrite: Rate.optional() })
export type ModelPrice = z.infer<typeof ModelPrice>

/** null: not limited. `micros` are millionths of a US dollar. */
export const SpendingCap = z.object({
  micros: z.number().int().nonnegative().nullable(),
  tokens: z.number().int().nonnegative().nullable(),
})
export type SpendingCap = z.infer<typeof SpendingCap>

const NO_CAP = { micros: null, tokens: null }

export const ModelSettings = z.object({
  version: z.literal(1),
  /** null: no model; everything is made by the built-in makers. */
  main: ModelChoice.nullable().default(null),
  roles: z.partialRecord(ModelRole, ModelChoice).default({}),
  /** Asked when a model cannot answer. */
  fallback: ModelChoice.nullable().default(null),
  /** The owner's own prices, by `provider/model`. */
  prices: z.record(z.string().max(240), ModelPrice).default({}),
  caps: z
    .object({ run: SpendingCap, feature: SpendingCap, project: SpendingCap })
    .default({ run: NO_CAP, feature: NO_CAP, project: NO_CAP }),
})
export type ModelSettings = z.infer<typeof ModelSettings>

/** Nothing chosen: Slipway works without a model. */
export const NO_MODELS: ModelSettings = ModelSettings.parse({ version: 1 })
