import { BacklogView } from '@slipway/domain'
import { expect, test } from 'vitest'
import { boardCards, filteredEpics, findItem, gapsOf, NO_FILTER, stepTo } from './backlog-rows.ts'
import { changesInWords } from './backlog-words.ts'

let ids = 0
const id = () => `01890000-0000-7000-8000-${String(++ids).padStart(12, '0')}`
const AT = '2026-11-21T10:00:00.000Z'
const item = (code: string, title: string, more: object = {}) => ({
  ...{ id: id(), code, key: code.toLowerCase(), title, description: '', effort: 'S', criteria: [], dependsOn: [], position: 1 },
  ...{ editedAt: null, archivedAt: null, createdAt: AT, startedAt: null, storyId: id(), epicId: id(), requirement: '', subtasks: [] },
  ...more,
})
// biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
const criterion = { given: 'a bike', when: 'it comes in', then: 'it is listed' }
const epic = (code: string, title: string, stories: object[], more: object = {}) =>
  item(code, title, { featureId: id(), requirements: [], stories, ...more })
const VIEW = BacklogView.parse({
  ...{ product: 'Workshop', featureId: id(), projectId: id(), hasSpec: true, cards: [], runs: [], eventId: 1 },
  epics: [
    epic('E1', 'Repairs', [
      item('S1', 'Take a bike in', { requirement: 'REQ-01', criteria: [criterion], subtasks: [item('ST1', 'Form')] }),
      item('S2', 'Give it back', { requirement: 'REQ-02', effort: 'L', startedAt: AT, editedAt: AT }),
      item('S3', 'Old', { archivedAt: AT }),
    ]),
    epic('E2', 'Customers', [item('S1', 'Points')]),
    epic('E3', 'Nothing yet', []),
  ],
  coverage: [
    { requirement: 'REQ-01', title: 'In', stories: ['E1S1'], plans: ['01-01'], isProved: true },
    { requirement: 'REQ-02', title: 'Out', stories: ['E1S2'], plans: [], isProved: false },
    { requirement: 'REQ-03', title: 'Pay', stories: [], plans: [], isProved: false },
  ],
})
const shown = (filter: object) =>
  filteredEpics(VIEW, { ...NO_FILTER, ...filter }).map((one) => [one.code, ...one.stories.map(({ code }) => code)].join(' '))

test('a filter leaves the stories that fit and the epics they stand in', () => {
  expect(shown({})).toEqual(['E1 S1 S2', 'E2 S1', 'E3'])
  expect(shown({ words: 'bike in' })).toEqual(['E1 S1'])
  expect(shown({ words: 'form' })).toEqual(['E1 S1'])
  expect(shown({ words: 'E2S1' })).toEqual(['E2 S1'])
  expect(shown({ words: 'nothing' })).toEqual(['E3'])
  expect(shown({ effort: 'L' })).toEqual(['E1 S2'])
  expect(shown({ show: 'weak' })).toEqual(['E1 S2', 'E2 S1'])
  expect(shown({ show: 'unplanned' })).toEqual(['E1 S2', 'E2 S1'])
  expect(shown({ show: 'edited' })).toEqual(['E1 S2'])
  expect(shown({ show: 'archived' })).toEqual(['E1 S3'])
})

test('an item is found by its whole code', () => {
  expect(findItem(VIEW, 'E1S1ST1')).toMatchObject({ level: 'subtask', item: { title: 'Form' } })
  expect(findItem(VIEW, 'E1S2')?.siblings.map(({ code }) => code)).toEqual(['S1', 'S2'])
  expect(findItem(VIEW, 'E9')).toBeUndefined()
})

test('gaps are requirements without a story, stories without a plan, and stories that serve nothing', () => {
  expect(gapsOf(VIEW)).toEqual({ withoutStory: ['REQ-03'], withoutPlan: ['E1S2', 'E2S1'], loose: ['E2S1'], provedCount: 1 })
})

test('a story stands where it was put, or where evidence puts it', () => {
  expect(boardCards(VIEW, NO_FILTER).map(({ epic, story, column }) => [epic.code + story.code, column])).toEqual([
    ['E1S1', 'proved'],
    ['E1S2', 'doing'],
    ['E2S1', 'todo'],
  ])
})

test('one step up or down, and none at the end', () => {
  const list = ['a', 'b', 'c']
  expect(stepTo(list, 'b', -1)).toEqual({ beforeId: 'a' })
  expect(stepTo(list, 'a', 1)).toEqual({ beforeId: 'c' })
  expect(stepTo(list, 'b', 1)).toEqual({ beforeId: null })
  expect(stepTo(list, 'c', 1)).toBeUndefined()
  expect(stepTo(list, 'a', -1)).toBeUndefined()
})

test('what a generation did is told without what it did not', () => {
  const counts = { created: 3, updated: 0, unchanged: 1, kept: 2, deleted: 0, archived: 0 }
  expect(
    changesInWords([
      { stage: 'GENERATE_EPICS', counts },
      { stage: 'ANALYZE_CARDS', counts },
    ]),
  ).toBe('3 new, 1 as before, 2 yours, kept')
})
