/** What kind of picture some bytes are, and how large it is: by their content, never by their name. */
export interface PictureKind {
  readonly type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  readonly extension: string
  readonly width: number
  readonly height: number
}

/** Undefined for anything that is no raster picture a browser shows. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = (signature: string) => at.subarray(0, signature.length).toString('latin1') === signature
  if (starts('\x89PNG\r\n\x1a\n') && at.length >= 24)
    return { type: 'image/png', extension: 'png', width: at.readUInt32BE(16), height: at.readUInt32BE(20) }
  if (/^GIF8[79]a/.test(at.subarray(0, 6).toString('latin1')) && at.length >= 10)
    return { type: 'image/gif', extension: 'gif', width: at.readUInt16LE(6), height: at.readUInt16LE(8) }
  if (starts('RIFF') && at.subarray(8, 12).toString('latin1') === 'WEBP') return webp(at)
  if (starts('\xff\xd8\xff')) return jpeg(at)
  return undefined
}

/** @see RFC 9649, 2.5 to 2.7 */
function webp(at: Buffer): PictureKind | undefined {
  const kind = { type: 'image/webp', extension: 'webp' } as const
  const form = at.subarray(12, 16).toString('latin1')
  if (at.length < 30) return undefined
  if (form === 'VP8X') return { ...kind, width: at.readUIntLE(24, 3) + 1, height: at.readUIntLE(27, 3) + 1 }
  if (form === 'VP8 ') return { ...kind, width: at.readUInt16LE(26) & 0x3fff, height: at.readUInt16LE(28) & 0x3fff }
  if (form !== 'VP8L') return undefined
  const bits = at.readUInt32LE(21)
  return { ...kind, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** Goes from segment to segment to the one that begins a frame. @see ITU-T T.81, B.1.1.3 */
function jpeg(at: Buffer): PictureKind | undefined {
  for (let offset = 2; offset + 9 < at.length; ) {
    if (at[offset] !== 0xff) return undefined
    const marker = at[offset + 1] as number
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', extension: 'jpg', width: at.readUInt16BE(offset + 7), height: at.readUInt16BE(offset + 5) }
    offset += marker === 0xff ? 1 : 2 + at.readUInt16BE(offset + 2)
  }
  return undefined
}
