/** Everything that happens, as the server tells it: one connection per page, taken up again where it ended. */
import { LiveEvent, STREAMS } from '@slipway/domain'

type Listener = (event: LiveEvent) => void

const RETRY_MS = 1_000
const listeners = new Set<Listener>()
let source: EventSource | undefined
let last = 0

/** @param after the newest event that what is shown already contains; the earliest of several callers counts at the start */
export function listen(after: number, listener: Listener): () => void {
  listeners.add(listener)
  if (!source) {
    last = after
    open()
  } else if (after < last) {
    // Somebody knows less than we have already passed on: what lies between is told again, and listeners skip what they know.
    last = after
    source.close()
    open()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    source?.close()
    source = undefined
  }
}

function open(): void {
  source = new EventSource(`${STREAMS.events.path}?after=${last}`)
  const current = source
  source.onmessage = ({ data }) => {
    const event = LiveEvent.parse(JSON.parse(data as string))
    last = Math.max(last, event.id)
    for (const listener of [...listeners]) listener(event)
  }
  source.onerror = () => {
    // The browser reconnects by itself unless the answer was a refusal.
    if (current.readyState !== EventSource.CLOSED || source !== current) return
    setTimeout(() => source === current && open(), RETRY_MS)
  }
}
