/** What a running server leaves in its data folder, so that a second start and the CLI find it. */
import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOrCreate } from '@slipway/storage'
import { z } from 'zod'

const ServerNote = z.object({ url: z.url(), pid: z.number().int().positive() })
export type ServerNote = z.infer<typeof ServerNote>

const ANSWER_TIMEOUT_MS = 3_000
const notePath = (dataFolder: string) => join(dataFolder, 'server.json')

/** The server of this folder, when it still answers: a note of a killed one is worth nothing. */
export async function runningServer(dataFolder: string): Promise<ServerNote | undefined> {
  const text = await readFile(notePath(dataFolder), 'utf8').catch(() => undefined)
  const note = ServerNote.safeParse(text === undefined ? undefined : parseJson(text)).data
  if (!note) return undefined
  const answer = await fetch(`${note.url}/health`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(() => undefined)
  return answer?.ok ? note : undefined
}

/** Appears whole or not at all. @returns the way to take it back */
export async function leaveNote(dataFolder: string, note: ServerNote): Promise<() => Promise<void>> {
  const path = notePath(dataFolder)
  await writeFile(`${path}.${note.pid}`, `${JSON.stringify(note)}\n`)
  await rename(`${path}.${note.pid}`, path)
  return () => rm(path, { force: true })
}

/** The token by which tools of the same user are the owner; readable by that user alone. */
export async function cliToken(dataFolder: string): Promise<string> {
  return (await readOrCreate(join(dataFolder, 'cli-token'), () => `${randomBytes(32).toString('base64url')}\n`)).trim()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a half-written note of a killed server
  }
}
