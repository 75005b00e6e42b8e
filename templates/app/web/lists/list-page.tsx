/** A list of records: search, filters, order, pages, as a table or as cards. */
import { type ReactNode, useState } from 'react'
import { useList } from '../api/records'
import { ButtonLink, DownloadLink, IconButton } from '../ui/button'
import { Icon, type IconName } from '../ui/icon'
import { Page } from '../ui/page'
import { Empty, Failure, Skeleton } from '../ui/states'
import { useIsPhone } from '../ui/use-media'
import { type Filter, Filters } from './filters'
import { Pagination } from './pagination'
import { type Column, Table } from './table'
import { useListState } from './use-list-state'

interface Props<Item extends { readonly id: number }> {
  readonly title: string
  readonly lead?: string
  readonly resource: string
  readonly icon: IconName
  /** One record in words, like "repair ticket". */
  readonly noun: string
  readonly nounPlural: string
  readonly columns: readonly Column<Item>[]
  readonly card: (item: Item) => ReactNode
  readonly filters?: readonly Filter[]
  readonly layout?: 'table' | 'cards'
  readonly canCreate?: boolean
}

export function ListPage<Item extends { readonly id: number }>(props: Props<Item>) {
  const {
    title,
    lead,
    resource,
    icon,
    noun,
    nounPlural,
    columns,
    card,
    filters = [],
    layout = 'table',
    canCreate = true,
  } = props
  const { params, query, change } = useListState()
  const isPhone = useIsPhone()
  const list = useList<Item>(resource, query)
  const view = isPhone ? 'cards' : (params.get('view') ?? layout)
  const isNarrowed = params.has('q') || filters.some((filter) => params.has(filter.name))

  return (
    <Page
      title={title}
      lead={lead}
      actions={
        <>
          <span className="hidden sm:flex" role="group" aria-label="Layout">
            <IconButton
              icon="list"
              label="As a table"
              aria-pressed={view === 'table'}
              onClick={() => change({ view: 'table' })}
            />
            <IconButton
              icon="layout-grid"
              label="As cards"
              aria-pressed={view === 'cards'}
              onClick={() => change({ view: 'cards' })}
            />
          </span>
          <DownloadLink href={`/api/${resource}/export${query && `?${query}`}`}>Export</DownloadLink>
          {canCreate && (
            <ButtonLink look="primary" icon="plus" to={`/${resource}/new`}>
              {`New ${noun}`}
            </ButtonLink>
          )}
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Search
          key={params.get('q') === null ? 'empty' : 'typed'}
          value={params.get('q') ?? ''}
          label={`Search ${nounPlural}`}
          onSearch={(q) => change({ q }, true)}
        />
        <Filters filters={filters} params={params} onChange={change} />
      </div>
      {list.isError && <Failure error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && <Skeleton lines={8} />}
      {list.data?.total === 0 && (
        <div className="panel">
          {isNarrowed ? (
            <Empty icon="search" title={`No ${nounPlural} match`}>
              Try fewer words or another filter.
            </Empty>
          ) : (
            <Empty icon={icon} title={`No ${nounPlural} yet`}>
              {canCreate && (
                <ButtonLink look="primary" icon="plus" to={`/${resource}/new`}>{`Add the first ${noun}`}</ButtonLink>
              )}
            </Empty>
          )}
        </div>
      )}
      {list.data && list.data.total > 0 && (
        <>
          {view === 'table' ? (
            <Table
              items={list.data.items}
              columns={columns}
              caption={title}
              sort={params.get('sort')}
              onSort={(sort) => change({ sort })}
            />
          ) : (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-4">
              {list.data.items.map((item) => (
                <li key={item.id}>{card(item)}</li>
              ))}
            </ul>
          )}
          <Pagination
            {...list.data}
            nounPlural={nounPlural}
            onPage={(page) => change({ page: page === 1 ? null : String(page) })}
          />
        </>
      )}
    </Page>
  )
}

function Search({
  value,
  label,
  onSearch,
}: {
  readonly value: string
  readonly label: string
  onSearch(q: string): void
}) {
  const [text, setText] = useState(value)
  return (
    <search className="relative w-full sm:w-64">
      <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-muted">
        <Icon name="search" />
      </span>
      <input
        type="search"
        aria-label={label}
        placeholder="Search"
        className="control pl-9"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onSearch(event.target.value)
        }}
      />
    </search>
  )
}
