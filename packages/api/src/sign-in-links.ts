/** Links that sign somebody in once: how a person whose tool is the owner gets into a browser without a password. */
import { randomBytes } from 'node:crypto'
import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

const LIFE_MS = 5 * 60_000
const PATH = '/enter'

/** In memory: a restart forgets them, and another is made in a moment. */
export function createSignInLinks(clock: () => number = Date.now): { plugin: BetterAuthPlugin; pathFor: (userId: string) => string } {
  const open = new Map<string, { userId: string; until: number }>()
  const enter = createAuthEndpoint(PATH, { method: 'GET', query: z.object({ token: z.string() }) }, async (context) => {
    const { token } = context.query
    const link = open.get(token)
    open.delete(token)
    const user = link && link.until > clock() ? await context.context.internalAdapter.findUserById(link.userId) : null
    if (!user)
      throw new APIError('FORBIDDEN', { message: 'This link was used or is too old. Ask for another one: npm run slipway -- open' })
    const session = await context.context.internalAdapter.createSession(user.id)
    await setSessionCookie(context, { session, user })
    throw context.redirect('/')
  })
  return {
    plugin: { id: 'sign-in-links', endpoints: { enter } },
    pathFor(userId) {
      for (const [token, { until }] of open) if (until <= clock()) open.delete(token)
      const token = randomBytes(24).toString('base64url')
      open.set(token, { userId, until: clock() + LIFE_MS })
      return `${PATH}?token=${token}`
    },
  }
}
