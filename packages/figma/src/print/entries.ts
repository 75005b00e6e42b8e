/** Phase 8: one entry of an object literal, as prettier breaks it. */

import { columnsOf } from './columns.ts'
import { stringLiteral } from './escape.ts'

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

const keyText = (key: string) => (IDENTIFIER.test(key) ? key : stringLiteral(key))

/** `key: value,` on one line, or the value on the next where it does not fit. */
export function entryLines(key: string, value: string, indent: string): readonly string[] {
  const name = keyText(key)
  const flat = `${indent}${name}: ${value},`
  return columnsOf(flat) <= 80 || name.length <= 2 ? [flat] : [`${indent}${name}:`, `${indent}  ${value},`]
}
