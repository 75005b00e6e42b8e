import { expect, test } from 'vitest'
import type { Found } from './backlog-rows.ts'
import { draftOf, patchOf } from './item-draft.ts'

// biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
const criterion = { given: 'a bike', when: 'it comes in', then: 'it is listed' }
const story = { title: 'Take in', description: '', effort: 'S', criteria: [criterion], dependsOn: ['S1', 'S2'], requirement: 'REQ-01' }
const found = { level: 'story', item: story } as unknown as Found

test('nothing is sent of what was not changed, whatever the order of what it waits for', () => {
  expect(patchOf(found, draftOf(found))).toEqual({})
  expect(patchOf(found, { ...draftOf(found), dependsOn: ['S2', 'S1'], title: ' Take in ' })).toEqual({})
})

test('what was changed is sent, an empty criterion is not', () => {
  // biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
  const draft = { ...draftOf(found), effort: 'L' as const, requirement: '', criteria: [criterion, { given: '', when: ' ', then: '' }] }
  expect(patchOf(found, draft)).toEqual({ effort: 'L', requirement: '' })
  expect(patchOf(found, { ...draft, criteria: [] })).toMatchObject({ criteria: [] })
  expect(patchOf(found, { ...draftOf(found), title: '  ' })).toEqual({})
})
