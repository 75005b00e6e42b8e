/** Reads single values out of JSON that may hold anything. */

export type Json = Readonly<Record<string, unknown>>

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const objectsOf = (value: unknown): readonly Json[] => listOf(value).filter(isJson)

export const textOf = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback)

const NUMBER_MAX = 1e7

/** A finite number within what a page can show, or the fallback. */
export const numberOf = (value: unknown, fallback = 0): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(-NUMBER_MAX, Math.min(NUMBER_MAX, value)) : fallback

export const optionalNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= NUMBER_MAX ? value : undefined

/** The value when it is one of the names, else the fallback. */
export const oneOf = <T extends string>(value: unknown, names: readonly T[], fallback: T): T =>
  names.includes(value as T) ? (value as T) : fallback

/** What a table of ours says of a word of theirs; words such as "constructor" say nothing. */
export const wordIn = <T>(table: Readonly<Record<string, T>>, word: unknown): T | undefined =>
  typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined

export const share = (value: number): number => Math.max(0, Math.min(1, value))
