/** The cookie `bp_session`: which browser it is, signed by us, readable by no script. It says nothing about who sits before it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export interface BrowserSessions {
  /** The id that a request's cookies carry, when it is one of ours. */
  read(cookies: string | null | undefined): string | undefined
  /** A new id with the cookie to set. */
  issue(): { id: string; cookie: string }
}

const NAME = 'bp_session'
const LIFE_S = 60 * 60 * 24 * 365

/** @param options.secret of this installation: every server that shares it knows the browsers of the others */
export function createBrowserSessions({ secret, isSecure }: { secret: string; isSecure: boolean }): BrowserSessions {
  const proofOf = (id: string) => createHmac('sha256', secret).update(id).digest('base64url')
  return {
    read(cookies) {
      const [, id = '', proof = ''] = new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]{22})\\.([\\w-]{43})(?:;|$)`).exec(cookies ?? '') ?? []
      const [wanted, given] = [Buffer.from(proofOf(id)), Buffer.from(proof)]
      return id && wanted.length === given.length && timingSafeEqual(wanted, given) ? id : undefined
    },
    issue() {
      const id = randomBytes(16).toString('base64url')
      const parts = [
        `${NAME}=${id}.${proofOf(id)}`,
        'Path=/',
        `Max-Age=${LIFE_S}`,
        'HttpOnly',
        'SameSite=Lax',
        ...(isSecure ? ['Secure'] : []),
      ]
      return { id, cookie: parts.join('; ') }
    },
  }
}
