import { readFileSync } from 'node:fs'
import { BACKLOG_FORMATS, coverageOf, itemCode, Spec } from '@slipway/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { itemFaults } from '../agents/backlog-items.ts'
import { type BacklogIdea, builtInBacklog } from './built-in-backlog.ts'
import { csvCell, exportBacklog, githubIssues } from './export-backlog.ts'
import { type Merge, mergeItems, type StoredItem } from './merge-items.ts'

interface Content {
  readonly title: string
  readonly effort: string
}
type Row = StoredItem<Content> & { readonly number: number }

const row = (key: string, title: string, rest: Partial<Row> = {}): Row => ({
  id: `id-${key}-${title}`,
  key,
  content: { title, effort: 'M' },
  isEdited: false,
  isStarted: false,
  hasHistory: false,
  number: 1,
  ...rest,
})
const want = (key: string, title: string, effort = 'M') => ({ key, content: { title, effort } })

/** What storage does with a merge. */
function apply(rows: readonly Row[], { changes }: Merge<Content>): Row[] {
  const gone = new Set(changes.flatMap((change) => (change.kind === 'deleted' || change.kind === 'archived' ? [change.id] : [])))
  const fresh = changes.flatMap((change) =>
    change.kind === 'created'
      ? [row(change.key, change.content.title, { id: `new-${change.number}`, content: change.content, number: change.number })]
      : [],
  )
  const updates = new Map(changes.flatMap((change) => (change.kind === 'updated' ? [[change.id, change]] : [])))
  return [...rows.filter(({ id }) => !gone.has(id)).map((old) => ({ ...old, ...(updates.get(old.id) ?? {}), id: old.id })), ...fresh].map(
    ({ id, key, content, isEdited, isStarted, hasHistory, number }) => ({ id, key, content, isEdited, isStarted, hasHistory, number }),
  )
}

describe('a new generation', () => {
  test('creates, updates, leaves, keeps what people made, deletes, and archives what is referred to', () => {
    const stored = [
      row('same', 'Same'),
      row('changed', 'Changed'),
      row('edited', 'Edited by Ada', { isEdited: true }),
      row('old', 'Old'),
      row('ran', 'Ran', { hasHistory: true }),
      row('begun', 'Begun', { isStarted: true }),
      row('', 'Added by hand'),
    ]
    const { counts, changes, lastNumber } = mergeItems(
      stored,
      [want('same', 'Same'), want('changed', 'Changed', 'L'), want('edited', 'Edited'), want('fresh', 'Fresh')],
      9,
    )
    expect(counts).toEqual({ created: 1, updated: 1, unchanged: 1, kept: 3, deleted: 1, archived: 1 })
    expect(changes.find(({ kind }) => kind === 'created')).toMatchObject({ number: 10 })
    expect(lastNumber).toBe(10)
  })

  test('finds an item under another key by its title', () => {
    expect(mergeItems([row('book-table', 'Book a table')], [want('booking', 'The book a table!')].slice(0, 0), 1).counts.deleted).toBe(1)
    expect(mergeItems([row('book-table', 'Book a table')], [want('booking', 'BOOK A TABLE')], 1).counts).toMatchObject({
      created: 0,
      updated: 1,
      deleted: 0,
    })
  })

  test('what was archived comes back when it is wanted again, but not what a person put away', () => {
    const stored = [row('gone', 'Gone', { isArchived: true }), row('away', 'Away', { isArchived: true, isEdited: true })]
    const both = mergeItems(stored, [want('gone', 'Gone'), want('away', 'Away', 'L')], 2)
    expect(both.changes.map(({ kind }) => kind)).toEqual(['updated', 'kept'])
    expect(mergeItems(stored, [], 2).changes).toEqual([])
  })

  test('a parent of something that a person changed is updated, and never goes', () => {
    const stored = [row('a', 'A', { holdsEdits: true, hasHistory: true }), row('b', 'B', { holdsEdits: true })]
    expect(mergeItems(stored, [want('a', 'A', 'XL')], 2).changes.map(({ kind }) => kind)).toEqual(['updated', 'kept'])
  })

  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const wantedList = fc.uniqueArray(
    fc.record({ key, title: fc.constantFrom('One', 'Two', 'Three', 'Four', 'Five'), effort: fc.constantFrom('S', 'M') }),
    { selector: (item) => item.key, maxLength: 6 },
  )

  test('merged again changes nothing, never gives a number twice, never touches what people made', () => {
    fc.assert(
      fc.property(fc.array(wantedList, { maxLength: 6 }), fc.array(fc.nat({ max: 20 }), { maxLength: 6 }), (generations, edited) => {
        let rows: Row[] = []
        let last = 0
        const given: number[] = []
        for (const [turn, generation] of generations.entries()) {
          const wanted = generation.map((item) => want(item.key, item.title, item.effort))
          rows = rows.map((old, index) =>
            edited[turn] === index ? { ...old, isEdited: true, content: { ...old.content, effort: 'by hand' } } : old,
          )
          const byHand = rows.filter(({ isEdited }) => isEdited)
          const merge = mergeItems(rows, wanted, last)
          given.push(...merge.changes.flatMap((change) => (change.kind === 'created' ? [change.number] : [])))
          rows = apply(rows, merge)
          last = merge.lastNumber
          for (const old of byHand) expect(rows).toContainEqual(old)
          const again = mergeItems(rows, wanted, last)
          expect(again.counts).toMatchObject({ created: 0, updated: 0, deleted: 0, archived: 0 })
        }
        expect(new Set(given).size).toBe(given.length)
      }),
    )
  })

  test('codes are short and tell their level', () => {
    expect([itemCode('epic', 1), itemCode('story', 2), itemCode('subtask', 13)]).toEqual(['E1', 'S2', 'ST13'])
  })
})

const sample = JSON.parse(readFileSync(new URL('../agents/samples/tables.json', import.meta.url), 'utf8')) as {
  spec: { blueprint: object; requirements: object[] }
}
const first = sample.spec.requirements[0] as object
const SPEC = Spec.parse({
  ...sample.spec,
  blueprint: { ...sample.spec.blueprint, roles: [] },
  requirements: [
    first,
    { ...first, id: 'REQ-02', title: '=cmd|calc', text: 'It works in the dark, "always"\nand everywhere.', delivery: 'model' },
    { ...first, id: 'REQ-03', title: 'Pay by card', text: 'Card payments.', delivery: 'later' },
  ],
})

const fromSpec = (ideas: readonly BacklogIdea[] = []) => builtInBacklog({ product: SPEC.blueprint.appName, spec: SPEC, ideas })

describe('without a model', () => {
  const backlog = fromSpec()

  test('every requirement has a story, in the epic of the thing it is about', () => {
    const coverage = coverageOf(SPEC.requirements, backlog.epics, [{ name: '01-01', requirements: ['REQ-02'] }], new Set(['REQ-02']))
    expect(coverage.map(({ stories }) => stories.length)).toEqual([1, 1, 1])
    expect(coverage.filter(({ isProved }) => isProved).map(({ requirement }) => requirement)).toEqual(['REQ-02'])
    expect(coverage.filter(({ plans }) => plans.length === 0).map(({ requirement }) => requirement)).toEqual(['REQ-01', 'REQ-03'])
    expect(backlog.epics.map(({ title, requirements }) => [title, requirements])).toEqual([
      ['Tables as a whole', ['REQ-02', 'REQ-03']],
      ['Bookings', ['REQ-01']],
    ])
  })

  test('what is compiled is proved, what is not is built, what comes later waits', () => {
    const subtasks = new Map(
      backlog.epics.flatMap(({ stories }) => stories.map((story) => [story.requirement, story.subtasks.map((subtask) => subtask.key)])),
    )
    expect(subtasks.get('REQ-01')).toEqual(['proof'])
    expect(subtasks.get('REQ-02')).toEqual(['server', 'page', 'tests', 'proof'])
    expect(subtasks.get('REQ-03')).toEqual([])
  })

  test('it passes the checks that a model’s answer has to pass, and is the same every time', () => {
    const withKeys = (items: readonly { code: string; key: string; title: string; dependsOn: readonly string[] }[]) =>
      items.map((item) => ({ ...item, dependsOn: item.dependsOn.map((code) => items.find((other) => other.code === code)?.key ?? code) }))
    for (const items of [
      backlog.epics,
      ...backlog.epics.map(({ stories }) => stories),
      ...backlog.epics.flatMap(({ stories }) => stories.map(({ subtasks }) => subtasks)),
    ])
      expect(itemFaults(withKeys(items))).toEqual([])
    expect(fromSpec()).toEqual(backlog)
  })
})

describe('ideas of cards', () => {
  const idea = (title: string): BacklogIdea => ({ title, text: 'Said on a card.', effort: 'S' })

  test('stand with the thing they are about, or by themselves; a requirement’s own title adds nothing', () => {
    const { epics } = fromSpec([idea('Remind guests of their booking'), idea('Dark mode'), idea('dark   MODE'), idea('Pay by card!')])
    const added = epics.flatMap(({ key, stories }) =>
      stories.filter(({ requirement }) => requirement === '').map((story) => [key, story.key, story.subtasks.length > 0]),
    )
    expect(added).toEqual([
      ['booking', 'card-remind-guests-their-booking', true],
      ['ideas', 'card-dark-mode', true],
    ])
  })

  test('are a backlog of their own before there is a spec', () => {
    const { epics } = builtInBacklog({ product: 'Tables', spec: null, ideas: [idea('Dark mode'), idea('Export')] })
    expect(epics.map(({ code, key, stories }) => [code, key, stories.map(({ title }) => title)])).toEqual([
      ['E1', 'ideas', ['Dark mode', 'Export']],
    ])
    expect(builtInBacklog({ product: 'Tables', spec: null, ideas: [] }).epics).toEqual([])
  })
})

describe('an export', () => {
  const backlog = fromSpec()

  test.each(BACKLOG_FORMATS)('as %s names every item', (format) => {
    const { text } = exportBacklog(backlog, format)
    for (const epic of backlog.epics) for (const { title } of [epic, ...epic.stories]) expect(text).toContain(title)
  })

  test('Jira: parents stand before children and are named by id', () => {
    const rows = readCsv(exportBacklog(backlog, 'jira-csv').text)
    expect(rows[0]).toEqual(['Issue Type', 'Issue ID', 'Summary', 'Description', 'Parent', 'Labels'])
    const seen = new Set<string>([''])
    for (const [, id, , , parent] of rows.slice(1)) {
      expect(seen).toContain(parent)
      seen.add(id as string)
    }
    expect(rows.map(([type]) => type)).toEqual(expect.arrayContaining(['Epic', 'Story', 'Sub-task']))
  })

  test('a cell that a spreadsheet would run is text', () => {
    const rows = readCsv(exportBacklog(backlog, 'jira-csv').text)
    expect(rows.map(([, , summary]) => summary)).toContain("'=cmd|calc")
    fc.assert(
      fc.property(fc.string(), (value) => {
        const [[cell]] = readCsv(`${csvCell(value)}\r\n`) as [[string]]
        expect([value, `'${value}`]).toContain(cell)
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
      }),
    )
  })

  test('GitHub: at most 100 sub-issues per issue, blocked by their siblings', () => {
    const [epic] = backlog.epics
    const stories = Array.from({ length: 120 }, (_, index) => ({
      ...(epic?.stories[0] as (typeof backlog.epics)[0]['stories'][0]),
      code: `S${index + 1}`,
      subtasks: [],
      dependsOn: index ? ['S1'] : [],
    }))
    const issues = githubIssues({ ...backlog, epics: [{ ...(epic as (typeof backlog.epics)[0]), stories }] })
    expect(issues.filter(({ parent }) => parent === 'E1')).toHaveLength(100)
    expect(issues.at(-1)).toMatchObject({ parent: '', blockedBy: ['E1S1'], body: expect.stringContaining('Part of E1') })
  })
})

/** RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (const [, quoted, plain, end] of text.matchAll(cells)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
