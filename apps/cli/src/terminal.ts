/** What the commands may do with a terminal: say lines, mark them, ask questions. */
import { createInterface } from 'node:readline/promises'

export type Mark = 'run' | 'pass' | 'need' | 'fail' | 'none'

export interface Terminal {
  say(line: string, mark?: Mark): void
  /** Raw text as it comes, for logs. */
  write(text: string): void
  /** The trimmed answer; empty when the person only pressed Enter. */
  ask(question: string): Promise<string>
}

// Each mark has a shape of its own, so that colour is never the only sign.
const MARKS: Record<Mark, { sign: string; colour: number }> = {
  run: { sign: '›', colour: 34 },
  pass: { sign: '✓', colour: 32 },
  need: { sign: '?', colour: 33 },
  fail: { sign: '✗', colour: 31 },
  none: { sign: ' ', colour: 0 },
}

export function createTerminal(options: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream; hasColour: boolean }): Terminal {
  const { input, output, hasColour } = options
  const paint = (text: string, colour: number) => (hasColour && colour ? `\u001b[${colour}m${text}\u001b[0m` : text)
  return {
    say(line, mark = 'none') {
      const { sign, colour } = MARKS[mark]
      output.write(`${mark === 'none' ? '' : `${paint(sign, colour)} `}${line}\n`)
    },
    write: (text) => void output.write(text),
    async ask(question) {
      const lines = createInterface({ input, output })
      try {
        return (await lines.question(`${paint(MARKS.need.sign, MARKS.need.colour)} ${question} `)).trim()
      } finally {
        lines.close()
      }
    },
  }
}
