/** Addresses of shared previews: they name a link of a workspace and carry proof that we made them. Nothing secret is stored. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Id } from '@slipway/domain'

export const SHARE_PATH = '/share/'

export interface ShareLinks {
  urlOf(orgId: string, shareId: string): string
  /** Which link the end of an address names; undefined when it was not made here. */
  read(token: string): { orgId: string; shareId: string } | undefined
}

/** @param options.secret of this installation: every server that shares it reads the links of the others */
export function createShareLinks({ origin, secret }: { origin: string; secret: string }): ShareLinks {
  const proofOf = (orgId: string, shareId: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([orgId, shareId]))
      .digest('base64url')
  return {
    urlOf: (orgId, shareId) => `${origin}${SHARE_PATH}${Buffer.from(orgId).toString('base64url')}.${shareId}.${proofOf(orgId, shareId)}`,
    read(token) {
      const [org = '', shareId = '', proof = '', ...rest] = token.split('.')
      const orgId = Buffer.from(org, 'base64url').toString()
      if (rest.length > 0 || !orgId || !Id.safeParse(shareId).success) return undefined
      const [wanted, given] = [Buffer.from(proofOf(orgId, shareId)), Buffer.from(proof)]
      return wanted.length === given.length && timingSafeEqual(wanted, given) ? { orgId, shareId } : undefined
    },
  }
}
