/** Reads Go and Rust modules from syntax trees of tree-sitter; the parsers themselves are given from outside. */
import type { Span } from './plan.ts'
import type { Declaration, ImportedName, ModuleExport, ModuleFacts, ModuleImport, ParseModule } from './verify/module-facts.ts'

/** What is asked of a node; offsets are UTF-16 units, as the web binding counts them. */
export interface SyntaxNode {
  readonly type: string
  readonly text: string
  readonly startIndex: number
  readonly endIndex: number
  readonly parent: SyntaxNode | null
  readonly namedChildren: readonly (SyntaxNode | null)[]
  childForFieldName(name: string): SyntaxNode | null
}

/** Gives the root node to a function, and frees the tree when that is done. */
export type ParseTree = <T>(text: string, read: (root: SyntaxNode) => T) => T | null

/** @param parsers  by file ending; a file of another ending gives null */
export function treeSitterParser(parsers: { readonly go?: ParseTree; readonly rs?: ParseTree }): ParseModule {
  return (path, text) => {
    const ending = path.split('.').at(-1)
    if (ending === 'go') return parsers.go?.(text, (root) => readModule(root, text, visitGo)) ?? null
    return ending === 'rs' ? (parsers.rs?.(text, (root) => readModule(root, text, visitRust)) ?? null) : null
  }
}

interface Seen {
  readonly text: string
  readonly imports: ModuleImport[]
  readonly exports: ModuleExport[]
  readonly declarations: Map<string, Declaration>
  readonly members: Map<string, number>
  readonly names: Set<string>
  readonly comments: Span[]
  readonly strings: Span[]
}

/** Walks with a stack of its own: source files may be nested deeper than the call stack. */
function readModule(root: SyntaxNode, text: string, visit: (node: SyntaxNode, seen: Seen) => void): ModuleFacts {
  const seen: Seen = {
    text,
    imports: [],
    exports: [],
    declarations: new Map(),
    members: new Map(),
    names: new Set(),
    comments: [],
    strings: [],
  }
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (/comment$/.test(node.type) && !node.text.startsWith('//go:')) seen.comments.push(spanOf(node))
    else if (/string_literal$/.test(node.type)) seen.strings.push({ start: node.startIndex + 1, end: node.endIndex - 1 })
    else if (/identifier$/.test(node.type) && node.namedChildren.length === 0) seen.names.add(node.text)
    visit(node, seen)
    for (const child of node.namedChildren.toReversed()) if (child) stack.push(child)
  }
  const { names, text: _, ...facts } = seen
  return { ...facts, freeNames: new Set([...names].filter((name) => !seen.declarations.has(name))) }
}

const spanOf = (node: SyntaxNode): Span => ({ start: node.startIndex, end: node.endIndex })

function declare(name: string, node: SyntaxNode, isExported: boolean, seen: Seen) {
  if (!seen.declarations.has(name)) seen.declarations.set(name, { name, ...spanOf(node), stub: stubOf(node) })
  if (isExported) seen.exports.push({ name, local: name, from: null, at: node.startIndex })
}

function stubOf(node: SyntaxNode): Declaration['stub'] {
  const body = /^(?:function|method)_/.test(node.type) ? node.childForFieldName('body') : null
  if (!body) return null
  const code = body.text
    .replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '')
    .slice(1, -1)
    .trim()
  if (/^(?:(?:todo|unimplemented)!\s*\([^()]*\)|panic!?\("[^"]*(?:not implemented|todo|unimplemented)[^"]*"\));?$/i.test(code))
    return 'unwritten'
  if (code === '' || code === 'return') return /\b(?:TODO|FIXME)\b/.test(body.text) ? 'unwritten' : 'hollow'
  return null
}

/** Within a package every name at the top level can be used, so all of them count as offered. */
function visitGo(node: SyntaxNode, seen: Seen) {
  const name = node.childForFieldName('name')
  if (node.type === 'import_spec') {
    const specifier = node.childForFieldName('path')?.text.slice(1, -1) ?? ''
    const local = name?.text ?? specifier.split('/').at(-1) ?? ''
    // A Go compiler refuses imports that are not used.
    seen.imports.push({ ...spanOf(node), kind: 'static', specifier, names: [{ imported: '*', local, isUsed: true }] })
  }
  if (node.type === 'method_declaration' || node.type === 'method_elem') note(name, seen)
  if (node.type === 'field_declaration') for (const child of node.namedChildren) if (child?.type === 'field_identifier') note(child, seen)
  if (name && ['function_declaration', 'type_spec', 'type_alias'].includes(node.type)) declare(name.text, node, true, seen)
  if (/^(?:const|var)_spec$/.test(node.type) && isTopLevelInGo(node)) {
    for (const child of node.namedChildren) if (child?.type === 'identifier') declare(child.text, node, true, seen)
  }
}

function note(name: SyntaxNode | null, seen: Seen) {
  if (name && !seen.members.has(name.text)) seen.members.set(name.text, name.startIndex)
}

function isTopLevelInGo(node: SyntaxNode): boolean {
  let above = node.parent
  while (above && /^(?:const|var)_(?:declaration|spec_list)$|_spec_list$/.test(above.type)) above = above.parent
  return above?.type === 'source_file'
}

const RUST_ITEMS = new Set([
  'function_item',
  'struct_item',
  'enum_item',
  'trait_item',
  'type_item',
  'const_item',
  'static_item',
  'union_item',
  'macro_definition',
])

function visitRust(node: SyntaxNode, seen: Seen) {
  const name = node.childForFieldName('name')
  const isPublic = node.namedChildren.some((child) => child?.type === 'visibility_modifier')
  if (node.type === 'mod_item' && name && !node.childForFieldName('body')) {
    seen.imports.push({ ...spanOf(node), kind: 'static', specifier: `self/${name.text}`, names: [] })
    if (isPublic) seen.exports.push({ name: name.text, local: name.text, from: null, at: node.startIndex })
  }
  if (node.type === 'use_declaration') useOf(node, isPublic, seen)
  if (/^(?:field_declaration|enum_variant|function_signature_item)$/.test(node.type)) note(name, seen)
  if (!name || !RUST_ITEMS.has(node.type)) return
  if (node.parent?.type === 'source_file' || node.parent?.parent?.type === 'mod_item')
    declare(name.text, node, isPublic || node.type === 'macro_definition', seen)
  else if (stubOf(node) === null) note(name, seen)
}

/** `use crate::db::{User, Row as R}` → one import per name, each with the path `crate/db/User`. */
function useOf(node: SyntaxNode, isPublic: boolean, seen: Seen) {
  const rest = seen.text.slice(0, node.startIndex) + seen.text.slice(node.endIndex)
  const argument = node.childForFieldName('argument')
  for (const { path, local } of argument ? usedPaths(argument, '') : []) {
    const imported = path.split('/').at(-1) as string
    const isUsed = isPublic || local === '*' || new RegExp(`(?<![\\w])${local}(?![\\w])`).test(rest)
    const name: ImportedName = { imported: imported === '*' ? '*' : imported, local, isUsed }
    seen.imports.push({ ...spanOf(node), kind: isPublic ? 're-export' : 'static', specifier: path, names: [name] })
    if (isPublic) seen.exports.push({ name: local, local: imported, from: path, at: node.startIndex })
  }
}

const USE_DEPTH_MAX = 20

function usedPaths(node: SyntaxNode, before: string, depth = 0): { path: string; local: string }[] {
  if (depth > USE_DEPTH_MAX) return []
  const join = (text: string) => [before, ...text.split('::')].filter(Boolean).join('/')
  if (node.type === 'use_list') return node.namedChildren.flatMap((child) => (child ? usedPaths(child, before, depth + 1) : []))
  if (node.type === 'scoped_use_list') {
    const list = node.childForFieldName('list')
    return list ? usedPaths(list, join(node.childForFieldName('path')?.text ?? ''), depth + 1) : []
  }
  if (node.type === 'use_as_clause') {
    const path = node.childForFieldName('path')?.text ?? ''
    return [{ path: path === 'self' ? before : join(path), local: node.childForFieldName('alias')?.text ?? '' }]
  }
  if (node.type === 'use_wildcard') return [{ path: `${join(node.text.replace(/::\*$/, ''))}/*`, local: '*' }]
  if (node.type === 'self') return [{ path: before, local: before.split('/').at(-1) as string }]
  const path = join(node.text)
  return [{ path, local: path.split('/').at(-1) as string }]
}
