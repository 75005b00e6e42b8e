/** From an approved plan to a preview that answers and to a checked build, beside the same commands typed by hand. */
import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFinal, JOB } from '@slipway/domain'
import { inShell, serveInShell, writeApp } from './by-hand.ts'
import { median, ms, ratio, timed } from './measure.ts'
import { compiledApp, openParts, type Parts, plannedFeature, waitFor } from './parts.ts'

const ROUNDS = 3
const PORT = 38_217

export async function benchPreview(): Promise<string[]> {
  const parts = await openParts()
  try {
    await throughSlipway(parts) // installs the dependencies, once
    const previews: number[] = []
    const readies: number[] = []
    const hands: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const { previewMs, readyMs } = await throughSlipway(parts)
      previews.push(previewMs)
      readies.push(readyMs)
      hands.push(await byHand(parts))
    }
    const hand = median(hands)
    return [
      `plan to preview    ${ms(median(previews))}; by hand (install from the same store, types, tests, build, start) ${ms(hand)}: ${ratio(median(previews), hand)}`,
      `plan to ready      ${ms(median(readies))}, with a browser's look at the page and the zip: ${ratio(median(readies), hand)} of the same`,
    ]
  } finally {
    await parts.close()
  }
}

async function throughSlipway(parts: Parts): Promise<{ previewMs: number; readyMs: number }> {
  const { storage, pipeline, runtime } = parts
  const { org, featureId } = await plannedFeature(parts)
  const started = performance.now()
  const { job } = await pipeline.approvePlan(org, featureId)
  await waitFor(storage, org, async (stores) => (await stores.jobs.get(job.id)).previewUrl !== null)
  const previewMs = performance.now() - started
  await waitFor(storage, org, async (stores) => isFinal(JOB, (await stores.jobs.get(job.id)).status))
  const readyMs = performance.now() - started
  const ended = await storage.inWorkspace(org, (stores) => stores.jobs.get(job.id))
  if (ended.status !== 'ready') throw new Error(`The build ended ${ended.status}: ${ended.failure}`)
  await runtime.get(ended.sandboxId ?? '')?.stop()
  return { previewMs, readyMs }
}

/** The dependencies come out of the same tree by hard links, the fastest way a shell has. */
async function byHand({ templatesFolder }: Parts): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-hand-'))
  const tree = join(templatesFolder, readdirSync(templatesFolder)[0] as string)
  const files = compiledApp()
  const { ms: took, value: stop } = await timed(async () => {
    await writeApp(folder, files)
    await inShell(`cp -al ${tree}/node_modules node_modules 2>/dev/null || cp -a ${tree}/node_modules node_modules`, folder)
    for (const command of ['npm run typecheck', 'npm test', 'npm run build']) await inShell(command, folder)
    return serveInShell(folder, PORT)
  })
  stop()
  await rm(folder, { recursive: true, force: true })
  return took
}
