/** Streams the zip of a build to a file that appears only when it is whole. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem, ProblemError, STREAMS } from '@slipway/domain'

/**
 * @returns the absolute path of the zip
 * @throws ProblemError when there is nothing to download
 */
export async function downloadZip(
  connection: { url: string; headers: Readonly<Record<string, string>> },
  options: { featureId: string; folder: string; version?: string | undefined },
): Promise<string> {
  const path = STREAMS.download.path.replace('{id}', options.featureId)
  const query = options.version ? `?version=${encodeURIComponent(options.version)}` : ''
  const answer = await fetch(`${connection.url}${path}${query}`, { headers: { ...connection.headers } })
  if (!answer.ok || !answer.body) throw new ProblemError(Problem.parse(await answer.json()))
  const named = /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  await mkdir(options.folder, { recursive: true })
  const target = resolve(join(options.folder, named ?? 'app.zip'))
  await pipeline(Readable.from(answer.body as unknown as AsyncIterable<Uint8Array>), createWriteStream(`${target}.part`))
  await rename(`${target}.part`, target)
  return target
}
