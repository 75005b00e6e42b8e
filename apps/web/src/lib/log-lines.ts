/** The lines of a build's log: those that were there and those that come, each once, and which of them a search finds. */
import type { LiveEvent, LogLine } from '@slipway/domain'

export class LogLines {
  #lines: LogLine[] = []
  #last = 0
  /** What came before the first answer did. */
  #early: LiveEvent[] | undefined = []
  #wanted = ''
  #found: LogLine[] = this.#lines

  get count(): number {
    return this.#lines.length
  }

  /** The stage that wrote the newest line. */
  get stage(): string | undefined {
    return this.#lines.at(-1)?.stage
  }

  /** @param eventId the newest event that `lines` already contain; call it once per answer, the oldest first */
  start(lines: readonly LogLine[], eventId: number): void {
    for (const line of lines) this.#push(line)
    this.#last = Math.max(this.#last, eventId, lines.at(-1)?.id ?? 0)
    const early = this.#early ?? []
    this.#early = undefined
    for (const event of early) this.add(event)
  }

  /** @returns whether anything was new */
  add(event: LiveEvent): boolean {
    const { id, body } = event
    if (body.type !== 'job-log') return false
    if (this.#early) {
      this.#early.push(event)
      return false
    }
    if (id <= this.#last) return false
    this.#last = id
    for (const text of body.text.replace(/\n$/, '').split('\n')) this.#push({ id, stage: body.stage, stream: body.stream, text })
    return true
  }

  /** Those with the words in them; all of them without words. The array grows with the log: read it anew after each `add`. */
  matching(words: string): readonly LogLine[] {
    const wanted = words.trim().toLowerCase()
    if (wanted !== this.#wanted) {
      this.#wanted = wanted
      this.#found = wanted ? this.#lines.filter((line) => this.#isWanted(line)) : this.#lines
    }
    return this.#found
  }

  #isWanted(line: LogLine): boolean {
    return line.text.toLowerCase().includes(this.#wanted)
  }

  #push(line: LogLine): void {
    this.#lines.push(line)
    if (this.#found !== this.#lines && this.#isWanted(line)) this.#found.push(line)
  }
}

/** The rows to draw: those in sight and a few around, so that a fast scroll shows no gap. */
export function rowsInSight(options: { scrollTop: number; height: number; rowHeight: number; count: number }): {
  from: number
  to: number
} {
  const around = 20
  const last = Math.max(0, options.count - 1)
  const from = Math.min(last, Math.max(0, Math.floor(options.scrollTop / options.rowHeight) - around))
  const to = Math.min(options.count, Math.ceil((options.scrollTop + options.height) / options.rowHeight) + around)
  return { from, to: Math.max(from, to) }
}

/** Where the words stand in a line, for a mark: the line in pieces, every second one a hit. */
export function splitAtHits(text: string, words: string): readonly string[] {
  const wanted = words.trim().toLowerCase()
  if (!wanted) return [text]
  const lower = text.toLowerCase()
  // A few letters change their length in lower case; then nothing is marked rather than the wrong place.
  if (lower.length !== text.length) return [text]
  const pieces: string[] = []
  let at = 0
  for (let hit = lower.indexOf(wanted); hit !== -1; hit = lower.indexOf(wanted, at)) {
    pieces.push(text.slice(at, hit), text.slice(hit, hit + wanted.length))
    at = hit + wanted.length
  }
  return [...pieces, text.slice(at)]
}
