/** The moment of a request, in the forms that columns take. */

const pad = (value: number) => String(value).padStart(2, '0')

/** `2026-05-04` */
export function today(date = new Date()): string {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** `14:30` */
export const timeNow = (date = new Date()) => `${pad(date.getHours())}:${pad(date.getMinutes())}`

/** `2026-05-04T14:30` */
export const now = (date = new Date()) => `${today(date)}T${timeNow(date)}`
