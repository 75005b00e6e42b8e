/** Signed, short-lived proofs: one that opens a preview once, and one that the browser then keeps as a cookie. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const TOKEN_LIFE_MS = 60_000
export const COOKIE_LIFE_MS = 8 * 60 * 60_000

type Purpose = 'enter' | 'stay'

export interface PreviewProof {
  /** Whoever may look; kept in the proof, so that one viewer can be shown out. */
  readonly viewer: string
  /** The end of the stay that it may lead to, where that is nearer than the cookie's own; milliseconds since 1970. */
  readonly until?: number | undefined
}

export interface PreviewTokens {
  issue(purpose: Purpose, previewId: string, proof: PreviewProof): { token: string; until: number }
  /** What it proves; undefined when it is forged, for something else, too old, or revoked. */
  read(purpose: Purpose, token: string | undefined, previewId: string): PreviewProof | undefined
  /** True once; false for a token that was used before. */
  use(token: string): boolean
  /** Every proof for the preview that was issued until now is worth nothing: of one viewer, or of all. */
  revoke(previewId: string, viewer?: string): void
}

const LIFE_MS: Record<Purpose, number> = { enter: TOKEN_LIFE_MS, stay: COOKIE_LIFE_MS }

/** The order of what is signed. */
type Fields = readonly [
  purpose: Purpose,
  previewId: string,
  epoch: number,
  viewerEpoch: number,
  until: number,
  nonce: string,
  viewer: string,
  stayUntil: number | null,
]

/** The secret lives as long as the process: after a restart everybody enters again, which the product does unseen. */
export function previewTokens(clock: () => number = Date.now): PreviewTokens {
  const secret = randomBytes(32)
  const epochs = new Map<string, number>()
  const used = new Map<string, number>()
  const sign = (payload: string) => createHmac('sha256', secret).update(payload).digest('base64url')
  const keyOf = (previewId: string, viewer?: string) => (viewer === undefined ? previewId : `${previewId} ${viewer}`)
  const epochOf = (previewId: string, viewer?: string) => epochs.get(keyOf(previewId, viewer)) ?? 0
  return {
    issue(purpose, previewId, { viewer, until: stayUntil }) {
      const until = Math.min(clock() + LIFE_MS[purpose], stayUntil ?? Number.POSITIVE_INFINITY)
      const nonce = randomBytes(9).toString('base64url')
      const fields: Fields = [purpose, previewId, epochOf(previewId), epochOf(previewId, viewer), until, nonce, viewer, stayUntil ?? null]
      const payload = Buffer.from(JSON.stringify(fields)).toString('base64url')
      return { token: `${payload}.${sign(payload)}`, until }
    },
    read(purpose, token, previewId) {
      const [payload = '', signature = '', ...rest] = (token ?? '').split('.')
      if (rest.length > 0) return undefined // a second spelling of one token would be good a second time
      const wanted = Buffer.from(sign(payload))
      const given = Buffer.from(signature)
      if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined
      const fields = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Fields
      const [kind, id, epoch, viewerEpoch, until, , viewer, stayUntil] = fields
      const isCurrent = epoch === epochOf(previewId) && viewerEpoch === epochOf(previewId, viewer)
      const isGood = kind === purpose && id === previewId && isCurrent && until > clock()
      return isGood ? { viewer, ...(stayUntil === null ? {} : { until: stayUntil }) } : undefined
    },
    use(token) {
      for (const [old, until] of used) if (until < clock()) used.delete(old)
      if (used.has(token)) return false
      used.set(token, clock() + TOKEN_LIFE_MS)
      return true
    },
    revoke: (previewId, viewer) => void epochs.set(keyOf(previewId, viewer), epochOf(previewId, viewer) + 1),
  }
}
