/** What a session's code is compiled from, out of the object store: the frozen design, and what a model proposed and was kept. */
import { DesignHints, type PrototypeSession } from '@slipway/domain'
import type { DesignBundle } from '@slipway/figma'
import type { ObjectStore } from '@slipway/storage'
import { bundleKey, hintsKey, resultKey } from './prototype-keys.ts'

export async function bundleOf(objects: ObjectStore, orgId: string, bundleSha256: string): Promise<DesignBundle> {
  return JSON.parse(Buffer.from(await objects.get(bundleKey(orgId, bundleSha256))).toString()) as DesignBundle
}

export async function hintsOf(objects: ObjectStore, orgId: string, hintsSha256: string): Promise<DesignHints> {
  return DesignHints.parse(JSON.parse(Buffer.from(await objects.get(hintsKey(orgId, hintsSha256))).toString()))
}

/** Undefined unless they were measured on the very design that the session holds now. */
export async function keptHints(
  objects: ObjectStore,
  orgId: string,
  { refinement, designContext }: PrototypeSession,
): Promise<DesignHints | undefined> {
  if (refinement?.state !== 'kept' || !refinement.hintsSha256 || refinement.bundleSha256 !== designContext.bundleSha256) return undefined
  return hintsOf(objects, orgId, refinement.hintsSha256)
}

/** Where the page lies that belongs to the session's code. */
export const resultKeyOf = (orgId: string, { id, refinement }: PrototypeSession): string =>
  resultKey(orgId, id, refinement?.state === 'kept' ? refinement.runId : undefined)
