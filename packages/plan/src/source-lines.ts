/** The lines of a source text and the way from an offset to a place in it. */
export interface SourceLines {
  readonly count: number
  /** Offset of the first character of a line; lines count from 0 here. */
  start(line: number): number
  /** Offset after the last character of a line, without its line break. */
  end(line: number): number
  text(line: number): string
  /** The line (from 0) that holds an offset. */
  lineAt(offset: number): number
  /** Line and column from 1, as diagnostics give them. */
  place(offset: number): { line: number; column: number }
}

/** Splits at LF and CRLF; a last line break does not begin another line. */
export function sourceLines(source: string): SourceLines {
  const starts = [0]
  for (let at = source.indexOf('\n'); at !== -1 && at + 1 < source.length; at = source.indexOf('\n', at + 1)) starts.push(at + 1)

  const start = (line: number) => starts[line] ?? source.length
  const end = (line: number) => {
    let at = line + 1 < starts.length ? start(line + 1) - 1 : source.length
    if (at > start(line) && source[at - 1] === '\n') at--
    if (at > start(line) && source[at - 1] === '\r') at--
    return at
  }
  const lineAt = (offset: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (start(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    count: starts.length,
    start,
    end,
    text: (line) => source.slice(start(line), end(line)),
    lineAt,
    place: (offset) => {
      const line = lineAt(offset)
      return { line: line + 1, column: offset - start(line) + 1 }
    },
  }
}
