import { expect, test } from 'vitest'
import { ERRORS, failure, isFailure } from './index.ts'

test('a failure names the value and keeps its cause', () => {
  const cause = new Error('socket closed')
  const error = failure('NOT_FOUND', { thing: 'job', id: '7' }, cause)
  expect(error.message).toBe('There is no job 7. It may have been deleted.')
  expect(error.cause).toBe(cause)
  expect(isFailure(error, 'NOT_FOUND')).toBe(true)
  expect(isFailure(error, 'MOVED_ON')).toBe(false)
  expect(isFailure(cause)).toBe(false)
})

test('codes are SCREAMING_CASE, so that they read as codes in a log', () => {
  for (const code of Object.keys(ERRORS)) expect(code).toMatch(/^[A-Z][A-Z_]+$/)
})
