/** Slows down guessing: ten tries per address in a quarter of an hour. */
import { Refusal } from '../http/refusal'

const TRIES_MAX = 10
const WINDOW_MS = 15 * 60_000

export function createAttemptLimit(now = Date.now) {
  const tries = new Map<string, { count: number; until: number }>()
  return {
    count(email: string) {
      const key = email.toLowerCase()
      for (const [other, { until }] of tries) if (until < now()) tries.delete(other)
      const entry = tries.get(key) ?? { count: 0, until: now() + WINDOW_MS }
      tries.set(key, { ...entry, count: entry.count + 1 })
      if (entry.count >= TRIES_MAX) throw new Refusal(403, 'Too many tries. Please wait a quarter of an hour.')
    },
    forget: (email: string) => void tries.delete(email.toLowerCase()),
  }
}
