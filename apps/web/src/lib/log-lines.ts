/** The lines of a build's log: those that were there and those that come, each once, and which of them a search finds. */
import type { LiveEvent, LogLine } from '@slipway/domain'

export class LogLines {
  #lines: LogLine[] = []
  #last = 0

  get all(): readonly LogLine[] {
    return this.#lines
  }

  /** @param eventId the newest event that `lines` already contain */
  start(lines: readonly LogLine[], eventId: number): void {
    this.#lines = [...lines]
    this.#last = eventId
  }

  /** @returns whether anything was new */
  add({ id, body }: LiveEvent): boolean {
    if (body.type !== 'job-log' || id <= this.#last) return false
    this.#last = id
    for (const text of body.text.replace(/\n$/, '').split('\n')) this.#lines.push({ id, stage: body.stage, stream: body.stream, text })
    return true
  }

  /** Those with the words in them; all of them without words. */
  matching(words: string): readonly LogLine[] {
    const wanted = words.trim().toLowerCase()
    return wanted ? this.#lines.filter((line) => line.text.toLowerCase().includes(wanted)) : this.#lines
  }
}

/** The rows to draw: those in sight and a few around, so that a fast scroll shows no gap. */
export function rowsInSight(options: { scrollTop: number; height: number; rowHeight: number; count: number }): {
  from: number
  to: number
} {
  const around = 20
  const from = Math.max(0, Math.floor(options.scrollTop / options.rowHeight) - around)
  const to = Math.min(options.count, Math.ceil((options.scrollTop + options.height) / options.rowHeight) + around)
  return { from, to }
}
