/** One durable run: a model proposes names and meanings, both versions are measured, and the refined one is kept only if nothing is worse. */
import { createHash } from 'node:crypto'
import { refineNames } from '@slipway/agents'
import {
  type DesignHints,
  failure,
  isFailure,
  type PrototypeMeasures,
  type PrototypeRefinement,
  type PrototypeSession,
  type RunScope,
} from '@slipway/domain'
import { type DesignBundle, outlineDesign } from '@slipway/figma'
import type { ObjectStore, Storage } from '@slipway/storage'
import { isCancellation, type Workflow } from '../engine.ts'
import { type Models, whyNoModel } from '../models.ts'
import { compileCode, compilePage, compileShown } from './compile-prototype.ts'
import { prototypeChanged } from './generate-prototype.ts'
import { withPictures } from './inline-pictures.ts'
import { worseIn } from './judge-refinement.ts'
import { differingPixels, type MeasuringBrowser, measureResult } from './measure-result.ts'
import { hintsKey, pictureKey, resultKey } from './prototype-keys.ts'
import { bundleOf, hintsOf } from './stored-design.ts'

export interface RefineDeps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly models: Models
  readonly browse: MeasuringBrowser | undefined
  readonly log: (line: object) => void
}

/** Names the exchange in ledger and record. */
export const REFINE_KEY = 'refine'

/** No project: what is spent on prototypes counts together. The same question to the same model is one run, whoever asks. */
export function askOf(bundle: DesignBundle, model: string): { scope: RunScope; outline: object; characters: number; names: number } {
  const outline = outlineDesign(bundle)
  const { text } = refineNames.input({ outline })
  const sha256 = createHash('sha256')
    .update(JSON.stringify([model, refineNames.system(), text]))
    .digest('hex')
  const names = outline.components.length + outline.elements.length
  return { scope: { projectId: null, featureId: null, runId: `refine-${sha256.slice(0, 40)}` }, outline, characters: text.length, names }
}

/** Pictures of a page that is only measured; both versions lack the same ones. */
const PICTURES_BYTES_MAX = 24 * 1024 * 1024

type Ending = Pick<PrototypeRefinement, 'state' | 'reason'> & Partial<PrototypeRefinement>

/** `id` of the input is the run's. Once the session moved on to something else, this run ends without a word. */
export function refinePrototypeRun(deps: RefineDeps): Workflow {
  const { storage, objects, models, browse, log } = deps
  return async (step, { orgId, id: runId }) => {
    const current = async () => {
      const session = (await storage.inWorkspace(orgId, ({ prototypes }) => prototypes.ofRefinement(runId)))?.session
      return session?.refinement?.state === 'running' ? { session, refinement: session.refinement } : undefined
    }
    const end = async (ending: Ending, code?: ReturnType<typeof compileCode>) => {
      const now = await current()
      if (!now) return undefined
      return storage.inWorkspace(orgId, async ({ prototypes, ledger, events }) => {
        const { total } = await ledger.receipt({ runId: now.refinement.askId })
        const micros = total.unpricedCalls > 0 ? null : total.micros
        const record = await prototypes.endRefinement({ ...now.refinement, micros, ...ending }, code)
        if (record) await events.append(prototypeChanged(record.session))
        return record
      })
    }
    try {
      const hintsSha256 = await step('ask', async (signal) => {
        const now = await current()
        if (!now) return ''
        const bundle = await bundleOf(objects, orgId, now.refinement.bundleSha256)
        const { scope, outline } = askOf(bundle, now.refinement.model)
        const run = await models.ofRun(orgId, scope)
        if (!run) throw failure('MODEL_MISSING', { missing: 'none is chosen' })
        const bytes = Buffer.from(JSON.stringify(await run.ask(refineNames, { outline }, { key: REFINE_KEY, signal })))
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        await objects.put(hintsKey(orgId, sha256), bytes)
        return sha256
      })
      if (!hintsSha256) return
      const found = await step('measure', async (signal) => {
        const now = await current()
        if (!now || !browse) return undefined
        const bundle = await bundleOf(objects, orgId, now.refinement.bundleSha256)
        const hints = await hintsOf(objects, orgId, hintsSha256)
        const { used, faults } = compileCode(bundle, hints).hints
        if (used === 0) return { used, ignored: faults.length, before: null, after: null, worse: [] }
        const rendered = await renderOf(objects, orgId, now.session)
        const measured = await measureBoth(
          { browse, bundle, hints, rendered, inline: (text) => withPictures(objects, orgId, text, PICTURES_BYTES_MAX) },
          signal,
        )
        return { used, ignored: faults.length, ...measured }
      })
      await step('decide', async () => {
        const now = await current()
        if (!now) return
        if (!found) return void (await end({ state: 'failed', reason: NO_BROWSER, hintsSha256 }))
        const { worse, ...told } = found
        const rest = { ...told, hintsSha256 }
        if (found.used === 0) return void (await end({ ...rest, state: 'refused', reason: 'Nothing that was proposed fits this design.' }))
        if (worse.length) return void (await end({ ...rest, state: 'refused', reason: `${capital(worse.slice(0, 3).join(', and '))}.` }))
        const bundle = await bundleOf(objects, orgId, now.refinement.bundleSha256)
        const hints = await hintsOf(objects, orgId, hintsSha256)
        // The page first: from the moment the row says so, it is the one that is shown.
        await objects.put(resultKey(orgId, now.session.id, runId), Buffer.from(JSON.stringify(compilePage(bundle, hints))))
        const isKept = await end({ ...rest, state: 'kept', reason: '' }, compileCode(bundle, hints))
        if (!isKept) await end({ ...rest, state: 'refused', reason: 'The code was changed meanwhile, and your change stays.' })
      })
    } catch (error) {
      if (isCancellation(error)) throw error
      await step('fail', async () => {
        log({ level: 'warn', at: 'prototype.refine', runId, error: String((error as Error).stack ?? error) })
        const reason = whyNoModel(error) ?? (isFailure(error) ? error.message : `It could not be measured (${runId.slice(0, 8)}).`)
        await end({ state: 'failed', reason })
      })
    }
  }
}

export const NO_BROWSER = 'Nothing can be measured here, because there is no Chromium that a sandbox could show pages in.'

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

/** Figma's own picture of the frame, when it gave one. */
async function renderOf(objects: ObjectStore, orgId: string, { thumbnailUrl }: PrototypeSession): Promise<Uint8Array | undefined> {
  const key = thumbnailUrl && pictureKey(orgId, thumbnailUrl.split('/').at(-1) ?? '')
  return key && (await objects.has(key)) ? objects.get(key) : undefined
}

interface Measuring {
  readonly browse: MeasuringBrowser
  readonly bundle: DesignBundle
  readonly hints: DesignHints
  readonly rendered: Uint8Array | undefined
  readonly inline: (text: string) => Promise<string>
}

async function measureBoth(
  { browse, bundle, hints, rendered, inline }: Measuring,
  signal: AbortSignal,
): Promise<{ before: PrototypeMeasures; after: PrototypeMeasures; worse: string[] }> {
  const results = [compileShown(bundle), compileShown(bundle, hints)] as const
  return browse(async (page) => {
    const before = await measureResult(page, bundle, results[0], inline)
    const after = await measureResult(page, bundle, results[1], inline)
    const against = async (wanted: Uint8Array | undefined) =>
      wanted && [await differingPixels(page, before.picture, wanted), await differingPixels(page, after.picture, wanted)]
    const byRender = await against(rendered)
    // Without Figma's picture, or with one of another shape, the page as it was is what it must look like.
    const [was = 0, is = 1] = byRender?.every((share) => share !== undefined) ? byRender : ((await against(before.picture)) ?? [])
    const measures = [
      { ...before.measures, pixels: was },
      { ...after.measures, pixels: is },
    ] as const
    const versions = measures.map((one, index) => ({ measures: one, components: results[index]?.components.length ?? 0 }))
    return { before: measures[0], after: measures[1], worse: worseIn(...(versions as [(typeof versions)[0], (typeof versions)[0]])) }
  }, signal)
}
