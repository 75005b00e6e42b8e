/** Takes a key out of whatever a vendor sent back, before anybody may print it. */

const SHAPES = /\b(?:sk|pk|rk|key|gsk|xai|or)-[A-Za-z0-9_-]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\bBearer\s+[A-Za-z0-9._~+/=-]{12,}/g
const LENGTH_MAX = 500

/** One line of at most 500 characters, without the key, parts of it, or what looks like another one. */
export function scrub(text: string, key: string): string {
  const line = withoutKey(text, key).replace(SHAPES, '[key]').replace(/\s+/g, ' ').trim()
  return line.length > LENGTH_MAX ? `${line.slice(0, LENGTH_MAX)}…` : line
}

/** Vendors echo keys shortened in the middle (`sk-ab***wxyz`): the beginning and the end are taken out too. */
export function withoutKey(text: string, key: string): string {
  if (key.length < 6) return text
  const parts = [key, encodeURIComponent(key), ...(key.length >= 16 ? [key.slice(0, 12), key.slice(-8)] : [])]
  return parts.reduce((rest, part) => rest.replaceAll(part, '[key]'), text)
}
