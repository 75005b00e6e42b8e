/** Takes a `.fig` file or the clipboard's buffer apart: archive, container, chunks; nothing grows beyond its limit. */
import { Inflate, Unzip, UnzipInflate } from 'fflate'
import { Decompress } from 'fzstd'
import { ReadStop } from '../read-result.ts'

const CONTAINER_MAGIC = 'fig-kiwi'
const ZIP_MAGIC = 0x04034b50
const ZSTD_MAGIC = 0xfd2fb528
const SLICE_BYTES = 16 * 1024

/** What a design file holds, unpacked. */
export interface Unpacked {
  readonly schema: Uint8Array
  readonly data: Uint8Array
  /** Image files of the archive by their hash. */
  readonly images: ReadonlyMap<string, Uint8Array>
}

/** Counts unpacked bytes over all parts of one file. */
interface Budget {
  leftBytes: number
}

const uint32 = (bytes: Uint8Array, at: number) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
const asciiAt = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))

export const isZip = (bytes: Uint8Array): boolean => bytes.length > 4 && uint32(bytes, 0) === ZIP_MAGIC
export const isContainer = (bytes: Uint8Array): boolean =>
  bytes.length > 12 && asciiAt(bytes, 0, CONTAINER_MAGIC.length) === CONTAINER_MAGIC

function collector(budget: Budget) {
  const parts: Uint8Array[] = []
  const take = (part: Uint8Array) => {
    budget.leftBytes -= part.length
    if (budget.leftBytes < 0) throw new ReadStop('too-large', 'The file unpacks to more than can be read. Export a frame of it.')
    parts.push(part)
  }
  const join = () => {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
  return { take, join }
}

/** The unpacker sees small slices, so that one that explodes is stopped soon after its limit. */
function pushInSlices(bytes: Uint8Array, push: (slice: Uint8Array, isLast: boolean) => void): void {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) push(bytes.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= bytes.length)
}

/** A zstd frame names the window it wants before any data; a lie there must not reserve the machine's memory. */
function zstdWindowBytes(bytes: Uint8Array): number {
  const descriptor = bytes[4] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  if (!isSingleSegment) {
    const window = bytes[5] ?? 0
    const base = 2 ** (10 + (window >> 3))
    return base + (base / 8) * (window & 7)
  }
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number
  const sizeBytes = [1, 2, 4, 8][descriptor >> 6] as number
  let size = 0
  for (let index = 0; index < sizeBytes; index++) size += (bytes[5 + dictionaryBytes + index] ?? 0) * 2 ** (8 * index)
  return size
}

function inflate(chunk: Uint8Array, budget: Budget): Uint8Array {
  const { take, join } = collector(budget)
  try {
    if (chunk.length > 4 && uint32(chunk, 0) === ZSTD_MAGIC) {
      if (zstdWindowBytes(chunk) > budget.leftBytes)
        throw new ReadStop('too-large', 'The file unpacks to more than can be read. Export a frame of it.')
      const stream = new Decompress((part) => take(part.slice()))
      pushInSlices(chunk, (slice, isLast) => stream.push(slice, isLast))
    } else {
      const stream = new Inflate((part) => take(part))
      pushInSlices(chunk, (slice, isLast) => stream.push(slice, isLast))
    }
  } catch (error) {
    if (error instanceof ReadStop) throw error
    throw new ReadStop('bad-archive', `The design file is damaged: ${String((error as Error).message ?? error).slice(0, 120)}`)
  }
  return join()
}

function openContainer(bytes: Uint8Array, budget: Budget): { schema: Uint8Array; data: Uint8Array } {
  const chunks: Uint8Array[] = []
  let at = CONTAINER_MAGIC.length + 4 // the magic, then the version
  while (at + 4 <= bytes.length && chunks.length < 2) {
    const length = uint32(bytes, at)
    if (at + 4 + length > bytes.length) throw new ReadStop('bad-archive', 'The design file ends in the middle. Export it again.')
    chunks.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const [schema, data] = chunks
  if (!schema || !data) throw new ReadStop('bad-archive', 'The design file holds no layers. Export it again.')
  return { schema: inflate(schema, budget), data: inflate(data, budget) }
}

/** Reads only what a design needs of the archive: the canvas and the images. */
function openArchive(bytes: Uint8Array, budget: Budget): { canvas: Uint8Array | undefined; images: Map<string, Uint8Array> } {
  const images = new Map<string, Uint8Array>()
  let canvas: Uint8Array | undefined
  const archive = new Unzip((file) => {
    const hash = /(?:^|\/)images\/([0-9a-f]{8,64})$/i.exec(file.name)?.[1]
    if (!hash && !/(?:^|\/)canvas\.fig$/.test(file.name)) return
    const { take, join } = collector(budget)
    file.ondata = (error, part, isLast) => {
      if (error) throw error
      take(part)
      if (!isLast) return
      if (hash) images.set(hash.toLowerCase(), join())
      else canvas ??= join()
    }
    file.start()
  })
  archive.register(UnzipInflate)
  try {
    pushInSlices(bytes, (slice, isLast) => archive.push(slice, isLast))
  } catch (error) {
    if (error instanceof ReadStop) throw error
    throw new ReadStop('bad-archive', `The .fig archive is damaged: ${String((error as Error).message ?? error).slice(0, 120)}`)
  }
  return { canvas, images }
}

/**
 * @param bytes a `.fig` archive, or its bare canvas
 * @throws ReadStop `bad-archive` or `too-large`
 */
export function unpack(bytes: Uint8Array, unpackedBytesMax: number): Unpacked {
  const budget: Budget = { leftBytes: unpackedBytesMax }
  if (!isZip(bytes)) return { ...openContainer(bytes, budget), images: new Map() }
  const { canvas, images } = openArchive(bytes, budget)
  if (!canvas || !isContainer(canvas)) throw new ReadStop('bad-archive', 'The archive holds no canvas.fig: this is no Figma design file.')
  return { ...openContainer(canvas, budget), images }
}

/** The buffer that Figma puts on the clipboard: base64 between marks in the HTML. */
export function clipboardBuffer(html: string): Uint8Array | undefined {
  const start = html.indexOf('(figma)')
  const end = start < 0 ? -1 : html.indexOf('(/figma)', start)
  if (end < 0) return undefined
  const text = html.slice(start + '(figma)'.length, end).replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new ReadStop('bad-archive', 'What was copied from Figma is damaged. Copy it again.')
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
