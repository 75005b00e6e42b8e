/** Signed, short-lived proofs: one that opens a preview once, and one that the browser then keeps as a cookie. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const TOKEN_LIFE_MS = 60_000
export const COOKIE_LIFE_MS = 8 * 60 * 60_000

type Purpose = 'enter' | 'stay'

export interface PreviewTokens {
  /** @param viewer whoever may open it; kept in the proof so that a log can say who it was */
  issue(purpose: Purpose, sandboxId: string, viewer: string): string
  /** Whose proof it is; undefined when it is forged, for something else, too old, or revoked. */
  read(purpose: Purpose, token: string | undefined, sandboxId: string): { viewer: string } | undefined
  /** True once; false for a token that was used before. */
  use(token: string): boolean
  /** Every proof for the sandbox that was issued until now is worth nothing. */
  revoke(sandboxId: string): void
}

const LIFE_MS: Record<Purpose, number> = { enter: TOKEN_LIFE_MS, stay: COOKIE_LIFE_MS }

/** The secret lives as long as the process: after a restart everybody enters again, which the product does unseen. */
export function previewTokens(clock: () => number = Date.now): PreviewTokens {
  const secret = randomBytes(32)
  const epochs = new Map<string, number>()
  const used = new Map<string, number>()
  const sign = (payload: string) => createHmac('sha256', secret).update(payload).digest('base64url')
  const epochOf = (sandboxId: string) => epochs.get(sandboxId) ?? 0
  return {
    issue(purpose, sandboxId, viewer) {
      const fields = [purpose, sandboxId, epochOf(sandboxId), clock() + LIFE_MS[purpose], randomBytes(9).toString('base64url'), viewer]
      const payload = Buffer.from(JSON.stringify(fields)).toString('base64url')
      return `${payload}.${sign(payload)}`
    },
    read(purpose, token, sandboxId) {
      const [payload = '', signature = '', ...rest] = (token ?? '').split('.')
      if (rest.length > 0) return undefined // a second spelling of one token would be good a second time
      const wanted = Buffer.from(sign(payload))
      const given = Buffer.from(signature)
      if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return undefined
      const [kind, id, epoch, until, , viewer] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
        string,
        string,
        number,
        number,
        string,
        string,
      ]
      const isGood = kind === purpose && id === sandboxId && epoch === epochOf(sandboxId) && until > clock()
      return isGood ? { viewer } : undefined
    },
    use(token) {
      for (const [old, until] of used) if (until < clock()) used.delete(old)
      if (used.has(token)) return false
      used.set(token, clock() + TOKEN_LIFE_MS)
      return true
    },
    revoke: (sandboxId) => void epochs.set(sandboxId, epochOf(sandboxId) + 1),
  }
}
