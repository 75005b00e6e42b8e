/** What a revision changed, in one sentence of a conversation. */
import type { DocumentChange } from '@slipway/domain'

const NAMED_MAX = 12
const PARTS_MAX = 4

/** "REQ-07 added, REQ-02 changed; Bikes: Field Frame number added." */
export function sayChanges(changes: readonly DocumentChange[]): string {
  const told = changes.filter(({ section }) => section === 'requirement' || section === 'plan')
  const others = changes.filter((change) => !told.includes(change))
  const named = told.map(({ name, title, kind }) => (kind === 'added' ? `${name} added ("${title}")` : `${name} ${kind}`))
  return [listed(named), ...others.map(sayOther)].filter(Boolean).join('; ') || 'only example records changed'
}

/** Example records follow from everything else: nobody asked for their change. */
function sayOther({ section, kind, name, parts }: DocumentChange): string {
  if (section === 'summary') return 'the summary changed'
  if (kind !== 'changed') return `${section} "${name}" ${kind}`
  const said = parts
    .filter((part) => !part.name.startsWith('Example '))
    .map((part) => `${part.name.toLowerCase()} ${part.before === '' ? 'added' : part.after === '' ? 'removed' : 'changed'}`)
  return said.length ? `${name}: ${listed(said, PARTS_MAX)}` : ''
}

const listed = (items: readonly string[], max = NAMED_MAX) =>
  items.length > max ? `${items.slice(0, max).join(', ')} and ${items.length - max} more` : items.join(', ')
