/** What Figma answered, kept: the same question about the same version of a file is asked once for a whole workspace. */
import { createHash } from 'node:crypto'
import { failure, isFailure } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import type { FigmaAccess, FigmaClient } from './figma-client.ts'

/** A browser session's way to Figma. Everything that is asked passes here, so that a wait Figma asked for is kept. */
export interface FigmaAnswers {
  /** Asks Figma now. @throws FIGMA_NOT_CONNECTED, and what the client throws */
  ask(path: string, options: Asking): Promise<string>
  /**
   * The kept answer, or asks and keeps it.
   * @param question.version of the file, as Figma counts it
   * @param options.isRenewed the kept answer is of no use any more
   */
  kept(question: { fileKey: string; version: string; path: string }, options: Asking & { isRenewed?: boolean }): Promise<string>
  /** A picture, whoever may fetch it. */
  picture: FigmaClient['picture']
}

interface Asking {
  /** What is read, in words for a failure: "this file". */
  readonly what: string
  readonly signal?: AbortSignal | undefined
}

export interface AnswersDeps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly figma: FigmaClient
  readonly clock: () => number
  /** The token in a form Figma takes now; OAuth's is renewed when it has run out. */
  readonly accessOf: (kind: FigmaAccess['kind'], secret: string) => Promise<FigmaAccess>
}

const answerKey = (orgId: string, { fileKey, version, path }: { fileKey: string; version: string; path: string }) =>
  `figma/${orgId}/${fileKey}/${createHash('sha256').update(`${version}\0${path}`).digest('hex')}.json`

export function figmaAnswers(deps: AnswersDeps, orgId: string, sessionId: string): FigmaAnswers {
  const { storage, objects, figma, clock } = deps

  const ask: FigmaAnswers['ask'] = async (path, options) => {
    const found = await storage.inWorkspace(orgId, ({ figmaTokens }) => figmaTokens.open(sessionId))
    if (!found) throw failure('FIGMA_NOT_CONNECTED', undefined as never)
    const waitMs = found.retryAt ? Date.parse(found.retryAt) - clock() : 0
    if (waitMs > 0) throw failure('FIGMA_RATE_LIMITED', { seconds: Math.ceil(waitMs / 1_000) })
    try {
      return await figma.get(await deps.accessOf(found.kind, found.secret), path, options)
    } catch (error) {
      if (isFailure(error, 'FIGMA_RATE_LIMITED')) {
        const { seconds } = error.detail as { seconds: number }
        const until = new Date(clock() + seconds * 1_000).toISOString()
        await storage.inWorkspace(orgId, ({ figmaTokens }) => figmaTokens.holdUntil(sessionId, until))
      }
      throw error
    }
  }

  return {
    ask,
    async kept(question, options) {
      const key = answerKey(orgId, question)
      if (!options.isRenewed && (await objects.has(key))) return Buffer.from(await objects.get(key)).toString()
      const text = await ask(question.path, options)
      await objects.put(key, Buffer.from(text))
      return text
    },
    picture: figma.picture,
  }
}
