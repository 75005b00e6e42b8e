/** A promise that is a list of names, `save, load, reset`: each of them must be there. */

import { codeWords } from '../code-words.ts'
import type { Finding } from './check-result.ts'
import { findText } from './find-text.ts'
import type { SourceFile } from './source-file.ts'

/** Null for what is no list. What is prose among the names says nothing. */
export function listed(wanted: string, file: SourceFile): Finding | null {
  const parts = wanted.split(/,\s+/)
  if (parts.length < 2 || parts.some((part) => part.length > 40 || /[(){};=<>]/.test(part))) return null
  const names = parts.flatMap((part) => (/\s/.test(part) ? (codeWords(part)[0] ?? []) : part))
  if (names.length === 0) return null
  const lacking = names.filter((name) => !findText(file, name))
  if (lacking.length) {
    const text = `${lacking.join(', ')} of "${wanted}" ${lacking.length === 1 ? 'is' : 'are'} not in its code.`
    return { status: 'violated', evidence: { rule: 'text', file: file.path, text } }
  }
  return { status: 'satisfied', evidence: { rule: 'text', file: file.path, text: `${names.join(', ')} are all in its code.` } }
}
