/** The kinds of values that fields hold. Forms and the API check with the same schemas. */
import { z } from 'zod'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly tone: Tone
}

/** Another record, as shown where it is referred to. */
export interface Named {
  readonly id: number
  readonly title: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly total: number
  readonly page: number
  readonly size: number
}

const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() || null : value)
const asNumber = (value: unknown) =>
  typeof value === 'string' && value.trim() ? Number(value.replace(',', '.')) : trimmed(value)

/** Says that a value is missing where it is, and what is wrong with it otherwise. */
const orMissing = (message: string) => ({
  error: (issue: { input?: unknown }) => (issue.input == null ? 'Please fill this in.' : message),
})

interface Range {
  readonly min?: number
  readonly max?: number
}

function inRange(schema: z.ZodNumber, { min, max }: Range) {
  const above = min === undefined ? schema : schema.min(min, `Must be ${min} or more.`)
  return max === undefined ? above : above.max(max, `Must be ${max} or less.`)
}

const string = (message: string) => z.string(orMissing(message))

export const text = ({ max = 200 } = {}) =>
  z.preprocess(trimmed, string('Must be text.').max(max, `At most ${max} characters.`))
export const email = () =>
  z.preprocess(trimmed, z.email(orMissing('Must be an e-mail address, like name@example.com.')).max(200))
export const phone = () =>
  z.preprocess(
    trimmed,
    string('Must be text.').regex(/^\+?[\d\s()./-]{5,30}$/, 'Must be a phone number, like +44 20 7946 0018.'),
  )
export const url = () =>
  z.preprocess(
    trimmed,
    z.url({ protocol: /^https?$/, ...orMissing('Must be a link that begins with https://.') }).max(2000),
  )
export const image = () =>
  z.preprocess(
    trimmed,
    string('Must be text.')
      .max(2000)
      .regex(/^(https?:\/\/|\/(?!\/))\S+$/, 'Must be the address of an image, like https://example.com/photo.jpg.'),
  )
export const colour = () =>
  z.preprocess(trimmed, string('Must be text.').regex(/^#[0-9a-f]{6}$/i, 'Must be a colour, like #4f7a5b.'))
export const integer = (range: Range = {}) =>
  z.preprocess(
    asNumber,
    inRange(
      z.number(orMissing('Must be a number.')).int('Must be a whole number.').gte(-2_147_483_648).lte(2_147_483_647),
      range,
    ),
  )
export const decimal = (range: Range = {}) =>
  z.preprocess(asNumber, inRange(z.number(orMissing('Must be a number.')), range))
export const money = (range: Range = {}) =>
  z.preprocess(
    asNumber,
    inRange(z.number(orMissing('Must be an amount, like 24.50.')).gte(-9_999_999_999).lte(9_999_999_999), range).refine(
      (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
      'At most two digits after the point.',
    ),
  )
export const rating = ({ max = 5 } = {}) => integer({ min: 1, max })
export const boolean = () => z.preprocess((value) => value ?? false, z.boolean('Must be yes or no.'))
export const date = () => z.preprocess(trimmed, z.iso.date(orMissing('Must be a date.')))
export const time = () =>
  z.preprocess(trimmed, string('Must be a time.').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time, like 14:30.'))
export const dateTime = () =>
  z.preprocess(trimmed, z.iso.datetime({ local: true, precision: -1, ...orMissing('Must be a date and a time.') }))
export const choice = <const Choices extends readonly Choice[]>(choices: Choices) =>
  z.preprocess(
    trimmed,
    z.enum(choices.map(({ value }) => value) as [Choices[number]['value']], orMissing('Must be one of the choices.')),
  )
export const reference = () =>
  z.preprocess(asNumber, z.number(orMissing('Must be a record of the list.')).int().positive().max(2_147_483_647))

/** Makes a field optional: what is left empty is stored as null. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullish())

export const labelOf = (choices: readonly Choice[], value: string | null | undefined) =>
  choices.find((choice) => choice.value === value)?.label ?? ''
