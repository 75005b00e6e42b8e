/** Turns what a command writes into whole lines that can be shown anywhere: no control sequence survives. */
import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'

const LINE_CHARS_MAX = 8_192

/** What a terminal would obey is removed; tabs stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

export const printable = (text: string): string => stripVTControlCharacters(text).replace(CONTROL, '')

export interface LineSplitter {
  write(bytes: Uint8Array): void
  /** What came after the last line break. */
  end(): void
}

/** Bytes in any pieces, lines out, in order. A carriage return begins the line anew, as on a terminal; overlong lines are cut into several. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const tell = (line: string) => {
    const shown = printable(line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    for (let from = 0; from === 0 || from < shown.length; from += LINE_CHARS_MAX) onLine(shown.slice(from, from + LINE_CHARS_MAX))
  }
  return {
    write(bytes) {
      const lines = (rest + decoder.write(Buffer.from(bytes))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) tell(line)
      while (rest.length > LINE_CHARS_MAX) {
        tell(rest.slice(0, LINE_CHARS_MAX))
        rest = rest.slice(LINE_CHARS_MAX)
      }
    },
    end() {
      rest += decoder.end()
      if (rest) tell(rest)
      rest = ''
    },
  }
}
