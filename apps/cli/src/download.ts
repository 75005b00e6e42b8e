/** Streams what the server hands out to a file that appears only when it is whole. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Problem, ProblemError, STREAMS } from '@slipway/domain'

interface Server {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * @returns the absolute path of the zip
 * @throws ProblemError when there is nothing to download
 */
export async function downloadZip(
  server: Server,
  options: { featureId: string; folder: string; version?: string | undefined },
): Promise<string> {
  const query = options.version ? `?version=${encodeURIComponent(options.version)}` : ''
  const { body, fileName } = await asked(server, STREAMS.download.path.replace('{id}', options.featureId) + query)
  return save(body, join(options.folder, fileName ?? 'app.zip'))
}

/**
 * @param options.path left out for the server's name in this folder; with `.gz` at its end it is packed
 * @returns the absolute path of the recording
 * @throws ProblemError when there is nothing to record, or something is at work
 */
export async function downloadRecording(server: Server, options: { featureId: string; path?: string | undefined }): Promise<string> {
  const { body, fileName } = await asked(server, STREAMS.recording.path.replace('{id}', options.featureId))
  return save(body, options.path ?? fileName ?? 'run.jsonl')
}

async function asked({ url, headers }: Server, path: string) {
  const answer = await fetch(url + path, { headers: { ...headers } })
  if (!answer.ok || !answer.body) throw new ProblemError(Problem.parse(await answer.json()))
  const fileName = /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return { body: Readable.from(answer.body as unknown as AsyncIterable<Uint8Array>), fileName }
}

async function save(body: Readable, path: string): Promise<string> {
  const target = resolve(path)
  await mkdir(dirname(target), { recursive: true })
  const file = createWriteStream(`${target}.part`)
  if (target.endsWith('.gz')) await pipeline(body, createGzip({ level: 9 }), file)
  else await pipeline(body, file)
  await rename(`${target}.part`, target)
  return target
}
