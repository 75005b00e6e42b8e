/** How a difference is shown: words inside a sentence, lines inside a document. Pure. */
import { type DiffStep, diffSteps } from '@slipway/domain'

/** Pieces of text in reading order; neighbours of one mark are one piece. */
export function wordSteps(before: string, after: string): DiffStep[] {
  const words = (text: string) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
  const joined: { mark: DiffStep['mark']; text: string }[] = []
  for (const { mark, text } of diffSteps(words(before), words(after))) {
    const last = joined.at(-1)
    if (last?.mark === mark) last.text += text
    else joined.push({ mark, text })
  }
  return joined
}

export interface LineRow {
  readonly mark: DiffStep['mark']
  readonly text: string
}

/** Lines that changed with some around them; a number stands for as many lines that are left out. */
export function lineRows(before: string, after: string, context = 3): (LineRow | number)[] {
  const lines = (text: string) => (text ? text.replace(/\n$/, '').split('\n') : [])
  const steps = diffSteps(lines(before), lines(after))
  const isNear = steps.map((_, at) => steps.slice(Math.max(0, at - context), at + context + 1).some(({ mark }) => mark !== ' '))
  const rows: (LineRow | number)[] = []
  steps.forEach((step, at) => {
    const last = rows.at(-1)
    if (isNear[at]) rows.push(step)
    else if (typeof last === 'number') rows[rows.length - 1] = last + 1
    else rows.push(1)
  })
  return rows
}
