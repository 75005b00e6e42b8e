/** Narrows a list by choices, by yes or no, and by the records it refers to. */
import type { Choice } from '../../model/fields'
import { useList } from '../api/records'
import { Button } from '../ui/button'

interface FilterBase {
  /** Name in the address and in the API. */
  readonly name: string
  readonly label: string
}

export type Filter = FilterBase &
  (
    | { readonly kind: 'choice'; readonly choices: readonly Pick<Choice, 'value' | 'label'>[] }
    | { readonly kind: 'reference'; readonly resource: string; readonly titleOf: (item: never) => string }
  )

export const choiceFilter = (name: string, label: string, choices: readonly Choice[]): Filter => ({
  kind: 'choice',
  name,
  label,
  choices,
})

export const yesNoFilter = (name: string, label: string): Filter => ({
  kind: 'choice',
  name,
  label,
  choices: [
    { value: 'true', label: 'Yes' },
    { value: 'false', label: 'No' },
  ],
})

export const referenceFilter = <Item,>(
  name: string,
  label: string,
  resource: string,
  titleOf: (item: Item) => string,
): Filter => ({
  kind: 'reference',
  name,
  label,
  resource,
  titleOf,
})

interface Props {
  readonly filters: readonly Filter[]
  readonly params: URLSearchParams
  onChange(values: Readonly<Record<string, string | null>>): void
}

export function Filters({ filters, params, onChange }: Props) {
  const isActive = filters.some((filter) => params.has(filter.name))
  return (
    <>
      {filters.map((filter) => (
        <FilterSelect
          key={filter.name}
          filter={filter}
          value={params.get(filter.name) ?? ''}
          onChange={(value) => onChange({ [filter.name]: value || null })}
        />
      ))}
      {isActive && (
        <Button
          look="quiet"
          icon="x"
          onClick={() => onChange(Object.fromEntries(filters.map(({ name }) => [name, null])))}
        >
          Clear
        </Button>
      )}
    </>
  )
}

interface SelectProps<Kind extends Filter = Filter> {
  readonly filter: Kind
  readonly value: string
  onChange(value: string): void
}

function FilterSelect({ filter, value, onChange }: SelectProps) {
  return filter.kind === 'choice' ? (
    <Select label={filter.label} value={value} options={filter.choices} onChange={onChange} />
  ) : (
    <ReferenceSelect filter={filter} value={value} onChange={onChange} />
  )
}

function ReferenceSelect({ filter, value, onChange }: SelectProps<Extract<Filter, { kind: 'reference' }>>) {
  const list = useList<{ readonly id: number }>(filter.resource, 'size=100')
  const options = (list.data?.items ?? []).map((item) => ({
    value: String(item.id),
    label: filter.titleOf(item as never),
  }))
  return <Select label={filter.label} value={value} options={options} onChange={onChange} />
}

interface Options {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  onChange(value: string): void
}

function Select({ label, value, options, onChange }: Options) {
  return (
    <select
      aria-label={label}
      className={`control picker w-auto max-w-40 grow sm:grow-0 ${value ? 'border-primary font-medium' : ''}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
