/** Records that refer to the one on the page. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useList } from '../api/records'
import { ButtonLink } from '../ui/button'
import { Failure, Skeleton } from '../ui/states'

interface Props<Item extends { readonly id: number }> {
  readonly title: string
  readonly resource: string
  /** The field that refers here, and the id of the record on the page. */
  readonly by: string
  readonly id: number
  readonly noun: string
  readonly titleOf: (item: Item) => string
  readonly aside?: (item: Item) => ReactNode
  readonly canCreate?: boolean
}

const SHOWN = 8

export function Related<Item extends { readonly id: number }>(props: Props<Item>) {
  const { title, resource, by, id, noun, titleOf, aside, canCreate = true } = props
  const list = useList<Item>(resource, `${by}=${id}&size=${SHOWN}`)
  const rest = (list.data?.total ?? 0) - SHOWN
  return (
    <section className="panel px-5 py-4">
      <header className="flex min-h-8 items-center justify-between gap-3">
        <h2 className="font-display font-semibold">
          {title}
          {list.data && list.data.total > 0 && (
            <span className="ml-2 font-normal text-muted tabular-nums">{list.data.total}</span>
          )}
        </h2>
        {canCreate && (
          <ButtonLink look="quiet" isSmall icon="plus" to={`/${resource}/new?${by}=${id}`}>
            {`Add ${noun}`}
          </ButtonLink>
        )}
      </header>
      {list.isError && <Failure error={list.error} />}
      {list.isPending && <Skeleton lines={3} />}
      {list.data?.total === 0 && <p className="py-2 text-muted">None yet.</p>}
      <ul className="divide-y divide-line">
        {list.data?.items.map((item) => (
          <li key={item.id} className="relative flex items-center justify-between gap-4 py-2.5">
            <Link
              to={`/${resource}/${item.id}`}
              className="min-w-0 truncate font-medium after:absolute after:inset-0 hover:text-primary-ink"
            >
              {titleOf(item)}
            </Link>
            {aside && <span className="shrink-0 text-sm text-muted">{aside(item)}</span>}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Link
          to={`/${resource}?${by}=${id}`}
          className="mt-2 inline-block text-sm text-primary-ink underline underline-offset-3"
        >
          {`${rest} more`}
        </Link>
      )}
    </section>
  )
}
