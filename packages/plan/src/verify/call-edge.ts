/** A link between two names of code: what one declares, the other uses inside of its own declaration. */
import { codeWords } from '../code-words.ts'
import type { KeyLink } from '../plan.ts'
import type { Finding } from './check-result.ts'
import type { SourceFile } from './source-file.ts'
import { placed } from './verification.ts'

/** Null when the plan names no two names, or the first is declared in none of the files. */
export function callEdge({ from, to }: KeyLink, sources: readonly SourceFile[]): Finding | null {
  const targets = namesIn(to)
  for (const file of targets.length ? sources : []) {
    for (const caller of namesIn(from)) {
      const declaration = file.facts?.declarations.get(caller)
      if (!declaration || declaration.stub) continue
      const body = file.code.slice(declaration.start, declaration.end)
      for (const name of targets.filter((target) => target !== caller)) {
        const at = usesOf(body, name).find((offset) => !isInString(file, declaration.start + offset))
        if (at === undefined) continue
        const place = placed(file, declaration.start + at, declaration.start + at + name.length)
        return { status: 'satisfied', evidence: { rule: 'call-edge', ...place, text: `${caller} uses ${name}.` } }
      }
    }
  }
  return null
}

/** Names of code; of `store.save` its last part, as the first may be called otherwise where it is used. */
function namesIn(text: string): string[] {
  const dotted = [...text.matchAll(/\b[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*\.([A-Za-z_$][\w$]{2,})/g)].map((match) => match[1] as string)
  const called = [...text.matchAll(/\b([A-Za-z_$][\w$]{2,})\(/g)].map((match) => match[1] as string)
  return [...new Set([...dotted, ...called, ...codeWords(text)])].slice(0, 8)
}

const usesOf = (code: string, name: string) =>
  [...code.matchAll(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))].slice(0, 40).map((match) => match.index)

const isInString = (file: SourceFile, offset: number) =>
  file.facts?.strings.some((span) => span.start <= offset && offset < span.end) ?? false
