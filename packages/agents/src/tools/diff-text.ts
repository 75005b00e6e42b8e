/** A unified diff of two texts, for reviewers and for models. Pure. */
import { type DiffStep, diffSteps } from '@slipway/domain'

const CONTEXT = 3
/** Empty when nothing changed; undefined stands for a file that is not there. */
export function diffText(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return ''
  const steps = diffSteps(linesOf(before), linesOf(after))
  const head = [`--- ${before === undefined ? '/dev/null' : `a/${path}`}`, `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`]
  return [...head, ...hunksOf(steps)].join('\n')
}

const linesOf = (text: string | undefined) => (text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n'))

function hunksOf(steps: readonly DiffStep[]): string[] {
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
    return [`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`, ...hunk.map(({ mark, text }) => mark + text)]
  })
}
