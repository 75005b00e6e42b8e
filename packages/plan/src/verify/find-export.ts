/** Whether a module really offers a name: by its parsed exports, through modules that pass on, else by declaration syntax. */
import type { Finding } from './check-result.ts'
import { languageOf } from './languages.ts'
import type { ModuleResolver } from './resolve-module.ts'
import type { SourceFile } from './source-file.ts'
import type { TreeIndex } from './tree-index.ts'
import { placed } from './verification.ts'

const HTTP_METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/

export function findExport(written: string, files: readonly SourceFile[], tree: TreeIndex, modules: ModuleResolver): Finding {
  const name = nameIn(written)
  if (!name) return { status: 'undecided', evidence: { rule: 'export', text: `"${written}" names nothing that could be exported.` } }
  for (const file of files) {
    const finding = inFile(name, written, file, tree, modules) ?? routeOf(name, file)
    if (finding) return finding
  }
  const near = files.flatMap((file) => file.facts?.exports.map((entry) => entry.name) ?? []).filter((other) => other !== '*')
  const others = near.length ? ` It exports ${near.slice(0, 8).join(', ')}.` : ''
  return { status: 'violated', evidence: { rule: 'export', file: files[0]?.path ?? '', text: `${name} is not exported.${others}` } }
}

/** A verb of HTTP where routes are registered and not exported: `router.get(`, `@GetMapping`, `HandleFunc("GET /…"`. */
function routeOf(name: string, file: SourceFile): Finding | null {
  if (!HTTP_METHODS.test(name)) return null
  const word = name[0] + name.slice(1).toLowerCase()
  const registration = [
    `@(?:${word}Mapping|Http${word}|${word})\\b`,
    `\\bRequestMethod\\.${name}\\b`,
    `\\b(?:\\w*[rR]outer?|app|server|fastify|routes|group|mux|r|e)\\.(?:${name.toLowerCase()}|${name}|${word})\\(\\s*["'\`][/"'\`]`,
    `\\bHandle(?:Func)?\\(\\s*["\`]${name} /`,
  ].join('|')
  const match = new RegExp(registration).exec(file.code)
  if (!match) return null
  const place = placed(file, match.index, match.index + match[0].length)
  return { status: 'satisfied', evidence: { rule: 'route', ...place, text: `It registers a route for ${name}.` } }
}

/** `default`, `GET /api/x`, `type Foo`, `Foo (component)`, `class Foo.bar()`: the name. */
function nameIn(written: string): string {
  const text = written.replace(/^[`"']|[`"']$/g, '').trim()
  if (/^(?:export\s+)?default\b/.test(text)) return /default\s+(?:async\s+)?(?:function|class)?\s*([A-Z]\w*)/.exec(text)?.[1] ?? 'default'
  const plain = text.replace(/^(?:export|async|function|const|class|type|interface|enum|let|var|def|func|fn|pub|struct)\s+/gi, '')
  const again = plain.replace(/^(?:async|function|const|class|type|interface|enum|fn|struct)\s+/gi, '')
  return /^[A-Za-z_$][\w$]*/.exec(again)?.[0] ?? ''
}

function inFile(name: string, written: string, file: SourceFile, tree: TreeIndex, modules: ModuleResolver): Finding | null {
  const { facts } = file
  if (!facts) return bySyntax(name, file)
  const direct = facts.exports.find((entry) => entry.name === name || (entry.name === 'default' && entry.local === name))
  if (direct) {
    const declaration = facts.declarations.get(direct.local) ?? facts.declarations.get(name)
    const body = declaration ?? (name === 'default' ? facts.declarations.get('default') : undefined)
    const place = body ? placed(file, body.start, body.end) : placed(file, direct.at, direct.at + 1)
    if (body?.stub)
      return { status: 'violated', evidence: { rule: 'stub', ...place, text: `${name} is exported, but its body does nothing yet.` } }
    return { status: 'satisfied', evidence: { rule: 'export', ...place, text: `${name} is exported.` } }
  }
  const through = passedOn(name, file, tree, modules, 0)
  if (through) return { status: 'satisfied', evidence: { rule: 'export', file: file.path, text: `${name} is passed on from ${through}.` } }
  if (/\.(?:vue|svelte|astro)$/.test(file.path)) {
    const stem =
      file.path
        .split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') ?? ''
    if (name === 'default' || name === stem)
      return { status: 'satisfied', evidence: { rule: 'export', file: file.path, text: 'A component file exports its component.' } }
  }
  const member = facts.members.get(name)
  if (member !== undefined && facts.exports.length > 0 && !HTTP_METHODS.test(written.trim())) {
    return {
      status: 'satisfied',
      evidence: { rule: 'declaration', ...placed(file, member, member + 1), text: `${name} is a member of what the module exports.` },
    }
  }
  return null
}

function passedOn(name: string, file: SourceFile, tree: TreeIndex, modules: ModuleResolver, depth: number): string | null {
  if (depth > 4) return null
  for (const entry of file.facts?.exports ?? []) {
    if (entry.name !== '*' || entry.from === null) continue
    const path = modules.resolve(file.path, entry.from)
    const next = path ? tree.file(path) : undefined
    if (!next) continue
    if (next.facts ? next.facts.exports.some((other) => other.name === name) : bySyntax(name, next)) return next.path
    const further = passedOn(name, next, tree, modules, depth + 1)
    if (further) return further
  }
  return null
}

const SYNTAX: Readonly<Record<string, (name: string) => string>> = {
  python: (name) =>
    `^(?:async\\s+)?(?:def|class)\\s+${name}\\b|^${name}\\s*(?::[^=\\n]+)?=|^\\s+(?:async\\s+)?def\\s+${name}\\b|import\\s[^\\n]*\\b${name}\\b`,
  go: (name) => `^(?:func(?:\\s*\\([^)]*\\))?|type|var|const)\\s+${name}\\b|^\\s+${name}\\s`,
  rust: (name) => `\\bpub(?:\\([^)]*\\))?\\s+(?:async\\s+)?(?:fn|struct|enum|trait|const|static|type|mod|use)\\b[^\\n;{]*\\b${name}\\b`,
  swift: (name) => `\\b(?:func|class|struct|enum|protocol|actor|extension|var|let|typealias)\\s+${name}\\b`,
  java: (name) =>
    `\\b(?:fun|func|function|class|interface|object|enum|record|struct|protocol|trait|typealias|type|val|var|let|const|def|void|procedure)\\s+(?:<[^>\\n]{0,80}>\\s*)?(?:\\w+\\.)?${name}\\b|^\\s*(?:(?:public|protected|internal|static|final|override|suspend|async|virtual|abstract|synchronized)\\s+){1,5}[\\w<>\\[\\],.?]{1,80}\\s+${name}\\s*\\(`,
  css: (name) => `[.#-]${name}\\b`,
  shell: (name) => `^\\s*(?:function\\s+)?${name}\\b`,
}
const ANY = (name: string) =>
  `\\b(?:export|function|class|interface|const|let|var|type|enum|def|func|fn|struct|record|procedure|public|module\\.exports)\\b[^\\n]*\\b${name}\\b`

/** Without a parser: a declaration of the name, on the text without comments. */
function bySyntax(name: string, file: SourceFile): Finding | null {
  if (name === 'default') {
    const at = /\bexport\s+default\b|\bmodule\.exports\b/.exec(file.code)?.index ?? (/\.(?:vue|svelte)$/.test(file.path) ? 0 : -1)
    return at === -1
      ? null
      : { status: 'satisfied', evidence: { rule: 'export', ...placed(file, at, at + 1), text: 'It has a default export (by text).' } }
  }
  const language = languageOf(file.path)
  const match = new RegExp((SYNTAX[language] ?? ANY)(name.replaceAll('$', '\\$')), 'm').exec(file.code)
  if (!match) return null
  const place = placed(file, match.index, match.index + match[0].length)
  return {
    status: 'satisfied',
    evidence: { rule: 'declaration', ...place, text: `${name} is declared (read as text: no parser for ${language}).` },
  }
}
