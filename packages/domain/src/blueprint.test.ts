import { expect, test } from 'vitest'
import { Blueprint } from './index.ts'

const blueprint = {
  version: 1,
  appName: 'Bike Workshop',
  capabilities: ['browse', 'edit'],
  roles: [{ name: 'mechanic', label: 'Mechanic' }],
  entities: [
    {
      name: 'customer',
      label: 'Customer',
      labelPlural: 'Customers',
      titleField: 'name',
      fields: [{ name: 'name', label: 'Name', type: 'text' }],
    },
    {
      name: 'repair',
      label: 'Repair',
      labelPlural: 'Repairs',
      titleField: 'title',
      fields: [
        { name: 'title', label: 'Title', type: 'text' },
        { name: 'customer', label: 'Customer', type: 'reference', to: 'customer' },
        {
          name: 'state',
          label: 'State',
          type: 'choice',
          choices: [
            { value: 'open', label: 'Open' },
            { value: 'done', label: 'Done' },
          ],
        },
      ],
      workflow: { field: 'state', moves: [{ from: 'open', to: 'done', label: 'Finish', roles: ['mechanic'] }] },
    },
  ],
  pages: [{ kind: 'list', name: 'repairs', title: 'Repairs', entity: 'repair' }],
  theme: { background: '#ffffff', primary: '#1d4ed8' },
} as const

const faultsOf = (value: unknown) => Blueprint.safeParse(value).error?.issues.map((issue) => issue.message) ?? []
const changed = (change: (copy: Record<string, never>) => void) => {
  const copy = JSON.parse(JSON.stringify(blueprint))
  change(copy)
  return copy
}

test('a whole blueprint is accepted and its defaults are filled in', () => {
  const parsed = Blueprint.parse(blueprint)
  expect(parsed.currency).toBe('USD')
  expect(parsed.entities[0]?.access.read).toEqual(['everyone'])
})

test.each<[string, (copy: never) => void, string]>([
  [
    'a reference to an entity that is not there',
    (b: typeof blueprint) => Object.assign(b.entities[1].fields[1], { to: 'client' }),
    '"customer" must refer',
  ],
  ['a title field that is not there', (b: typeof blueprint) => Object.assign(b.entities[0], { titleField: 'label' }), 'titleField "label"'],
  ['a choice without choices', (b: typeof blueprint) => Object.assign(b.entities[1].fields[2], { choices: [] }), '"state" needs choices'],
  [
    'a move to a value that is not there',
    (b: typeof blueprint) => Object.assign(b.entities[1].workflow.moves[0], { to: 'gone' }),
    'the move "Finish"',
  ],
  ['the same page twice', (b: { pages: unknown[] }) => b.pages.push(b.pages[0]), '"repairs" is used twice'],
  ['a page for an entity that is not there', (b: typeof blueprint) => Object.assign(b.pages[0], { entity: 'part' }), 'shows "part"'],
])('%s is refused with words that name it', (_, change, words) => {
  expect(faultsOf(changed(change as never)).join('\n')).toContain(words)
})
