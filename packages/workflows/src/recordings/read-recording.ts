/** Opens a recording: a file of JSON lines, plain or packed by gzip, that anybody may have written. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type RecordedExchange, RecordedExchangeLine } from '@slipway/agents'
import { failure, RECORDED_STAGES, RECORDING_BYTES_MAX, RecordedPicture, RecordingHeader } from '@slipway/domain'
import { z } from 'zod'

export interface Recording {
  readonly header: RecordingHeader
  /** By hash, in base64. */
  readonly pictures: ReadonlyMap<string, string>
  /** By `exchangeId`. */
  readonly exchanges: ReadonlyMap<string, RecordedExchange>
}

/** @param act its number, from 1 */
export const exchangeId = (act: number, key: string): string => `${act} ${key}`

/** The header and the marks of lines come on top of what is recorded. */
const CHARACTERS_MAX = 2 * RECORDING_BYTES_MAX
const GZIP = [0x1f, 0x8b]

const Line = z.union([RecordedPicture, z.object({ act: z.number().int().positive(), exchange: RecordedExchangeLine })])

/** @throws RECORDING_UNUSABLE with the line that is wrong */
export async function readRecording(path: string): Promise<Recording> {
  const unusable = (reason: string, cause?: unknown) => failure('RECORDING_UNUSABLE', { file: path, reason }, cause)
  let header: RecordingHeader | undefined
  const pictures = new Map<string, string>()
  const exchanges = new Map<string, RecordedExchange>()
  let number = 0
  try {
    for await (const line of linesOf(await textOf(path))) {
      number++
      if (line === '') continue
      const value: unknown = JSON.parse(line)
      if (!header) {
        header = RecordingHeader.parse(value)
        continue
      }
      const read = Line.parse(value)
      if ('picture' in read) pictures.set(read.picture, read.base64)
      else exchanges.set(exchangeId(read.act, read.exchange.key), read.exchange)
    }
  } catch (error) {
    const where = number > 0 ? `line ${number}: ` : ''
    throw unusable(`${where}${error instanceof z.ZodError ? sayIssue(error) : (error as Error).message}`, error)
  }
  if (!header) throw unusable('it is empty')
  if (header.acts[0]?.act.kind !== 'tell-idea') throw unusable('it does not begin with an idea')
  if (RECORDED_STAGES.some((stage) => header.end.stages[stage] === undefined)) throw unusable('it does not say where the run ended')
  return { header, pictures, exchanges }
}

function sayIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return issue ? `${issue.path.join('.') || 'it'}: ${issue.message}` : 'it has another shape'
}

async function textOf(path: string): Promise<Readable> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    const bytes = createReadStream(path)
    if (!GZIP.every((byte, index) => buffer[index] === byte)) return bytes
    const unpacked = createGunzip()
    bytes.on('error', (error) => unpacked.destroy(error))
    return bytes.pipe(unpacked)
  } finally {
    await file.close()
  }
}

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let characters = 0
  let rest = ''
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    characters += chunk.length
    if (characters > CHARACTERS_MAX) throw new Error(`it is larger than ${CHARACTERS_MAX / 1024 / 1024} MB`)
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}
