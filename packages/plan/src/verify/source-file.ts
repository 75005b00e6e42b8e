/** A file of the tree as the rules see it: its text, its code without comments, and what a parser says of it. */
import { type SourceLines, sourceLines } from '../source-lines.ts'
import { blank, blankSpans, type Language, languageOf, withoutComments } from './languages.ts'
import type { ModuleFacts, ParseModule } from './module-facts.ts'
import { readPython } from './read-python.ts'

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly language: Language
  /** The text with comments blanked out; offsets and lines are those of the text. */
  readonly code: string
  /** The code without white space, semicolons, kinds of quotes and parentheses around elements: for quotations that were formatted since. */
  readonly tight: string
  /** Null for other languages, and where nothing could be parsed. */
  readonly facts: ModuleFacts | null
  readonly lines: SourceLines
}

const PARSED_LENGTH_MAX = 2_000_000

/** Everything past the text is made when it is first asked for. */
export function sourceFile(path: string, text: string, parseModule: ParseModule | undefined): SourceFile {
  const language = languageOf(path)
  const kept: { code?: string; tight?: string; facts?: ModuleFacts | null; lines?: SourceLines } = {}
  const facts = () => {
    if (kept.facts === undefined) kept.facts = text.length < PARSED_LENGTH_MAX ? parse(path, text, language, parseModule) : null
    return kept.facts
  }
  const code = () => {
    if (kept.code === undefined) {
      const comments = facts()?.comments
      const known = comments ? blankSpans(text, comments) : text
      kept.code = comments && language === 'module' ? known : withoutComments(known, language)
    }
    return kept.code
  }
  return {
    path,
    text,
    language,
    get code() {
      return code()
    },
    get tight() {
      kept.tight ??= tighten(code())
      return kept.tight
    },
    get facts() {
      return facts()
    },
    get lines() {
      kept.lines ??= sourceLines(text)
      return kept.lines
    },
  }
}

export const tighten = (text: string) =>
  text
    .replaceAll(/[\s;\\]+/g, '')
    .replaceAll(/["`]/g, "'")
    .replaceAll(/,(?=[)\]}])|\((?=<)/g, '')

function parse(path: string, text: string, language: Language, parseModule: ParseModule | undefined): ModuleFacts | null {
  if (language === 'python') return readPython(text)
  if (!parseModule) return null
  if (language === 'module' || language === 'go' || language === 'rust') return parseModule(path, text)
  if (!/\.(?:vue|svelte|astro)$/.test(path)) return null
  return parseModule(`${path}.ts`, scriptsOf(path, text))
}

/** The scripts of a component file at their own offsets, everything else blank. */
function scriptsOf(path: string, text: string): string {
  const isAstro = path.endsWith('.astro')
  const open = isAstro ? /^---\s*$/gm : /<script\b[^>]*>/g
  let result = ''
  let at = 0
  for (;;) {
    open.lastIndex = at
    const match = open.exec(text)
    if (!match) break
    const start = match.index + match[0].length
    const close = isAstro ? text.indexOf('\n---', start) : text.indexOf('</script>', start)
    const end = close === -1 ? text.length : close
    result += blank(text.slice(at, start)) + text.slice(start, end)
    at = end + (isAstro ? 4 : 0)
    if (isAstro || at >= text.length) break
  }
  return result + blank(text.slice(at))
}
