/** One durable run: a chosen frame becomes code. The code is stored before anything else is done with it. */
import {
  PrototypeErrorCode as ErrorCodes,
  type EventInput,
  failure,
  isFailure,
  type PrototypeErrorCode,
  type PrototypeSession,
} from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import { isCancellation, type Workflow } from '../engine.ts'
import { compileCode, compilePage } from './compile-prototype.ts'
import type { FigmaAnswers } from './figma-answers.ts'
import { freezeDesign, freezeThumbnail } from './freeze-design.ts'
import { bundleOf, keptHints, resultKeyOf } from './stored-design.ts'

export interface GenerateDeps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly answersFor: (orgId: string, sessionId: string) => FigmaAnswers
  readonly clock: () => number
  readonly log: (line: object) => void
}

export const prototypeChanged = ({ id, status }: PrototypeSession): EventInput => ({ type: 'prototype-changed', prototypeId: id, status })

/** `id` of the input is the run's. Once another run was ordered for the session, this one ends without a word. */
export function generatePrototypeRun(deps: GenerateDeps): Workflow {
  const { storage, objects, log } = deps
  return async (step, { orgId, id: runId }) => {
    const current = async () => (await storage.inWorkspace(orgId, ({ prototypes }) => prototypes.ofRun(runId)))?.session

    const isWanted = await step('enter', () =>
      storage.inWorkspace(orgId, async ({ prototypes, events }) => {
        const record = await prototypes.move(runId, 'generate')
        if (record) await events.append(prototypeChanged(record.session))
        return record !== undefined
      }),
    )
    if (!isWanted) return
    try {
      await step('freeze', async (signal) => {
        const session = await current()
        if (!session || session.designContext.bundleSha256) return
        const { designContext: context, sessionId } = session
        const { bundleSha256, ...frame } = await freezeDesign(
          { objects, answers: deps.answersFor(orgId, sessionId) },
          { orgId, context, signal },
        )
        await storage.inWorkspace(orgId, ({ prototypes }) =>
          prototypes.update(runId, { designContext: { ...context, bundleSha256 }, ...frame }),
        )
      })
      await step('compile', async () => {
        const session = await current()
        if (!session) return
        const { bundleSha256 } = session.designContext
        if (!bundleSha256) throw new Error(`Run ${runId} compiles before it froze anything.`)
        const bundle = await bundleOf(objects, orgId, bundleSha256)
        const hints = await keptHints(objects, orgId, session)
        const code = compileCode(bundle, hints)
        await storage.inWorkspace(orgId, ({ prototypes }) => prototypes.saveCode(runId, code))
        await objects.put(resultKeyOf(orgId, session), Buffer.from(JSON.stringify(compilePage(bundle, hints))))
      })
      await step('picture', async (signal) => {
        const session = await current()
        if (!session || session.thumbnailUrl) return
        const { designContext: context, sessionId, frameWidth, frameHeight } = session
        const frame = { width: frameWidth ?? 0, height: frameHeight ?? 0 }
        try {
          const thumbnailUrl = await freezeThumbnail(
            { objects, answers: deps.answersFor(orgId, sessionId) },
            { orgId, context, signal },
            frame,
          )
          if (thumbnailUrl) await storage.inWorkspace(orgId, ({ prototypes }) => prototypes.update(runId, { thumbnailUrl }))
        } catch (error) {
          // The code is there: a picture that Figma does not give now is no reason to withhold it.
          if (!isFailure(error)) throw error
          log({ level: 'warn', at: 'prototype.picture', runId, error: error.message })
        }
      })
      await step('finish', () =>
        storage.inWorkspace(orgId, async ({ prototypes, events }) => {
          const record = await prototypes.move(runId, 'complete')
          if (record) await events.append(prototypeChanged(record.session))
        }),
      )
    } catch (error) {
      if (isCancellation(error)) throw error
      await step('fail', () =>
        storage.inWorkspace(orgId, async ({ prototypes, events }) => {
          log({ level: 'warn', at: 'prototype.fail', runId, error: String((error as Error).stack ?? error) })
          const record = await prototypes.move(runId, 'fail', whatWentWrong(error, runId, deps.clock()))
          if (record) await events.append(prototypeChanged(record.session))
        }),
      )
    }
  }
}

function whatWentWrong(error: unknown, runId: string, nowMs: number) {
  const told = isFailure(error) ? error : failure('UNEXPECTED', { debugId: runId })
  const errorCode: PrototypeErrorCode = ErrorCodes.safeParse(told.code.toLowerCase()).data ?? 'unexpected'
  const { seconds } = (told.code === 'FIGMA_RATE_LIMITED' ? told.detail : {}) as { seconds?: number }
  return {
    errorCode,
    errorMessage: told.message,
    retryAt: seconds === undefined ? null : new Date(nowMs + seconds * 1_000).toISOString(),
  }
}
