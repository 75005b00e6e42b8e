/** Dates relative to the day of seeding, so that example records never look old. */

const pad = (value: number) => String(value).padStart(2, '0')

/** The date `days` from today, as `2026-05-04`. */
export function day(days: number): string {
  const date = new Date()
  date.setDate(date.getDate() + days)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The date `days` from today at a time, as `2026-05-04T14:30`. */
export const dayAt = (days: number, time: string) => `${day(days)}T${time}`

/** A moment in the past, for `createdAt`. */
export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
