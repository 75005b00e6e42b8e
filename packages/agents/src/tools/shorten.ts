/** Cuts long tool output to what a model can use: its beginning and its end. */

const LINES_MAX = 2_000
const CHARACTERS_MAX = 50_000

/** The middle goes; how much is said where it was. */
export function shorten(text: string, limits: { lines?: number; characters?: number } = {}): string {
  const { lines: linesMax = LINES_MAX, characters: charactersMax = CHARACTERS_MAX } = limits
  const lines = text.split('\n')
  const byLines =
    lines.length <= linesMax
      ? text
      : [
          ...lines.slice(0, Math.floor(linesMax / 3)),
          `[… ${lines.length - linesMax} lines left out …]`,
          ...lines.slice(-Math.ceil((linesMax * 2) / 3)),
        ].join('\n')
  if (byLines.length <= charactersMax) return byLines
  const head = Math.floor(charactersMax / 3)
  const tail = charactersMax - head
  return `${byLines.slice(0, head)}\n[… ${byLines.length - charactersMax} characters left out …]\n${byLines.slice(-tail)}`
}
