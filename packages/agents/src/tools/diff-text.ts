/** A unified diff of two texts, for reviewers and for models. Pure. */

const CONTEXT = 3
/** Beyond this the middle is shown as replaced: a table of all lines against all lines would be too large. */
const CELLS_MAX = 4_000_000

type Step = { readonly mark: ' ' | '-' | '+'; readonly line: string }

/** Empty when nothing changed; undefined stands for a file that is not there. */
export function diffText(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return ''
  const steps = stepsOf(linesOf(before), linesOf(after))
  const head = [`--- ${before === undefined ? '/dev/null' : `a/${path}`}`, `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`]
  return [...head, ...hunksOf(steps)].join('\n')
}

const linesOf = (text: string | undefined) => (text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n'))

function stepsOf(before: readonly string[], after: readonly string[]): Step[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const same = (lines: readonly string[]): Step[] => lines.map((line) => ({ mark: ' ', line }))
  const middle = middleOf(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  return [...same(before.slice(0, head)), ...middle, ...same(before.slice(before.length - tail))]
}

/** By the longest common subsequence. */
function middleOf(before: readonly string[], after: readonly string[]): Step[] {
  const width = after.length + 1
  if ((before.length + 1) * width > CELLS_MAX) {
    return [...before.map((line): Step => ({ mark: '-', line })), ...after.map((line): Step => ({ mark: '+', line }))]
  }
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] as number
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const steps: Step[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      steps.push({ mark: ' ', line: before[i++] as string })
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1)))
      steps.push({ mark: '-', line: before[i++] as string })
    else steps.push({ mark: '+', line: after[j++] as string })
  }
  return steps
}

function hunksOf(steps: readonly Step[]): string[] {
  const changed = steps.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]))
  const ranges: [number, number][] = []
  for (const index of changed) {
    const last = ranges.at(-1)
    const end = Math.min(steps.length, index + CONTEXT + 1)
    if (last && index - CONTEXT <= last[1]) last[1] = end
    else ranges.push([Math.max(0, index - CONTEXT), end])
  }
  return ranges.flatMap(([start, end]) => {
    const count = (marks: string, from: number, to: number) => steps.slice(from, to).filter(({ mark }) => marks.includes(mark)).length
    const hunk = steps.slice(start, end)
    const [oldCount, newCount] = [count(' -', start, end), count(' +', start, end)]
    const [oldStart, newStart] = [count(' -', 0, start) + (oldCount ? 1 : 0), count(' +', 0, start) + (newCount ? 1 : 0)]
    return [`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`, ...hunk.map(({ mark, line }) => mark + line)]
  })
}
