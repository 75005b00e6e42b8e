/** Small readers for the untyped values of a decoded message. */
import type { KiwiFields } from './decode.ts'

export const fieldsOf = (value: unknown): KiwiFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as KiwiFields) : {}
export const isPresent = (value: unknown): value is KiwiFields => typeof value === 'object' && value !== null && !Array.isArray(value)
export const listOf = (value: unknown): readonly KiwiFields[] => (Array.isArray(value) ? (value as unknown[]).filter(isPresent) : [])
export const numbersOf = (value: unknown): readonly number[] =>
  Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === 'number') : []
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `1:2`, or undefined where there is no id; Figma writes "none" as the largest numbers. */
export function guidOf(value: unknown): string | undefined {
  const { sessionID, localID } = fieldsOf(value)
  if (typeof sessionID !== 'number' || typeof localID !== 'number' || sessionID === 0xffffffff) return undefined
  return `${sessionID}:${localID}`
}

/** Leaves out what is undefined, so that an absent field stays absent. */
export function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Looks a word up; unknown ones become undefined. */
export const word =
  (words: Readonly<Record<string, string>>) =>
  (value: unknown): string | undefined =>
    typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined
