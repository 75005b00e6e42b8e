/** Values as people read them. */
import { currency } from './config'

const locale = navigator.language

const money = new Intl.NumberFormat(locale, { style: 'currency', currency })
const roundMoney = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })

/** `2026-05-04` and `2026-05-04T14:30` are wall-clock times: they must not shift with the reader's zone. */
export const parseDate = (value: string) => new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value)

/** Without the year when it is this year's. */
export function formatDate(value: string): string {
  const date = parseDate(value)
  return (date.getFullYear() === new Date().getFullYear() ? dayOfYear : day).format(date)
}

export const formatTime = (value: string) => clock.format(new Date(`2000-01-01T${value}`))
export const formatDateTime = (value: string) => `${formatDate(value)}, ${clock.format(parseDate(value))}`
export const formatMoney = (value: number) => money.format(value)
export const formatRoundMoney = (value: number) => roundMoney.format(value)
export const formatNumber = (value: number, unit = '') => `${number.format(value)}${unit && `\u00A0${unit}`}`

/** `2026-05-04` for the reader's own day. */
export function isoDay(date: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** "today", "tomorrow", "3 days ago": near days in words, others as a date. */
export function formatNearDate(value: string): string {
  const days = Math.round(
    (parseDate(value.slice(0, 10)).getTime() - parseDate(isoDay(new Date())).getTime()) / 86_400_000,
  )
  if (Math.abs(days) > 7) return formatDate(value)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
}
