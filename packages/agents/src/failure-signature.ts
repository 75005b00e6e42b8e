/** Whether two failures are the same one: what they say, without numbers, times and places that differ by chance. */
import { createHash } from 'node:crypto'

const TELLING = /error|fail|expect|received|assert|cannot|could not|not found|undefined|missing|unexpected|✗|×|✖/i
const LINES_MAX = 40

/** Escape codes, durations, times, ids, ports and temporary folders: what changes between two runs of the same thing. */
export function withoutChance(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
      .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
      .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g, '<time>')
      .replace(/\b\d{1,2}:\d\d:\d\d(?:\.\d+)?\b/g, '<time>')
      .replace(/\b\d+(?:\.\d+)?\s?(?:ms|s|sec|seconds?|minutes?)\b/g, '<duration>')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>')
      .replace(/\b(?:127\.0\.0\.1|localhost|0\.0\.0\.0):\d{2,5}\b/g, '<address>')
      .replace(/\/tmp\/[\w./-]+/g, '<folder>')
  )
}

/** Hex; the same for the same command failing for the same reason, wherever its lines moved to. */
export function failureSignature(command: string, output: string): string {
  const lines = withoutChance(output)
    .split('\n')
    .map((line) => line.trim().replace(/\d+/g, 'N'))
    .filter(Boolean)
  const telling = lines.filter((line) => TELLING.test(line))
  const kept = [...new Set(telling.length ? telling : lines.slice(-20))].slice(0, LINES_MAX)
  return createHash('sha256')
    .update([command, ...kept].join('\n'))
    .digest('hex')
    .slice(0, 16)
}
