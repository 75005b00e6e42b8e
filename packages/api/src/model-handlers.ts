/** Handlers of keys, model settings and money. */
import type { Storage } from '@slipway/storage'
import type { Handlers } from './handlers.ts'
import { isVendor, type ModelDesk, shown } from './model-desk.ts'
import { briefEstimate, featureMoney, projectMoney } from './money-views.ts'

type Served =
  | 'getApiKeys'
  | 'saveApiKey'
  | 'testApiKey'
  | 'deleteApiKey'
  | 'listAvailableModels'
  | 'getModelSettings'
  | 'saveModelSettings'
  | 'getBriefEstimate'
  | 'getFeatureMoney'
  | 'getProjectMoney'

export function modelHandlers(storage: Storage, desk: ModelDesk): Pick<Handlers, Served> {
  return {
    getApiKeys: (_, { orgId }) =>
      storage.inWorkspace(orgId, async ({ secrets }) => ({ keys: (await secrets.list()).filter(isVendor).map(shown) })),
    saveApiKey: (entry, { orgId }) => desk.saveKey(orgId, entry),
    testApiKey: (entry, { orgId }) => desk.testKey(orgId, entry),
    deleteApiKey: ({ provider }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ secrets }) => {
        await secrets.remove(provider)
        return { ok: true }
      }),
    listAvailableModels: async ({ provider }, { orgId }) => ({ models: await desk.listModels(orgId, provider) }),
    getModelSettings: (_, { orgId }) => storage.inWorkspace(orgId, ({ modelSettings }) => modelSettings.get()),
    saveModelSettings: ({ settings, revision }, { orgId }) =>
      storage.inWorkspace(orgId, async ({ modelSettings }) => ({ revision: await modelSettings.save(settings, revision) })),
    getBriefEstimate: async (_, { orgId }) => ({ brief: await briefEstimate(storage, orgId, desk) }),
    getFeatureMoney: ({ id }, { orgId }) => featureMoney(storage, orgId, id, desk),
    getProjectMoney: ({ id }, { orgId }) => projectMoney(storage, orgId, id),
  }
}
