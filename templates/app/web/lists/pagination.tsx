/** Which part of a list is shown, and the way to the next. */
import { IconButton } from '../ui/button'

interface Props {
  readonly total: number
  readonly page: number
  readonly size: number
  readonly nounPlural: string
  onPage(page: number): void
}

export function Pagination({ total, page, size, nounPlural, onPage }: Props) {
  const last = Math.max(Math.ceil(total / size), 1)
  const from = (page - 1) * size + 1
  return (
    <nav aria-label="Pages" className="mt-3 flex min-h-10 items-center justify-between text-sm text-muted">
      <p className="tabular-nums">
        {last === 1 ? `${total} ${nounPlural}` : `${from}–${Math.min(page * size, total)} of ${total} ${nounPlural}`}
      </p>
      {last > 1 && (
        <div className="flex">
          <IconButton icon="chevron-left" label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)} />
          <IconButton icon="chevron-right" label="Next page" disabled={page >= last} onClick={() => onPage(page + 1)} />
        </div>
      )}
    </nav>
  )
}
