/** Looks for quoted text where it counts: code before strings, and never in a sentence that merely mentions a name. */
import { matchesOf, type TextMatch } from './match-text.ts'
import type { SourceFile } from './source-file.ts'

const MATCHES_MAX = 60

export interface Found extends TextMatch {
  /** The import statement that the whole match lies in. */
  readonly isInImport: boolean
}

/** The first match outside of imports, else the first within one. */
export function findText(file: SourceFile, wanted: string): Found | null {
  let inImport: Found | null = null
  let count = 0
  for (const match of matchesOf(file, wanted)) {
    if (++count > MATCHES_MAX) break
    if (isMention(file, match, wanted)) continue
    const isInImport =
      file.facts?.imports.some(
        (statement) => statement.kind === 'static' && match.start >= statement.start && match.end <= statement.end,
      ) ?? false
    if (!isInImport) return { ...match, isInImport }
    inImport ??= { ...match, isInImport }
  }
  return inImport
}

/** A name within a string of several words: a message about the thing, not the thing. */
function isMention(file: SourceFile, match: TextMatch, wanted: string): boolean {
  if (!file.facts || !/^[A-Za-z_$][\w$.]*$/.test(wanted)) return false
  const around = file.facts.strings.find((span) => span.start <= match.start && match.end <= span.end)
  if (!around) return false
  const text = file.text.slice(around.start, around.end)
  if (/\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|FROM|JOIN)\b/.test(text) || text.includes('/') || text.includes('\n')) return false
  return /[a-z.!?:] +[A-Za-z]|[A-Za-z] +[a-z]/.test(text) && /(?:[a-z][A-Z]|_|^[A-Z][a-z]+[A-Z])/.test(wanted)
}
