/** Prototypes as a workspace answers that has none and is not connected to Figma. */
import { failure, type PROTOTYPE_ROUTES } from '@slipway/domain'
import type { FakeHandlers } from './fake-handlers.ts'

export function fakePrototypes(eventId: () => number): Pick<FakeHandlers, keyof typeof PROTOTYPE_ROUTES> {
  const none = (): never => {
    throw failure('NOT_FOUND', { thing: 'prototype', id: 'of this browser' })
  }
  const unconnected = (): never => {
    throw failure('FIGMA_NOT_CONNECTED', undefined as never)
  }
  return {
    generatePrototype: none,
    getPrototypeSession: () => ({ session: null, eventId: eventId() }),
    regeneratePrototype: none,
    refreshPrototype: none,
    editPrototype: none,
    getPrototypeBoxes: none,
    getRefinementOffer: none,
    refinePrototype: none,
    undoRefinement: none,
    usePrototype: none,
    openFigmaFile: unconnected,
    getFigmaConnection: () => ({ connection: null, canUseOauth: false }),
    connectFigma: unconnected,
    disconnectFigma: () => ({ ok: true }),
  }
}
