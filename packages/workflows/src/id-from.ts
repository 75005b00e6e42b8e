/** Ids that follow from words: the same click twice is the same thing. */
import { createHash } from 'node:crypto'

/** A UUID of version 8. @see RFC 9562, 5.8 */
export function idFrom(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\0')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
