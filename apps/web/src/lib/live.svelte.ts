/** Everything that happens, as the server tells it: one connection per page, taken up again where it ended. */
import { LiveEvent, STREAMS } from '@slipway/domain'

type Listener = (event: LiveEvent) => void

const RETRY_MS = 1_000
const RETRY_MAX_MS = 30_000
const listeners = new Set<Listener>()
let source: EventSource | undefined
let last = 0
let retryMs = RETRY_MS

/** Whether what is shown is being kept true. */
export const connection = $state({ isOpen: true })

/** @param after the newest event that what is shown already contains; the earliest of several callers counts */
export function listen(after: number, listener: Listener): () => void {
  listeners.add(listener)
  if (!source || after < last) {
    // Somebody may know less than was already passed on: what lies between is told again, and listeners skip what they know.
    last = after
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
  source?.close()
  const current = new EventSource(`${STREAMS.events.path}?after=${last}`)
  source = current
  current.onopen = () => {
    connection.isOpen = true
    retryMs = RETRY_MS
  }
  current.onmessage = ({ data }) => {
    const event = LiveEvent.parse(JSON.parse(data as string))
    last = Math.max(last, event.id)
    for (const listener of [...listeners]) listener(event)
  }
  current.onerror = () => {
    if (source !== current) return
    connection.isOpen = false
    // The browser reconnects by itself, with the id it saw last, unless the answer was a refusal.
    if (current.readyState !== EventSource.CLOSED) return
    setTimeout(() => source === current && open(), retryMs)
    retryMs = Math.min(retryMs * 2, RETRY_MAX_MS)
  }
}
