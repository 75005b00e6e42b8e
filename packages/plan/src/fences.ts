/** Which lines of a Markdown body stand inside a code fence, found in one pass from the end. */
import type { SourceLines } from './source-lines.ts'

const FENCE = /^\s*(?:[-*+]\s+|\d+[.)]\s+|>\s*)*(`{3,}|~{3,})([^`]*)$/
const LENGTHS = 9

export interface Fence {
  /** The line (from 0) that closes it, or -1 when nothing does. */
  readonly closer: number
}

interface Nearest {
  task: number
  taskEnd: number
}

/**
 * Every line that would open a fence, with the line that closes it. A fence whose closer lies behind a `</task>`
 * that nothing inside it opened was left open by its writer and counts as unclosed.
 */
export function findFences(lines: SourceLines, from: number): Map<number, Fence> {
  const fences = new Map<number, Fence>()
  const nextBare: Record<string, number[]> = { '`': new Array<number>(LENGTHS).fill(-1), '~': new Array<number>(LENGTHS).fill(-1) }
  const near: Nearest = { task: -1, taskEnd: -1 }
  for (let line = lines.count - 1; line >= from; line--) {
    const text = lines.text(line).slice(0, 400)
    const trimmed = text.trimStart()
    if (trimmed.startsWith('</task>')) near.taskEnd = line
    else if (/^<task[\s>]/.test(trimmed)) near.task = line
    if (!text.includes('```') && !text.includes('~~~')) continue
    const match = FENCE.exec(text)
    if (!match) continue
    const marks = match[1] as string
    const length = Math.min(marks.length, LENGTHS - 1)
    const closers = nextBare[marks[0] as string] as number[]
    const closer = closers[length] as number
    const isBroken = closer !== -1 && near.taskEnd !== -1 && near.taskEnd < closer && !(near.task !== -1 && near.task < near.taskEnd)
    fences.set(line, { closer: isBroken ? -1 : closer })
    if ((match[2] as string).trim() === '') closers.fill(line, 3, length + 1)
  }
  return fences
}
