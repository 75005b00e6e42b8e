/** Records in columns by state. Drag a card, choose from its menu, or press Alt with an arrow key. */
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { Choice } from '../../model/fields'
import { messageOf } from '../api/client'
import { useList } from '../api/records'
import { ToneSign } from '../ui/badge'
import { Icon } from '../ui/icon'
import { Failure, Skeleton } from '../ui/states'
import { useToast } from '../ui/toast'

interface Props<Item extends { readonly id: number }> {
  readonly resource: string
  readonly choices: readonly Choice[]
  readonly valueOf: (item: Item) => string | null
  readonly titleOf: (item: Item) => string
  readonly facts?: (item: Item) => ReactNode
  /** The values a card may go to from where it is. */
  readonly targetsOf: (item: Item) => readonly string[]
  onMove(id: number, to: string): Promise<unknown>
}

const SHOWN_MAX = 200

export function Board<Item extends { readonly id: number }>(props: Props<Item>) {
  const { resource, choices, valueOf, titleOf, facts, targetsOf, onMove } = props
  const list = useList<Item>(resource, `size=${SHOWN_MAX}`)
  const [dragged, setDragged] = useState<Item | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const toast = useToast()

  if (list.isError) return <Failure error={list.error} onRetry={() => list.refetch()} />
  if (list.isPending) return <Skeleton lines={8} />

  async function move(item: Item, to: string | undefined) {
    if (!to || to === valueOf(item)) return
    const label = choices.find((choice) => choice.value === to)?.label ?? to
    try {
      await onMove(item.id, to)
      toast({ message: `“${titleOf(item)}” is now in ${label}.` })
      requestAnimationFrame(() => document.getElementById(`card-${item.id}`)?.focus())
    } catch (error) {
      toast({ message: messageOf(error), tone: 'danger' })
    }
  }

  /** The nearest column on that side which the card may go to. */
  function neighbour(item: Item, step: 1 | -1) {
    const targets = targetsOf(item)
    for (let at = choices.findIndex(({ value }) => value === valueOf(item)) + step; choices[at]; at += step) {
      const value = choices[at]?.value
      if (value && targets.includes(value)) return value
    }
  }

  return (
    <section
      aria-label="Board"
      tabIndex={0}
      className="-mx-4 flex snap-x scroll-px-4 gap-4 overflow-x-auto px-4 pb-4 sm:-mx-8 sm:scroll-px-8 sm:px-8"
    >
      {choices.map((choice) => {
        const items = list.data.items.filter((item) => valueOf(item) === choice.value)
        const accepts = dragged !== null && targetsOf(dragged).includes(choice.value)
        return (
          <section
            key={choice.value}
            aria-label={choice.label}
            className={`flex min-h-80 w-72 shrink-0 snap-start flex-col gap-2 rounded-panel border p-2.5 transition-colors ${
              accepts
                ? over === choice.value
                  ? 'border-primary bg-primary-soft'
                  : 'border-dashed border-primary bg-sunken'
                : 'border-transparent bg-sunken'
            } ${dragged && !accepts && valueOf(dragged) !== choice.value ? 'opacity-50' : ''}`}
            onDragOver={(event) => {
              if (!accepts) return
              event.preventDefault()
              setOver(choice.value)
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(null)
              if (dragged && accepts) void move(dragged, choice.value)
            }}
          >
            <h2 className="flex items-center gap-2 px-1.5 py-1 text-sm font-semibold">
              <ToneSign tone={choice.tone} />
              {choice.label}
              <span className="ml-auto font-normal text-muted tabular-nums">{items.length}</span>
            </h2>
            {items.map((item) => {
              const targets = targetsOf(item)
              return (
                <article
                  key={item.id}
                  draggable={targets.length > 0}
                  className={`panel relative p-3 hover:border-ink ${targets.length > 0 ? 'cursor-grab pr-10' : ''}`}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move'
                    event.dataTransfer.setData('text/plain', titleOf(item))
                    setDragged(item)
                  }}
                  onDragEnd={() => setDragged(null)}
                >
                  <h3 className="leading-snug font-semibold">
                    <Link
                      id={`card-${item.id}`}
                      to={`/${resource}/${item.id}`}
                      draggable={false}
                      className="after:absolute after:inset-0"
                      aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
                      onKeyDown={(event) => {
                        if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
                        event.preventDefault()
                        void move(item, neighbour(item, event.key === 'ArrowRight' ? 1 : -1))
                      }}
                    >
                      {titleOf(item)}
                    </Link>
                  </h3>
                  {facts && <dl className="mt-2 grid gap-1 text-sm">{facts(item)}</dl>}
                  {targets.length > 0 && (
                    <span className="absolute top-1.5 right-1.5 inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-primary-ink">
                      <Icon name="arrow-right" />
                      <select
                        aria-label={`Move ${titleOf(item)}`}
                        title="Move to …"
                        className="absolute inset-0 size-full appearance-none bg-surface text-ink opacity-0"
                        value=""
                        onChange={(event) => void move(item, event.target.value)}
                      >
                        <option value="">Move to …</option>
                        {choices
                          .filter(({ value }) => targets.includes(value))
                          .map(({ value, label }) => (
                            <option key={value} value={value}>
                              {label}
                            </option>
                          ))}
                      </select>
                    </span>
                  )}
                </article>
              )
            })}
          </section>
        )
      })}
    </section>
  )
}
