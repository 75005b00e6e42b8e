/** Reads a Python module by its lines: imports, top-level names, bodies that do nothing. Indentation is syntax, so lines suffice. */
import type { Span } from '../plan.ts'
import { blankSpans, withoutComments } from './languages.ts'
import type { Declaration, ModuleExport, ModuleFacts, ModuleImport } from './module-facts.ts'

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n]+))|import[ \t]+([^\n]+))/gm
const DECLARATION = /^([ \t]*)(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)/gm
const DOCSTRING = /(?<=^|:\s*\n|\n)[ \t]*(?:"""[\s\S]*?"""|'''[\s\S]*?''')[ \t]*(?=\r?\n|$)/g

/** Everything at the top level counts as exported, as Python does not hide it. */
export function readPython(text: string): ModuleFacts {
  const comments: Span[] = [...text.matchAll(DOCSTRING)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  const code = withoutComments(blankSpans(text, comments), 'python')
  const declarations = new Map<string, Declaration>()
  const members = new Map<string, number>()
  const exports: ModuleExport[] = []
  for (const match of code.matchAll(DECLARATION)) {
    const name = match[2] ?? (match[3] as string)
    const indent = match[1] ?? ''
    const end = match[2] ? blockEnd(code, match.index, indent.length) : code.indexOf('\n', match.index) + 1 || code.length
    const isClass = /\bclass\b/.test(match[0])
    const stub = match[2] && !isClass ? stubOf(code.slice(match.index, end), text.slice(match.index, end)) : null
    if (indent) {
      if (!members.has(name)) members.set(name, match.index)
      continue
    }
    if (!declarations.has(name)) declarations.set(name, { name, start: match.index, end, stub })
    exports.push({ name, local: name, from: null, at: match.index })
  }
  const imports = [...code.matchAll(IMPORT)].flatMap((match) => importsOf(match, code))
  for (const statement of imports) {
    for (const name of statement.names)
      exports.push({ name: name.local, local: name.imported, from: statement.specifier, at: statement.start })
  }
  return { imports, exports, declarations, members, freeNames: new Set(), comments, strings: [] }
}

function importsOf(match: RegExpExecArray, code: string): ModuleImport[] {
  const place = { start: match.index, end: match.index + match[0].length }
  const rest = code.slice(0, place.start) + code.slice(place.end)
  const named = (list: string, isModule: boolean) =>
    list.split(',').flatMap((part) => {
      const [, imported, alias] = /^\s*([\w.*]+)(?:\s+as\s+(\w+))?/.exec(part) ?? []
      if (!imported) return []
      const local = alias ?? (isModule ? (imported.split('.')[0] as string) : imported)
      return [{ imported, local, isUsed: imported === '*' || new RegExp(`(?<![\\w.])${local}\\b`).test(rest) }]
    })
  if (match[4] !== undefined) {
    return named(match[4], true).map((name) => ({
      ...place,
      kind: 'static',
      specifier: pathOf(name.imported),
      names: [{ ...name, imported: '*' }],
    }))
  }
  const module = match[1] as string
  const names = named(match[2] ?? match[3] ?? '', false)
  const whole: ModuleImport = { ...place, kind: 'static', specifier: pathOf(module), names }
  // `from app.routers import chat` may name a module of a package: that file is an import too.
  return [
    whole,
    ...names.map(
      (name): ModuleImport => ({
        ...place,
        kind: 'static',
        specifier: pathOf(`${module}${/\.$/.test(module) ? '' : '.'}${name.imported}`),
        names: [{ ...name, imported: '*' }],
      }),
    ),
  ]
}

/** `.chat` → `./chat`, `..db.user` → `../db/user`, `app.main` → `app/main`. */
function pathOf(module: string): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const path = module.slice(dots).replaceAll('.', '/')
  return dots === 0 ? path : `${dots === 1 ? './' : '../'.repeat(dots - 1)}${path}`
}

/** The end of the lines that are indented deeper than the one at `start`. */
function blockEnd(code: string, start: number, indent: number): number {
  let at = code.indexOf('\n', code.indexOf(':', start))
  while (at !== -1) {
    const next = code.indexOf('\n', at + 1)
    const line = code.slice(at + 1, next === -1 ? code.length : next)
    if (line.trim() && (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent && !/^[)\]}]/.test(line.trim())) return at
    at = next
  }
  return code.length
}

function stubOf(code: string, text: string): Declaration['stub'] {
  const body = code
    .slice(code.search(/:\s*(?:\n|$)|:\s+\S[^\n]*$/) + 1)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  if (body.length === 1 && /^raise NotImplementedError\b/.test(body[0] as string)) return 'unwritten'
  if (body.length === 0 || (body.length === 1 && /^(?:pass|\.\.\.|return(?: None)?)$/.test(body[0] as string)))
    return /\bTODO|FIXME\b/.test(text) ? 'unwritten' : 'hollow'
  return null
}
