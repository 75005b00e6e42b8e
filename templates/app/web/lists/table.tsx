/** Records as rows. */
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon'

export interface Column<Item> {
  readonly label: string
  readonly cell: (item: Item) => ReactNode
  /** Name by which the server sorts; a column without it cannot be sorted. */
  readonly sort?: string
  readonly isNumeric?: boolean
}

interface Props<Item> {
  readonly items: readonly Item[]
  readonly columns: readonly Column<Item>[]
  readonly caption: string
  readonly sort?: string | null
  onSort?(sort: string): void
}

export function Table<Item extends { readonly id: number }>({ items, columns, caption, sort, onSort }: Props<Item>) {
  return (
    <div className="panel overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => {
              const isSorted = column.sort !== undefined && sort?.replace('-', '') === column.sort
              const isDescending = isSorted && sort?.startsWith('-')
              return (
                <th
                  key={column.label}
                  scope="col"
                  aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : undefined}
                  className={`px-4 py-2.5 text-[0.8125rem] font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5 ${column.isNumeric ? 'text-right' : ''}`}
                >
                  {column.sort && onSort ? (
                    <button
                      type="button"
                      className={`inline-flex items-center gap-1 rounded-control hover:text-ink ${isSorted ? 'text-ink' : ''}`}
                      onClick={() => onSort(isSorted && !isDescending ? `-${column.sort}` : (column.sort ?? ''))}
                    >
                      {column.label}
                      <Icon
                        name={isSorted ? (isDescending ? 'arrow-down' : 'arrow-up') : 'chevrons-up-down'}
                        size={14}
                      />
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} className="relative border-b border-line last:border-0 hover:bg-sunken">
              {columns.map((column) => (
                <td
                  key={column.label}
                  className={`max-w-80 truncate px-4 py-3 first:pl-5 last:pr-5 ${column.isNumeric ? 'text-right tabular-nums' : ''}`}
                >
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
