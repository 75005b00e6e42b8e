/** What comes next, and what is late. */
import { Link } from 'react-router'
import { formatNearDate, formatTime, isoDay } from '../format'
import { Icon } from '../ui/icon'

export interface DueItem {
  readonly id: number
  readonly title: string
  /** A day, or a day and time. */
  readonly date: string
}

interface Props {
  readonly title: string
  /** What the dates mean. */
  readonly dateLabel: string
  readonly resource: string
  readonly items: readonly DueItem[]
  /** Passed dates are late, and not only past. */
  readonly canBeLate: boolean
}

export function DueList({ title, dateLabel, resource, items, canBeLate }: Props) {
  const today = isoDay(new Date())
  return (
    <section className="panel p-5">
      <header className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="font-display font-semibold">{title}</h2>
        <p className="text-sm text-muted">{dateLabel}</p>
      </header>
      {items.length === 0 && <p className="py-3 text-muted">Nothing is due.</p>}
      <ul className="divide-y divide-line">
        {items.map(({ id, title: name, date }) => {
          const isLate = canBeLate && date.slice(0, 10) < today
          return (
            <li key={id} className="relative flex items-center gap-4 py-2.5">
              <Link
                to={`/${resource}/${id}`}
                className="min-w-0 truncate font-medium after:absolute after:inset-0 hover:text-primary-ink"
              >
                {name}
              </Link>
              <span
                className={`ml-auto inline-flex shrink-0 items-center gap-1.5 text-sm ${isLate ? 'font-medium text-danger' : 'text-muted'}`}
              >
                {isLate && <Icon name="triangle-alert" size={14} />}
                {formatNearDate(date)}
                {date.length > 10 && ` ${formatTime(date.slice(11, 16))}`}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
