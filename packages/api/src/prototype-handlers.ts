/** Handlers of the short way; each asks for the browser's own session. */
import type { PROTOTYPE_ROUTES } from '@slipway/domain'
import type { Prototypes } from '@slipway/workflows'
import type { Handlers } from './handlers.ts'

export function prototypeHandlers(prototypes: Prototypes): Pick<Handlers, keyof typeof PROTOTYPE_ROUTES> {
  return {
    generatePrototype: (request, { orgId }, sessionId) => prototypes.generate({ orgId, sessionId }, request),
    getPrototypeSession: (_, { orgId }, sessionId) => prototypes.show({ orgId, sessionId }),
    regeneratePrototype: (_, { orgId }, sessionId) => prototypes.regenerate({ orgId, sessionId }),
    refreshPrototype: (_, { orgId }, sessionId) => prototypes.refresh({ orgId, sessionId }),
    editPrototype: (edit, { orgId }, sessionId) => prototypes.edit({ orgId, sessionId }, edit),
    getPrototypeBoxes: (_, { orgId }, sessionId) => prototypes.boxes({ orgId, sessionId }),
    getRefinementOffer: (_, { orgId }, sessionId) => prototypes.refinementOffer({ orgId, sessionId }),
    refinePrototype: (_, { orgId }, sessionId) => prototypes.refine({ orgId, sessionId }),
    undoRefinement: (_, { orgId }, sessionId) => prototypes.undoRefinement({ orgId, sessionId }),
    usePrototype: (_, { orgId }, sessionId) => prototypes.use({ orgId, sessionId }),
    openFigmaFile: (link, { orgId }, sessionId) => prototypes.openFigmaFile({ orgId, sessionId }, link),
    getFigmaConnection: (_, { orgId }, sessionId) => prototypes.connection({ orgId, sessionId }),
    connectFigma: (token, { orgId }, sessionId) => prototypes.connect({ orgId, sessionId }, token),
    disconnectFigma: async (_, { orgId }, sessionId) => {
      await prototypes.disconnect({ orgId, sessionId })
      return { ok: true }
    },
  }
}
