/** The shortest way from one list of lines or words to another. Pure. */

export interface DiffStep {
  readonly mark: ' ' | '-' | '+'
  readonly text: string
}

/** Beyond this the middle is shown as replaced: a table of all against all would be too large. */
const CELLS_MAX = 4_000_000

/** Leaving out the `+` gives `before`, leaving out the `-` gives `after`, in order. */
export function diffSteps(before: readonly string[], after: readonly string[]): DiffStep[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  const same = (texts: readonly string[]): DiffStep[] => texts.map((text) => ({ mark: ' ', text }))
  const middle = middleOf(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  return [...same(before.slice(0, head)), ...middle, ...same(before.slice(before.length - tail))]
}

/** By the longest common subsequence. */
function middleOf(before: readonly string[], after: readonly string[]): DiffStep[] {
  const width = after.length + 1
  if ((before.length + 1) * width > CELLS_MAX) {
    return [...before.map((text): DiffStep => ({ mark: '-', text })), ...after.map((text): DiffStep => ({ mark: '+', text }))]
  }
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] as number
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const steps: DiffStep[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      steps.push({ mark: ' ', text: before[i++] as string })
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1)))
      steps.push({ mark: '-', text: before[i++] as string })
    else steps.push({ mark: '+', text: after[j++] as string })
  }
  return steps
}
