/** Picks another record by typing part of its name. */
import { useDeferredValue, useId, useState } from 'react'
import type { Named } from '../../model/fields'
import { useList, useRecord } from '../api/records'
import { Icon } from '../ui/icon'
import { Field, type FieldProps } from './field'

interface Props<Item extends { readonly id: number }> extends FieldProps {
  readonly resource: string
  readonly titleOf: (item: Item) => string
}

export function ReferenceField<Item extends { readonly id: number }>({ resource, titleOf, ...field }: Props<Item>) {
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const [picked, setPicked] = useState<Named | null>(null)
  const isOpen = typed !== null
  const search = useDeferredValue(typed ?? '')
  const found = useList<Item>(resource, new URLSearchParams({ q: search, size: '8' }).toString(), isOpen)
  const chosenId = field.value == null || field.value === '' ? undefined : String(field.value)
  const chosen = useRecord<Item>(resource, chosenId)
  const options: Named[] = (found.data?.items ?? []).map((item) => ({ id: item.id, title: titleOf(item) }))

  const chosenTitle =
    chosenId === undefined
      ? ''
      : String(picked?.id) === chosenId
        ? (picked?.title ?? '')
        : chosen.data
          ? titleOf(chosen.data)
          : ''

  function choose(option: Named | undefined) {
    if (option) {
      setPicked(option)
      field.onChange(option.id)
    }
    setTyped(null)
    setActive(0)
  }

  return (
    <Field {...field}>
      {(control) => (
        <span className="relative block">
          <input
            {...control}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && options[active] ? `${listId}-${active}` : undefined}
            autoComplete="off"
            className="control pr-10"
            placeholder="Type to search"
            value={typed ?? chosenTitle}
            onChange={(event) => {
              setTyped(event.target.value)
              setActive(0)
            }}
            onFocus={(event) => event.target.select()}
            onClick={() => setTyped((current) => current ?? '')}
            onBlur={() => setTyped(null)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                event.preventDefault()
                const step = event.key === 'ArrowDown' ? 1 : -1
                if (isOpen)
                  setActive((current) => Math.min(Math.max(current + step, 0), Math.max(options.length - 1, 0)))
                else setTyped('')
              } else if (event.key === 'Enter' && isOpen) {
                event.preventDefault()
                choose(options[active])
              } else if (event.key === 'Escape') setTyped(null)
            }}
          />
          {chosenId && !field.isRequired && !isOpen ? (
            <button
              type="button"
              aria-label={`Clear ${field.label}`}
              className="absolute inset-y-0 right-0 inline-flex w-10 items-center justify-center text-muted hover:text-ink"
              onClick={() => field.onChange(null)}
            >
              <Icon name="x" />
            </button>
          ) : (
            <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-muted">
              <Icon name="chevrons-up-down" />
            </span>
          )}
          <ul
            id={listId}
            role="listbox"
            aria-label={field.label}
            hidden={!isOpen}
            className="absolute z-20 mt-1 max-h-72 w-full overflow-auto rounded-control border border-line-strong bg-surface py-1 shadow-lg"
          >
            {options.map((option, index) => (
              <li
                key={option.id}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={String(option.id) === chosenId}
                className={`cursor-pointer px-3 py-2 ${index === active ? 'bg-primary-soft text-primary-ink' : ''}`}
                onPointerEnter={() => setActive(index)}
                onPointerDown={(event) => {
                  event.preventDefault()
                  choose(option)
                }}
              >
                {option.title}
              </li>
            ))}
            {found.isSuccess && options.length === 0 && <li className="px-3 py-2 text-muted">Nothing found</li>}
          </ul>
        </span>
      )}
    </Field>
  )
}
