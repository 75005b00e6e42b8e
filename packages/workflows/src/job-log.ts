/** The log of a build as events: lines are gathered for a moment, so that a chatty command is not a transaction per line. */
import type { EventInput, JobStatus } from '@slipway/domain'

export interface JobLog {
  /** One line of a command, or a note of ours. */
  add(stream: 'stdout' | 'stderr' | 'note', line: string): void
  /** Everything that was added is stored when this returns. */
  flush(): Promise<void>
}

const GATHER_MS = 100
const TEXT_MAX = 60_000

type LogEvent = Extract<EventInput, { type: 'job-log' }>

/** @param append stores events; asked for one batch at a time, in order */
export function jobLog(
  append: (events: readonly LogEvent[]) => Promise<void>,
  about: { projectId: string; featureId: string; jobId: string; stage: JobStatus },
): JobLog {
  let waiting: LogEvent[] = []
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = []
    if (batch.length) last = last.then(() => append(batch))
    return last
  }
  return {
    add(stream, line) {
      const text = `${line.slice(0, TEXT_MAX)}\n`
      const newest = waiting.at(-1)
      if (newest?.stream === stream && newest.text.length + text.length <= TEXT_MAX) newest.text += text
      else waiting.push({ type: 'job-log', ...about, stream, text })
      timer ??= setTimeout(() => {
        flush().catch(() => undefined) // told again, and loudly, by the flush that ends the step
      }, GATHER_MS)
    },
    flush,
  }
}
