/** Server-sent events from the event table: resumable, without a gap or a repetition, and one query for many listeners. */
import type { LiveEvent } from '@slipway/domain'
import type { Storage } from '@slipway/storage'

export interface LiveEvents {
  /** A text/event-stream of what lies behind `after`; it ends with `signal`, or with the first event that is `last`. */
  stream(
    orgId: string,
    options: { after: number; featureId?: string | undefined; last?: (event: LiveEvent) => boolean; signal: AbortSignal },
  ): ReadableStream<Uint8Array>
  close(): void
}

const BATCH = 500
const HEARTBEAT_MS = 15_000

/** What is known of one workspace: how often it was woken, and what was read since. */
interface Room {
  wakes: number
  waiting: Set<() => void>
  reads: Map<number, Promise<LiveEvent[]>>
  listeners: number
}

/** Nothing is buffered for a slow listener: it asks for the next batch when it has taken the last one. */
export function liveEvents({ storage, heartbeatMs = HEARTBEAT_MS }: { storage: Storage; heartbeatMs?: number }): LiveEvents {
  const rooms = new Map<string, Room>()
  const closing = new AbortController()
  const stopListening = storage.onEvents((orgId) => {
    const room = rooms.get(orgId)
    if (!room) return
    room.wakes++
    room.reads.clear()
    for (const wake of room.waiting) wake()
    room.waiting.clear()
  })

  const roomOf = (orgId: string): Room => {
    const room = rooms.get(orgId) ?? { wakes: 0, waiting: new Set(), reads: new Map(), listeners: 0 }
    rooms.set(orgId, room)
    return room
  }

  /** Listeners that stand at the same place share one query. */
  const read = (orgId: string, room: Room, after: number): Promise<LiveEvent[]> => {
    const running = room.reads.get(after)
    if (running !== undefined) return running
    const reading = storage.inWorkspace(orgId, (stores) => stores.events.after(after, { limit: BATCH }))
    room.reads.set(after, reading)
    reading.catch(() => room.reads.delete(after))
    return reading
  }

  const wakeUp = (room: Room, seen: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (room.wakes !== seen || signal.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        room.waiting.delete(end)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, heartbeatMs)
      timer.unref()
      room.waiting.add(end)
      signal.addEventListener('abort', end)
    })

  return {
    stream(orgId, { after, featureId, last: isLast = () => false, signal }) {
      const room = roomOf(orgId)
      const over = AbortSignal.any([signal, closing.signal])
      const encoder = new TextEncoder()
      let last = after
      let hasGreeted = false
      room.listeners++
      let isOpen = true
      const leave = () => {
        if (!isOpen) return
        isOpen = false
        room.listeners--
        if (room.listeners === 0) rooms.delete(orgId)
      }
      over.addEventListener('abort', leave, { once: true })
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (!hasGreeted) {
              hasGreeted = true
              controller.enqueue(encoder.encode('retry: 500\n\n'))
              return
            }
            while (!over.aborted) {
              const seen = room.wakes
              const events = await read(orgId, room, last)
              if (over.aborted) break
              last = events.at(-1)?.id ?? last
              const ours = events.filter((event) => !featureId || event.body.featureId === featureId)
              const end = ours.findIndex(isLast)
              const wanted = end < 0 ? ours : ours.slice(0, end + 1)
              if (wanted.length > 0) {
                controller.enqueue(encoder.encode(wanted.map((event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`).join('')))
                if (end < 0) return
                break
              }
              if (events.length > 0) continue
              await wakeUp(room, seen, over)
              if (room.wakes === seen && !over.aborted) {
                controller.enqueue(encoder.encode(': still here\n\n'))
                return
              }
            }
            leave()
            controller.close()
          },
          cancel: leave,
        },
        { highWaterMark: 1 },
      )
    },
    close() {
      stopListening()
      closing.abort()
    },
  }
}
