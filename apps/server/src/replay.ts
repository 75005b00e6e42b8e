/** A recorded run once more, on this machine: a database, sandboxes and files of its own in a temporary folder, and no model. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OwnerAct, ReplayReport } from '@slipway/domain'
import { createReplay, readRecording } from '@slipway/workflows'
import type { Config } from './config.ts'
import type { LogFile } from './log-file.ts'
import { STEPS_VERSION, VERSION } from './release.ts'
import { openRooms } from './rooms.ts'

export interface ReplayOrder {
  readonly file: string
  /** Whether another question than the recorded one is allowed. */
  readonly promptsMayDiffer: boolean
  readonly onNote: (note: string) => void
  readonly onAct: (act: OwnerAct, number: number, of: number) => void
  readonly log: LogFile['write']
  /** Ends it early; what it opened is taken down. */
  readonly signal: AbortSignal
}

const WORKSPACE = 'org_replay'

/**
 * Of the installation only its settings are used, and the dependencies that it has installed already: what is missing of them is the one
 * thing that is read from the network, and kept there for the next time.
 * @throws RECORDING_UNUSABLE; the signal's reason
 */
export async function replay(config: Config, { file, promptsMayDiffer, onNote, onAct, log, signal }: ReplayOrder): Promise<ReplayReport> {
  const recording = await readRecording(file)
  const run = createReplay(recording)
  const folder = await mkdtemp(join(tmpdir(), 'slipway-replay-'))
  const cleanUps: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
  const own = {
    databaseUrl: undefined,
    objectsUrl: undefined,
    vaultKey: undefined,
    workerId: 'replay',
    buildsMax: 1,
    buildsTotal: undefined,
  }
  try {
    const rooms = await openRooms({ ...config, ...own, dataFolder: folder, role: 'all' }, log, cleanUps, {
      templatesFolder: join(config.dataFolder, 'dependency-trees'),
      wrapEngine: run.engine,
      replay: run.model,
    })
    for (const note of rooms.notes) onNote(note)
    cleanUps.push(rooms.pipeline.stop)
    await rooms.pipeline.start({ isWorker: true })
    signal.throwIfAborted()
    const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
    const release = { version: VERSION, steps: STEPS_VERSION }
    return await Promise.race([run.run({ ...rooms, orgId: WORKSPACE }, { release, promptsMayDiffer, onAct }), aborted])
  } finally {
    for (const cleanUp of cleanUps.reverse()) {
      await Promise.resolve()
        .then(cleanUp)
        .catch((error: unknown) => log({ level: 'warn', at: 'replay.clean-up', error: String(error) }))
    }
  }
}
