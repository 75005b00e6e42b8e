import { Question } from '@slipway/domain'
import { expect, test } from 'vitest'
import { chosenValues } from './new.ts'

const question = (isMultiple: boolean) =>
  Question.parse({
    id: 'sign-in',
    text: 'Who signs in?',
    options: [
      { value: 'nobody', label: 'Nobody' },
      { value: 'staff', label: 'Staff' },
      { value: 'everyone', label: 'Everyone' },
    ],
    defaults: ['nobody'],
    isMultiple,
  })

test('a number chooses by place', () => {
  expect(chosenValues(question(false), '2')).toEqual(['staff'])
})

test('several numbers choose several where several are allowed, else the first', () => {
  expect(chosenValues(question(true), '1, 3')).toEqual(['nobody', 'everyone'])
  expect(chosenValues(question(false), '1, 3')).toEqual(['nobody'])
})

test("what is no place in the list is the person's own answer", () => {
  expect(chosenValues(question(true), 'only the 2 owners')).toEqual(['only the 2 owners'])
  expect(chosenValues(question(false), '9')).toEqual(['9'])
})
