/** A month of records by their date: a grid, on a phone a list of days. */
import { Link, useSearchParams } from 'react-router'
import { useList } from '../api/records'
import { formatTime, isoDay } from '../format'
import { Button, IconButton } from '../ui/button'
import { Failure } from '../ui/states'
import { useIsPhone } from '../ui/use-media'

interface Props<Item extends { readonly id: number }> {
  readonly resource: string
  readonly field: string
  readonly hasTime: boolean
  readonly dateOf: (item: Item) => string | null
  readonly titleOf: (item: Item) => string
}

const locale = navigator.language
const monthName = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
const weekdayName = new Intl.DateTimeFormat(locale, { weekday: 'short' })
const dayName = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
const SHOWN_IN_DAY = 4

/** Whole weeks from Monday that cover the month. */
function daysOf(month: Date): Date[] {
  const first = new Date(month.getFullYear(), month.getMonth(), 1)
  const lead = (first.getDay() + 6) % 7
  const length = new Date(month.getFullYear(), month.getMonth() + 1, 0).getDate()
  return Array.from(
    { length: Math.ceil((lead + length) / 7) * 7 },
    (_, index) => new Date(month.getFullYear(), month.getMonth(), 1 - lead + index),
  )
}

export function MonthCalendar<Item extends { readonly id: number }>({
  resource,
  field,
  hasTime,
  dateOf,
  titleOf,
}: Props<Item>) {
  const [params, setParams] = useSearchParams()
  const isPhone = useIsPhone()
  const asked = /^\d{4}-\d{2}$/.test(params.get('month') ?? '') ? `${params.get('month')}-01T00:00` : isoDay(new Date())
  const month = new Date(asked)
  const days = daysOf(month)
  const from = isoDay(days[0] ?? month)
  const to = isoDay(days.at(-1) ?? month)
  const list = useList<Item>(
    resource,
    `${field}From=${from}&${field}To=${hasTime ? `${to}T23:59` : to}&sort=${field}&size=200`,
  )
  const itemsOn = (day: string) => (list.data?.items ?? []).filter((item) => dateOf(item)?.startsWith(day))
  const today = isoDay(new Date())

  function turn(months: number) {
    setParams({ month: isoDay(new Date(month.getFullYear(), month.getMonth() + months, 1)).slice(0, 7) })
  }

  const entry = (item: Item) => (
    <Link
      key={item.id}
      to={`/${resource}/${item.id}`}
      className="block truncate rounded-badge bg-primary-soft px-1.5 py-0.5 text-[0.8125rem] text-primary-ink hover:bg-primary hover:text-on-primary"
    >
      {hasTime && (
        <span className="mr-1.5 font-medium tabular-nums">{formatTime(dateOf(item)?.slice(11, 16) ?? '00:00')}</span>
      )}
      {titleOf(item)}
    </Link>
  )

  return (
    <>
      <div className="mb-3 flex items-center gap-1">
        <h2 className="mr-auto font-display text-lg font-semibold first-letter:uppercase" aria-live="polite">
          {monthName.format(month)}
        </h2>
        <Button isSmall onClick={() => setParams({})}>
          Today
        </Button>
        <IconButton icon="chevron-left" label="Previous month" onClick={() => turn(-1)} />
        <IconButton icon="chevron-right" label="Next month" onClick={() => turn(1)} />
      </div>
      {list.isError && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {isPhone ? (
        <ol className="panel divide-y divide-line px-4">
          {days
            .filter((day) => day.getMonth() === month.getMonth() && itemsOn(isoDay(day)).length > 0)
            .map((day) => (
              <li key={isoDay(day)} className="grid gap-1.5 py-3">
                <h3 className={`text-sm ${isoDay(day) === today ? 'font-semibold text-primary-ink' : 'text-muted'}`}>
                  {dayName.format(day)}
                </h3>
                {itemsOn(isoDay(day)).map(entry)}
              </li>
            ))}
          {list.data?.items.length === 0 && <li className="py-6 text-center text-muted">Nothing this month.</li>}
        </ol>
      ) : (
        <div className="panel overflow-hidden">
          <div className="grid grid-cols-7 border-b border-line text-[0.8125rem] text-muted" aria-hidden="true">
            {days.slice(0, 7).map((day) => (
              <span key={day.getDay()} className="px-2.5 py-2">
                {weekdayName.format(day)}
              </span>
            ))}
          </div>
          <ol className="grid grid-cols-7">
            {days.map((day, index) => {
              const date = isoDay(day)
              const items = itemsOn(date)
              const isOutside = day.getMonth() !== month.getMonth()
              return (
                <li
                  key={date}
                  className={`min-h-28 min-w-0 border-line p-1.5 ${index % 7 ? 'border-l' : ''} ${index > 6 ? 'border-t' : ''} ${isOutside ? 'bg-sunken' : ''}`}
                >
                  <time
                    dateTime={date}
                    className={`mb-1 inline-flex size-7 items-center justify-center rounded-full text-[0.8125rem] tabular-nums ${
                      date === today ? 'bg-primary font-semibold text-on-primary' : isOutside ? 'text-muted' : ''
                    }`}
                  >
                    <span className="sr-only">{dayName.format(day)}</span>
                    <span aria-hidden="true">{day.getDate()}</span>
                  </time>
                  <div className="grid gap-1">
                    {items.slice(0, SHOWN_IN_DAY).map(entry)}
                    {items.length > SHOWN_IN_DAY && (
                      <Link
                        to={`/${resource}?${field}From=${date}&${field}To=${hasTime ? `${date}T23:59` : date}`}
                        className="px-1.5 text-[0.8125rem] text-muted hover:text-ink"
                      >
                        {`${items.length - SHOWN_IN_DAY} more`}
                      </Link>
                    )}
                  </div>
                </li>
              )
            })}
          </ol>
        </div>
      )}
    </>
  )
}
