/**
 * Measures the edit tool on the files of this repository: random edits whose old text is damaged as models damage it. Per kind of
 * damage, in percent: `right` as meant, `otherwise` as asked or only indented otherwise, `lost` a line that was not named, `refused`.
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { editText } from '../src/tools/edit-text.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const EDITS_PER_FILE = 12
const files = globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'], { cwd: ROOT }).map((path) =>
  readFileSync(`${ROOT}/${path}`, 'utf8'),
)

/** The same numbers every time (xorshift32). */
let seed = 2_463_534_242
function below(limit: number): number {
  seed ^= seed << 13
  seed ^= seed >>> 17
  seed ^= seed << 5
  return (seed >>> 0) % limit
}

const byLine = (change: (line: string) => string) => (lines: readonly string[]) => lines.map(change)
const DAMAGE: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
  none: (lines) => lines,
  'trailing blanks': byLine((line) => `${line}  `),
  'Windows line ends': byLine((line) => `${line}\r`),
  'smart quotes': byLine((line) => line.replace(/'([^']*)'/g, '‘$1’')),
  'indentation lost': byLine((line) => line.trimStart()),
  'indentation shifted': byLine((line) => (line.trim() ? `  ${line}` : line)),
  'a line left out': (lines) => (lines.length > 2 ? lines.toSpliced(1, 1) : ['not in the file']),
  'a line invented': (lines) => lines.toSpliced(1, 0, 'const inventedByTheModel = 1'),
}

/** Whether a line is gone that the model did not name. */
function hasLost(before: readonly string[], named: readonly string[], after: readonly string[]): boolean {
  const left = new Map<string, number>()
  const count = (line: string, by: number) => left.set(line.trim(), (left.get(line.trim()) ?? 0) + by)
  for (const line of before) count(line, 1)
  for (const line of [...named, ...after]) count(line, -1)
  return [...left].some(([line, rest]) => line !== '' && rest > 0)
}

for (const [damage, hurt] of Object.entries(DAMAGE)) {
  const counts = { right: 0, otherwise: 0, lost: 0, refused: 0 }
  for (const text of files) {
    const lines = text.split('\n')
    for (let edit = 0; edit < EDITS_PER_FILE; edit++) {
      const length = 1 + below(6)
      const start = below(Math.max(1, lines.length - length))
      const old = lines.slice(start, start + length)
      if (old.every((line) => line.trim() === '')) continue
      const fresh = old.map((line) => (line.trim() ? `${/^\s*/.exec(line)?.[0]}changed(${edit})` : line))
      const expected = lines.toSpliced(start, length, ...fresh).join('\n')
      const result = editText(text, [{ old: hurt(old).join('\n'), new: hurt(fresh).join('\n') }])
      const flat = (value: string) => value.replace(/[ \t\r]+$/gm, '')
      if (result.kind === 'fault') counts.refused++
      else if (flat(result.text) === flat(expected)) counts.right++
      else counts[hasLost(lines, hurt(old), result.text.split('\n')) ? 'lost' : 'otherwise']++
    }
  }
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const shares = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.round((count / total) * 1_000) / 10]))
  process.stdout.write(`${JSON.stringify({ damage, edits: total, ...shares })}\n`)
}
