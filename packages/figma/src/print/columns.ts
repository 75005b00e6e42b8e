/** Phase 8: how wide a line is, as prettier counts. */

/** Columns of a text in a terminal: wide letters count twice, combining ones not at all. */
export function columnsOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is the quick way
  if (/^[\u0000-\u007f]*$/.test(text)) return text.length
  let columns = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if ((code >= 0x300 && code <= 0x36f) || code === 0x200b || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) continue
    const isWide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0x303e) ||
      (code >= 0x3041 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff01 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff)
    columns += isWide ? 2 : 1
  }
  return columns
}
