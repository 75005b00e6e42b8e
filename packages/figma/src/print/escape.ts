/** Phase 8: characters of strangers on their way into HTML, CSS and TypeScript. */

export const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Most texts have nothing to escape, and addresses of pictures are long: one look tells. */
export const escapeAttribute = (text: string): string =>
  /[&<>"\r\n\t]/.test(text)
    ? escapeHtml(text)
        .replaceAll('"', '&quot;')
        .replace(/[\r\n\t]/g, ' ')
    : text

/** A CSS string in double quotes. */
export const cssString = (text: string): string => `"${text.replace(/[^\p{L}\p{N} ._-]/gu, '')}"`

/** A string literal as prettier prints it: double quotes unless that needs more escapes. */
export function stringLiteral(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  if (!/["\\\u0000-\u001f\u007f\u2028\u2029\ud800-\udfff]/.test(text)) return `"${text}"`
  const doubles = text.split('"').length
  const singles = text.split("'").length
  const quote = doubles > singles ? "'" : '"'
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
    .replace(/[\u0000-\u001f\u007f]/g, (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\\ufffd')
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`
}
