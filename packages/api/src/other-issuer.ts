/** Viewers whose tokens somebody else issued: verified by the keys that the issuer publishes. */
import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Viewer } from './viewer.ts'

export interface OtherIssuer {
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string
  readonly issuer: string
  readonly audience: string
}

/** A token's `org_id` names the workspace; without one, everybody has their own. */
export function viewersOfIssuer(options: OtherIssuer): (headers: Headers) => Promise<Viewer | undefined> {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl))
  const ownSpace = (text: string) => `ext_${createHash('sha256').update(`${options.issuer}\0${text}`).digest('hex').slice(0, 32)}`
  return async (headers) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1]
    if (!token) return undefined
    const { issuer, audience } = options
    const verified = await jwtVerify(token, keys, { issuer, audience }).catch(() => undefined)
    const claims = verified?.payload
    if (!claims?.sub) return undefined
    const text = (name: string) => (typeof claims[name] === 'string' ? (claims[name] as string) : undefined)
    const name = text('name') ?? text('email') ?? claims.sub
    return { userId: ownSpace(claims.sub), name, email: text('email') ?? '', orgId: ownSpace(text('org_id') ?? claims.sub), orgName: name }
  }
}
