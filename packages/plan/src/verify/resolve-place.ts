/** From what a plan calls a place (a path, a path with a remark, a glob, a folder, a component) to files of the tree. */
import { codeWords } from '../code-words.ts'
import { hasFileEnding } from '../file-endings.ts'
import { expandBraces, matchesGlob } from '../glob.ts'
import { fileAt } from './file-at.ts'
import type { TreeIndex } from './tree-index.ts'

export interface Place {
  readonly files: readonly string[]
  readonly how: 'path' | 'ending' | 'suffix' | 'folder' | 'glob' | 'moved' | 'name' | 'number'
  /** A name that the plan wrote behind the path: `src/a.ts:save`. */
  readonly symbol: string
}

/** Names that many files of one tree share by convention. */
const COMMON_NAMES =
  /^(?:index|page|layout|route|types?|utils?|config|constants?|main|app|server|client|schema|loading|error|readme|package|tsconfig|__init__|mod|styles?|globals?|store|api|test|setup|\+\w+)\./i

/** What a planner leaves open in a name: `00XX_users.sql`, `<timestamp>_users.sql`, `YYYYMMDDHHMMSS_users.sql`. */
const BLANK = /<[\w -]{2,30}>|\d*(?:X{2,}|N{2,}|#{2,})(?=[_.-])|Y{4}[\w-]*?(?=_)/g

const FILES_MAX = 60
const GLOB_LENGTH_MAX = 300
const PATH = /[\w@.~$[\](){}*+-]+(?:\/[\w@.~$[\](){}*+&-]+)+\/?|(?<![\w.])\.?[\w@$[\]-]+(?:\.[\w-]+)*\.[a-z]\w{0,9}(?![\w.])/gi

const PATH_FIRST = /^[`"']?((?:\.{0,2}\/)?[\w@.~$[\](){}*+-]+(?:\/[\w@.~$[\](){}*+&-]+)*\.\w{1,12})[`"']?(?=$|[\s:(#,])/

/** Whether the plan meant a file: then its absence is a fault, and not a matter of words. `Store.save` is a name in code. */
export function looksLikePath(text: string): boolean {
  const path = PATH_FIRST.exec(text.trim())?.[1]
  return path !== undefined && (path.includes('/') || path.startsWith('.') || hasFileEnding(path))
}

/**
 * Null when nothing of that name is there. The exact path is tried first, then ever looser readings.
 * @param preferred  where several files carry the name, one of these is meant
 */
export function resolvePlace(tree: TreeIndex, written: string, preferred: readonly string[] = []): Place | null {
  const text = clean(written)
  if (!text) return null
  const whole = resolveOne(tree, text, preferred)
  if (whole) return whole
  const parts = (text.match(PATH) ?? []).slice(0, 6).map(trimPath)
  const places = parts.flatMap((part) => resolveOne(tree, part, preferred) ?? [])
  const [first] = places
  if (!first) return looksLikePath(text) ? null : (byFileName(tree, text) ?? byDeclaration(tree, text, preferred))
  const after = text.slice(text.indexOf(parts[0] as string) + (parts[0] as string).length)
  const symbol = /^\s*(?::{1,2}|#|\s|\()\s*`?([A-Za-z_$][\w$]{2,})/.exec(after)?.[1] ?? ''
  return { files: [...new Set(places.flatMap((place) => place.files))], how: first.how, symbol }
}

const clean = (text: string) =>
  text
    .trim()
    .slice(0, 500)
    .replace(/^[`"']+|[`"']+$/g, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')

const trimPath = (path: string) =>
  path.replace(/[).,:;]+$/, (end) => (end.includes(')') && path.includes('(') ? end.replace(/[.,:;]+$/, '') : ''))

function resolveOne(tree: TreeIndex, path: string, preferred: readonly string[]): Place | null {
  const place = (files: readonly string[], how: Place['how']): Place => ({ files: files.slice(0, FILES_MAX), how, symbol: '' })
  if (tree.has(path)) return place([path], 'path')
  const open = path.replaceAll(BLANK, '*')
  if (open !== path) return resolveOne(tree, open, preferred)
  if (/[*{]/.test(path)) {
    const globs = expandBraces(path.slice(0, GLOB_LENGTH_MAX))
    const files = tree.paths.filter((candidate) => globs.some((glob) => matchesGlob(glob, candidate)))
    if (files.length || path.includes('*')) return files.length ? place(files, 'glob') : null
  }
  const folder = path.replace(/\/+$/, '')
  const inside = tree.below(folder)
  const index = fileAt(tree, folder)
  if (index && folder.includes('/')) return place([index], 'ending')
  if (inside.length && (folder.includes('/') || path.endsWith('/'))) return place(inside, 'folder')
  const bare = path.replace(/^(?:\/|~\/|@\/|\$)+/, '')
  const name = bare.split('/').at(-1) ?? ''
  if (!/\.\w+$/.test(name) && !bare.includes('/')) return null
  const moved =
    /\.\w+$/.test(name) && !COMMON_NAMES.test(name) && bare.includes('/')
      ? tree.named(name).filter((candidate) => candidate.split('/')[0] === bare.split('/')[0])
      : []
  if (moved.length === 1 && !tree.has(path)) return place(moved, 'moved')
  const stems = [name, ...['.ts', '.tsx', '.js', '.jsx'].map((ending) => name.replace(/\.\w+$/, '') + ending)]
  for (const stem of stems) {
    const ends = bare.slice(0, bare.length - name.length) + stem
    const matches = tree
      .named(stem)
      .filter((candidate) => candidate === ends || candidate.endsWith(`/${ends}`) || ends.endsWith(`/${candidate}`))
    const [only = ''] = matches.length > 1 ? matches.filter((candidate) => preferred.includes(candidate)) : matches
    if (only) return place([only], 'suffix')
  }
  const numbered = byNumber(tree, path)
  return numbered ? place([numbered], 'number') : null
}

/** A migration whose tool chose another number or another name: `0033_users.sql` for `0032_users.sql` or `0033_quick_owl.sql`. */
function byNumber(tree: TreeIndex, path: string): string | null {
  const [, folder = '', number = '', name = '', ending = ''] = /^(?:(.+)\/)?(\d{3,})[_-]([\w-]+)(\.\w+)$/.exec(path) ?? []
  if (!number) return null
  const beside = tree.below(folder).filter((candidate) => candidate.endsWith(ending) && !candidate.slice(folder.length + 1).includes('/'))
  const same = (part: RegExp) => beside.filter((candidate) => part.test(candidate.slice(folder.length + 1)))
  const found = [same(new RegExp(`^\\d{3,}[_-]${name}\\${ending}$`)), same(new RegExp(`^${number}[_-]`))].find(
    (files) => files.length === 1,
  )
  return found?.[0] ?? null
}

const CODE_ENDINGS = ['.tsx', '.ts', '.jsx', '.js', '.vue', '.svelte', '.py', '.swift', '.go', '.rs', '.kt', '.java', '.cs', '.dart', '.rb']
const NAMES = /\b(?:[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|use[A-Z]\w+|[a-z]+(?:[A-Z][a-z0-9]+){1,})\b/g
const DOTTED = /\b[A-Za-z_$][\w$-]*(?:\.[A-Za-z_$][\w$]*)+/g

/** `the SessionPlayer component`, `useAuth hook`, `users.service.save`: a file that carries exactly that name. */
function byFileName(tree: TreeIndex, text: string): Place | null {
  const dotted = (text.match(DOTTED) ?? []).map((chain) => chain.slice(0, chain.lastIndexOf('.')))
  for (const name of [...dotted, ...(text.match(NAMES) ?? [])].slice(0, 6)) {
    const kebab = name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
    const files = [...new Set([name, kebab])].flatMap((stem) => CODE_ENDINGS.flatMap((ending) => tree.named(stem + ending)))
    if (new Set(files).size === 1) return { files: files.slice(0, 1), how: 'name', symbol: name }
  }
  return null
}

/** `bgmRouter.create`, `sendNtfy`: the file among those of the plan that offers that name. */
function byDeclaration(tree: TreeIndex, text: string, preferred: readonly string[]): Place | null {
  const heads = (text.match(DOTTED) ?? []).map((chain) => chain.split('.')[0] as string)
  for (const name of [...heads, ...codeWords(text)].slice(0, 6)) {
    const files = preferred.filter((path) => tree.file(path)?.facts?.exports.some((entry) => entry.name === name && entry.from === null))
    if (files.length === 1) return { files, how: 'name', symbol: name }
  }
  return null
}
