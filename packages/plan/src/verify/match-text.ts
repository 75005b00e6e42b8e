/** Finds what a plan quotes (a literal, alternatives, or a regular expression) in code, in bounded time. */
import { expressionMatches, TRIES_MAX } from './match-expression.ts'
import type { SourceFile } from './source-file.ts'
import { tighten } from './source-file.ts'

export interface TextMatch {
  readonly start: number
  readonly end: number
  readonly rule: 'literal' | 'expression' | 'alternative' | 'quotation' | 'any-case'
}

const SEARCHED_MAX = 1_000_000

/** All readings in turn, the strictest first; matches in comments do not exist, as `code` has none. */
export function* matchesOf(file: SourceFile, wanted: string): Generator<TextMatch> {
  yield* readingOf(file, wanted)
  if (/^[a-z]{5,}$/.test(wanted) || file.language === 'sql') {
    const start = wanted ? file.code.toLowerCase().indexOf(wanted.toLowerCase()) : -1
    if (start !== -1) yield { start, end: start + wanted.length, rule: 'any-case' }
  }
  const grep = wanted.replaceAll('\\|', '|')
  if (grep !== wanted) yield* readingOf(file, grep)
  const instance =
    file.language === 'java' ? wanted.replaceAll(/(?<![\w\\])[A-Z](?=[a-z]\w*[A-Z])/g, (letter) => letter.toLowerCase()) : wanted
  if (instance !== wanted) yield* readingOf(file, instance)
  const client =
    /^prisma(?=\\?\.)/.test(wanted) && file.language === 'module' ? wanted.replace(/^prisma/, '\\b(?:db|tx|trx|client)') : wanted
  if (client !== wanted)
    yield* readingOf(file, client.replaceAll(/(?<!\\)\.(?=[$a-zA-Z])/g, '\\.').replaceAll(/(?<!\\)\$(?=[a-zA-Z])/g, '\\$'))
  if (file.language === 'sql') yield* statementMatches(file.code.slice(0, SEARCHED_MAX), wanted)
  const once = wanted.replaceAll('\\\\', '\\')
  if (once !== wanted) yield* readingOf(file, once)
}

/** Plans also hold `a\|b` as grep writes it, and backslashes that were escaped once too often. */
function* readingOf(file: SourceFile, wanted: string): Generator<TextMatch> {
  const code = file.code.slice(0, SEARCHED_MAX)
  for (const start of allIndexes(code, wanted)) yield { start, end: start + wanted.length, rule: 'literal' }
  yield* expressionMatches(code, wanted, file.language === 'sql' ? 'gmi' : 'gm')
  for (const part of alternatives(wanted)) {
    for (const start of allIndexes(code, part)) yield { start, end: start + part.length, rule: 'alternative' }
  }
  const whole = tighten(wanted.replaceAll(/\\(.)/g, '$1'))
  const more = /^[^()]*\([^()]{3,}\)$/.test(whole) ? [`${whole.slice(0, -1)},`] : [] // the call may have further arguments
  for (const tight of whole.length >= 4 && /\W/.test(wanted) ? [whole, ...more] : []) {
    if (!file.tight.includes(tight)) continue
    const start = tightOffset(code, file.tight.indexOf(tight))
    yield { start, end: start + tight.length, rule: 'quotation' }
  }
}

/** `DROP CONSTRAINT a` as `drop constraint if exists "public"."a"`: the words of a statement in their order. */
function* statementMatches(code: string, wanted: string): Generator<TextMatch> {
  const words = wanted.trim().split(/\s+/)
  if (words.length < 2 || words.length > 12 || !/^[\w\s."`]+$/.test(wanted)) return
  const named = words.map(
    (word) => `["\`]?(?:\\w{1,63}["\`]?\\.["\`]?)?${word.replaceAll(/["`]/g, '').replaceAll('.', '["`]?\\.["`]?')}\\b`,
  )
  const statement = new RegExp(named.join('["`]?\\s+(?:(?:only|concurrently|if\\s+(?:not\\s+)?exists)\\s+)?'), 'gi')
  for (const match of code.matchAll(statement)) yield { start: match.index, end: match.index + match[0].length, rule: 'quotation' }
}

function* allIndexes(text: string, wanted: string): Generator<number> {
  if (!wanted) return
  let count = 0
  for (let at = text.indexOf(wanted); at !== -1 && count < TRIES_MAX; at = text.indexOf(wanted, at + 1), count++) {
    if (isWhole(text, at, wanted)) yield at
  }
}

/** A quoted name must not be a part of a longer one: `user` is not in `superuser`. */
function isWhole(text: string, at: number, wanted: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(wanted) || wanted.length > 40) return true
  const before = text[at - 1] ?? ' '
  const isPrefix = /^[a-z]/.test(wanted) ? /[A-Za-z0-9_$]/.test(before) : /[A-Z0-9_$]/.test(before)
  return !isPrefix
}

/** `a|b` and `a \|\| b` outside of any group; expressions have been tried before. */
function alternatives(wanted: string): string[] {
  const parts = wanted.split(/\s*\|{1,2}\s*|\s+(?:or|OR)\s+/)
  return parts.length > 1 && parts.every((part) => part.trim().length > 2) ? parts.map((part) => part.trim()) : []
}

/** Where in the code the character stands that `tighten` has put at that index. */
function tightOffset(code: string, tightIndex: number): number {
  let seen = 0
  let next: number | null = null
  for (let at = nextKept(code, -1); at < code.length; at = next) {
    next = nextKept(code, at)
    if (isDropped(code[at] as string, code[next] ?? '')) continue
    if (seen++ === tightIndex) return at
  }
  return 0
}

function nextKept(code: string, from: number): number {
  let at = from + 1
  while (at < code.length && /[\s;\\]/.test(code[at] as string)) at++
  return at
}

const isDropped = (character: string, next: string) => (character === ',' && /[)\]}]/.test(next)) || (character === '(' && next === '<')
