/** The connection of a browser to Figma: a personal token or OAuth, checked with Figma, sealed, forgotten on request. */
import { failure, isFailure } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { z } from 'zod'
import type { FigmaAccess, FigmaClient } from './figma-client.ts'
import type { Prototypes } from './prototypes.ts'

interface Deps {
  readonly storage: Storage
  readonly figma: FigmaClient
  readonly canUseOauth: boolean
}

const Me = z.object({ handle: z.string().max(200).default(''), email: z.string().max(300).default('') })

/** Whose token it is. One without the scope for that is not refused: Figma knew it. @throws FIGMA_AUTH */
export async function handleOf(figma: FigmaClient, access: FigmaAccess): Promise<string> {
  try {
    const me = Me.parse(JSON.parse(await figma.get(access, '/me', { what: 'this account' })))
    return me.handle || me.email
  } catch (error) {
    if (isFailure(error, 'FIGMA_FORBIDDEN')) return ''
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      throw failure('FIGMA_UNREACHABLE', { reason: 'it answers with something else' }, error)
    throw error
  }
}

export function createConnection({ storage, figma, canUseOauth }: Deps): Pick<Prototypes, 'connection' | 'connect' | 'disconnect'> {
  return {
    connection: ({ orgId, sessionId }) =>
      storage.inWorkspace(orgId, async ({ figmaTokens }) => ({ connection: (await figmaTokens.get(sessionId)) ?? null, canUseOauth })),

    async connect({ orgId, sessionId }, { token }) {
      const handle = await handleOf(figma, { kind: 'token', token })
      const values = { kind: 'token', secret: token, lastFour: token.length < 12 ? '' : token.slice(-4), handle, expiresAt: null } as const
      return storage.inWorkspace(orgId, ({ figmaTokens }) => figmaTokens.put(sessionId, values))
    },

    disconnect: ({ orgId, sessionId }) => storage.inWorkspace(orgId, ({ figmaTokens }) => figmaTokens.remove(sessionId)),
  }
}
