/** The routes of models and money: keys, settings, and what was and will be spent. */
import { z } from 'zod'
import { ATTEMPT_RESULTS, CHARGE_OUTCOMES } from './ledger.ts'
import { ModelPrice, ModelRole, ModelSettings } from './model-settings.ts'
import { Estimate, Receipt } from './money.ts'
import { route } from './route.ts'
import { Id, Moment } from './values.ts'
import { ApiKeyProvider, VENDORS, VendorUrl } from './vendors.ts'

const ById = z.object({ id: Id })
const Done = z.object({ ok: z.literal(true) })
const Count = z.number().int().nonnegative()

/** A stored model key as it may be shown: never more than its last four characters. */
export const ApiKeyShown = z.object({
  provider: ApiKeyProvider,
  lastFour: z.string().max(4),
  /** The one address it is sent to, when that is not the vendor's own. */
  baseUrl: z.string().nullable(),
  createdAt: z.string(),
})
export type ApiKeyShown = z.infer<typeof ApiKeyShown>

/** What a header can carry; the message never repeats it. */
const ApiKeyText = z
  .string()
  .trim()
  .max(500)
  .regex(/^[\x21-\x7e]*$/, 'must be letters, digits and signs without blanks: copy it again')

const KEY_LENGTH_MIN = 8

export const ApiKeyEntry = z
  .object({ provider: ApiKeyProvider, key: ApiKeyText.default(''), baseUrl: VendorUrl.optional() })
  .refine(({ provider, key }) => key === '' || key.length >= KEY_LENGTH_MIN || !VENDORS[provider].needsKey, {
    path: ['key'],
    message: `is shorter than any key: it needs at least ${KEY_LENGTH_MIN} characters`,
  })
  .refine(({ provider, key }) => key !== '' || !VENDORS[provider].needsKey, { path: ['key'], message: 'enter the key' })
  .refine(({ provider, baseUrl }) => baseUrl !== undefined || VENDORS[provider].baseUrl !== null, {
    path: ['baseUrl'],
    message: 'enter the address of the server, with its /v1',
  })

export const ApiKeyTest = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), reason: z.string() }),
])
export type ApiKeyTest = z.infer<typeof ApiKeyTest>

export const AvailableModel = z.object({
  id: z.string(),
  label: z.string(),
  contextTokens: Count.nullable(),
  /** US dollars per million tokens as they are generally known; null: unknown. */
  price: ModelPrice.nullable(),
})
export type AvailableModel = z.infer<typeof AvailableModel>

const Spent = z.object({ micros: Count, tokens: Count })

/** One HTTP attempt, as the ledger has it. */
export const LedgerRow = z.object({
  id: Id,
  createdAt: Moment,
  agent: z.string(),
  role: ModelRole.nullable(),
  provider: z.string(),
  model: z.string(),
  inputTokens: Count,
  cachedTokens: Count,
  outputTokens: Count,
  /** The vendor did not say: counted from characters. */
  isEstimated: z.boolean(),
  /** null: the price is unknown. */
  micros: Count.nullable(),
  firstTokenMs: Count.nullable(),
  durationMs: Count,
  result: z.enum(ATTEMPT_RESULTS),
  outcome: z.enum(CHARGE_OUTCOMES),
  retryOf: Id.nullable(),
})
export type LedgerRow = z.infer<typeof LedgerRow>

export const FeatureMoney = z.object({
  /** Whether a model can be asked: one is chosen, and its vendor can be reached. */
  hasModel: z.boolean(),
  caps: ModelSettings.shape.caps.unwrap(),
  /** Settled and reserved, as it counts against the caps. */
  spent: z.object({ feature: Spent, project: Spent }),
  receipt: Receipt,
  /** Newest first. */
  calls: z.array(LedgerRow),
  /**
   * Of what can be started now: the stage of the next approval first, then what may be asked for beside it: a change by comment, and the
   * backlog where there is none. Empty without a model.
   */
  estimates: z.array(Estimate.extend({ stage: z.enum(['spec', 'plan', 'code', 'revise-spec', 'revise-plan', 'backlog']) })),
})
export type FeatureMoney = z.infer<typeof FeatureMoney>

export const ProjectMoney = z.object({
  cap: ModelSettings.shape.caps.unwrap().shape.project,
  spent: Spent,
  receipt: Receipt,
  features: z.array(z.object({ featureId: Id, title: z.string(), receipt: Receipt })),
})
export type ProjectMoney = z.infer<typeof ProjectMoney>

export const MODEL_ROUTES = {
  getApiKeys: route({
    method: 'GET',
    path: '/api/settings/api-key',
    tag: 'settings',
    summary: 'The stored model keys, by their last four characters',
    response: z.object({ keys: z.array(ApiKeyShown) }),
  }),
  saveApiKey: route({
    method: 'POST',
    path: '/api/settings/api-key',
    tag: 'settings',
    summary: 'Seal a model key, bound to the address it may be sent to; what was stored for this vendor is replaced',
    body: ApiKeyEntry,
    response: ApiKeyShown,
  }),
  testApiKey: route({
    method: 'POST',
    path: '/api/settings/api-key/test',
    tag: 'settings',
    summary: 'Ask the vendor whether it takes a key, at no cost: the one in the request, else the stored one',
    body: z.object({ provider: ApiKeyProvider, key: ApiKeyText.optional(), baseUrl: VendorUrl.optional() }),
    response: ApiKeyTest,
  }),
  deleteApiKey: route({
    method: 'DELETE',
    path: '/api/settings/api-key',
    tag: 'settings',
    summary: 'Delete a model key',
    query: z.object({ provider: ApiKeyProvider }),
    response: Done,
  }),
  listAvailableModels: route({
    method: 'GET',
    path: '/api/settings/available-models',
    tag: 'settings',
    summary: 'The models that a vendor lists for the stored key, with their prices as far as they are known',
    query: z.object({ provider: ApiKeyProvider }),
    response: z.object({ models: z.array(AvailableModel) }),
  }),
  getModelSettings: route({
    method: 'GET',
    path: '/api/settings/models',
    tag: 'settings',
    summary: 'Which model does what, own prices, and caps',
    response: z.object({ settings: ModelSettings, revision: Count }),
  }),
  saveModelSettings: route({
    method: 'PUT',
    path: '/api/settings/models',
    tag: 'settings',
    summary: 'Replace the model settings; refused when someone else saved meanwhile',
    body: z.object({ settings: ModelSettings, revision: Count }),
    response: z.object({ revision: Count }),
  }),
  getBriefEstimate: route({
    method: 'GET',
    path: '/api/estimates/brief',
    tag: 'settings',
    summary: 'What the conversation about a new idea will probably cost, and with which model; null where none is asked',
    response: z.object({ brief: z.object({ model: z.string(), estimate: Estimate }).nullable() }),
  }),
  getFeatureMoney: route({
    method: 'GET',
    path: '/api/features/{id}/money',
    tag: 'features',
    summary: 'What a feature has cost, on what, and what its next stage will probably cost',
    params: ById,
    response: FeatureMoney,
  }),
  getProjectMoney: route({
    method: 'GET',
    path: '/api/projects/{id}/money',
    tag: 'projects',
    summary: 'What a project has cost, feature by feature',
    params: ById,
    response: ProjectMoney,
  }),
} as const
