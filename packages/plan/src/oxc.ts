/** Reads JavaScript and TypeScript modules with oxc, a native parser; kept apart so that browsers never load it. */
import { type EcmaScriptModule, parseSync } from 'oxc-parser'
import type { Span } from './plan.ts'
import type { Declaration, ImportedName, ModuleExport, ModuleFacts, ModuleImport, ParseModule } from './verify/module-facts.ts'

interface Node extends Span {
  readonly type: string
  readonly [key: string]: unknown
}

/** Give it to `verifyPlan`. Null for other languages. Files with syntax errors are read as far as the parser recovers; else the answer is null. */
export const parseWithOxc: ParseModule = (path, text) => {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return null
  const name = /\.(?:[cm]?ts|tsx)$/.test(path) ? path : path.replace(/\.(?:[cm]?js|jsx)$/, '.jsx')
  let result = parseSync(name, text, { preserveParens: false })
  if (result.errors.length && !name.endsWith('x')) {
    const again = parseSync(name.replace(/\.[cm]?ts$/, '.tsx'), text, { preserveParens: false })
    if (!again.errors.length) result = again
  }
  const program = result.program as unknown as Node
  if (result.errors.length && (program.body as unknown[]).length === 0) return null
  const seen = walk(program, text)
  return {
    imports: importsOf(result.module, seen, text),
    exports: exportsOf(result.module, seen),
    declarations: seen.declarations,
    members: seen.members,
    freeNames: new Set([...seen.references].filter((reference) => !seen.declared.has(reference))),
    // `/// <reference …>` and `#!…` are instructions, not remarks.
    comments: result.comments.flatMap(({ start, end, value }) => (/^(?:\/\s*<|!)/.test(value) ? [] : [{ start, end }])),
    strings: seen.strings,
  } satisfies ModuleFacts
}

interface Seen {
  readonly declarations: Map<string, Declaration>
  readonly declared: Set<string>
  readonly members: Map<string, number>
  readonly references: Set<string>
  readonly strings: Span[]
  readonly requires: ModuleImport[]
  readonly commonExports: ModuleExport[]
}

/** Walks with a stack of its own: source files may be nested deeper than the call stack. */
function walk(program: Node, text: string): Seen {
  const seen: Seen = {
    declarations: new Map(),
    declared: new Set(),
    members: new Map(),
    references: new Set(),
    strings: [],
    requires: [],
    commonExports: [],
  }
  const stack: { node: Node; parent: Node | null; key: string }[] = [{ node: program, parent: null, key: '' }]
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    visit(entry.node, entry.parent, entry.key, seen, text)
    if (entry.node.type === 'ImportDeclaration' || (entry.node.type === 'ExportNamedDeclaration' && entry.node.source)) continue
    for (const key of Object.keys(entry.node)) {
      const value = entry.node[key]
      if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) push(stack, value[at], entry.node, key)
      else push(stack, value, entry.node, key)
    }
  }
  return seen
}

function push(stack: { node: Node; parent: Node | null; key: string }[], value: unknown, parent: Node, key: string) {
  if (typeof value === 'object' && value !== null && typeof (value as Node).type === 'string')
    stack.push({ node: value as Node, parent, key })
}

const DECLARING = new Set([
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSEnumDeclaration',
  'TSModuleDeclaration',
  'TSDeclareFunction',
])

function visit(node: Node, parent: Node | null, key: string, seen: Seen, text: string) {
  if (DECLARING.has(node.type)) declare(seen, nameOf(node.id), node, stubOf(node, text))
  switch (node.type) {
    case 'VariableDeclarator':
      declare(seen, nameOf(node.id), node, stubOf(node.init as Node | null, text))
      return
    case 'ImportDeclaration':
      for (const specifier of node.specifiers as Node[]) seen.declared.add(nameOf(specifier.local))
      return
    case 'Identifier':
    case 'JSXIdentifier':
      return identify(node, parent, key, seen)
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature': {
      const name = nameOf(node.key)
      if (name && node.computed !== true && !seen.members.has(name)) seen.members.set(name, node.start)
      return
    }
    case 'ObjectPattern':
      return bindPattern(node, seen)
    case 'ExportDefaultDeclaration':
      return declareDefault(node.declaration as Node, seen, text)
    case 'Literal':
      if (typeof node.value === 'string' && !/^(?:Import|Export)/.test(parent?.type ?? ''))
        seen.strings.push({ start: node.start, end: node.end })
      return
    case 'TemplateElement':
    case 'JSXText':
      seen.strings.push({ start: node.start, end: node.end })
      return
    case 'CallExpression':
      if (nameOf(node.callee) === 'require') requireOf(node, parent, seen)
      return
    case 'AssignmentExpression':
      return commonExport(node, seen)
  }
}

/** `export default function () {}` declares no name, and may be a stub all the same. */
function declareDefault(node: Node, seen: Seen, text: string) {
  if (!nameOf(node.id)) seen.declarations.set('default', { name: 'default', start: node.start, end: node.end, stub: stubOf(node, text) })
}

function declare(seen: Seen, name: string, node: Node, stub: Declaration['stub']) {
  if (!name) return
  seen.declared.add(name)
  if (!seen.declarations.has(name)) seen.declarations.set(name, { name, start: node.start, end: node.end, stub })
}

/** Where an identifier names something new, where it is a mere key, and where it refers. */
function identify(node: Node, parent: Node | null, key: string, seen: Seen) {
  const type = parent?.type ?? ''
  const isKey = (key === 'key' || key === 'property') && parent?.computed !== true && parent?.shorthand !== true
  if (isKey || /^(?:JSXAttribute|Labeled|Break|Continue|MetaProperty)/.test(type)) return
  const isBinding =
    key === 'params' || key === 'id' || key === 'param' || type === 'RestElement' || type === 'ArrayPattern' || type === 'TSTypeParameter'
  if (isBinding || (key === 'left' && type === 'AssignmentPattern')) seen.declared.add(node.name as string)
  else seen.references.add(node.name as string)
}

function bindPattern(pattern: Node, seen: Seen) {
  for (const property of pattern.properties as Node[]) {
    const value = (property.value ?? property.argument) as Node | null
    const bound = value?.type === 'AssignmentPattern' ? (value.left as Node) : value
    if (bound?.type === 'Identifier') seen.declared.add(bound.name as string)
  }
}

const nameOf = (node: unknown): string => {
  const { type, name, value } = (node ?? {}) as { type?: string; name?: unknown; value?: unknown }
  if ((type === 'Identifier' || type === 'PrivateIdentifier') && typeof name === 'string') return name
  return type === 'Literal' && typeof value === 'string' ? value : ''
}

/** What a function, or a class with methods, leaves undone. Arrow functions with an expression do what it says. */
function stubOf(node: Node | null | undefined, text: string): Declaration['stub'] {
  if (!node) return null
  if (node.type === 'CallExpression') {
    const functions = (node.arguments as Node[]).filter((argument) => /Function/.test(argument.type))
    return functions.length === 1 &&
      (node.arguments as Node[]).length <= 2 &&
      /^(?:memo|forwardRef|observer|defineEventHandler|asyncHandler)$/.test(nameOf(node.callee))
      ? stubOf(functions[0], text)
      : null
  }
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
    const methods = ((node.body as Node).body as Node[]).filter(
      (member) => member.type === 'MethodDefinition' && member.kind !== 'constructor',
    )
    const stubs = methods.map((method) => stubOf(method.value as Node, text))
    return methods.length > 0 && stubs.every((stub) => stub !== null) ? (stubs.find((stub) => stub === 'unwritten') ?? 'hollow') : null
  }
  if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return null
  const body = node.body as Node | null
  if (!body) return null
  if (body.type !== 'BlockStatement') return isNothing(body) && (node.params as Node[]).length > 0 ? 'hollow' : null
  const statements = body.body as Node[]
  const words = text.slice(body.start, Math.min(body.end, body.start + 600))
  const isUnwritten = /\b(?:TODO|FIXME|not (?:yet )?implemented|unimplemented|stub)\b/i.test(words)
  if (statements.length === 0) return isUnwritten ? 'unwritten' : 'hollow'
  const [only] = statements
  if (statements.length > 1 || !only) return null
  if (only.type === 'ThrowStatement') return isUnwritten ? 'unwritten' : null
  if (only.type === 'ReturnStatement' && isNothing(only.argument as Node | null)) return isUnwritten ? 'unwritten' : 'hollow'
  return null
}

/** `null`, `undefined`, `{}`, `[]`, `''`, `<></>` */
function isNothing(node: Node | null): boolean {
  if (!node) return true
  if (node.type === 'Literal') return node.value === null || node.value === ''
  if (node.type === 'Identifier') return node.name === 'undefined'
  if (node.type === 'ObjectExpression') return (node.properties as Node[]).length === 0
  if (node.type === 'ArrayExpression') return (node.elements as Node[]).length === 0
  return node.type === 'JSXFragment' && (node.children as Node[]).every((child) => child.type === 'JSXText' && !String(child.value).trim())
}

function requireOf(node: Node, parent: Node | null, seen: Seen) {
  const [argument] = node.arguments as Node[]
  const specifier = nameOf(argument)
  if (!specifier) return
  const target = parent?.type === 'VariableDeclarator' ? (parent.id as Node) : null
  const names: string[] = []
  if (target?.type === 'Identifier') names.push(target.name as string)
  if (target?.type === 'ObjectPattern')
    names.push(...(target.properties as Node[]).map((property) => nameOf(property.value) || nameOf(property.key)))
  const { start, end } = parent?.type === 'VariableDeclarator' ? parent : node
  seen.requires.push({
    specifier,
    kind: 'require',
    start,
    end,
    names: names.filter(Boolean).map((local) => ({ imported: local, local, isUsed: false })),
  })
}

/** `module.exports = …`, `exports.name = …` */
function commonExport(node: Node, seen: Seen) {
  const left = node.left as Node
  if (left.type !== 'MemberExpression') return
  const object = left.object as Node
  const name = nameOf(left.property)
  const isExports =
    nameOf(object) === 'exports' ||
    (object.type === 'MemberExpression' && nameOf(object.object) === 'module' && nameOf(object.property) === 'exports')
  const add = (exported: string, local: string) => seen.commonExports.push({ name: exported, local, from: null, at: node.start })
  if (isExports && name) add(name, nameOf(node.right) || name)
  if (nameOf(object) !== 'module' || name !== 'exports') return
  const right = node.right as Node
  add('default', nameOf(right))
  if (right.type === 'ObjectExpression')
    for (const property of right.properties as Node[]) add(nameOf(property.key), nameOf(property.value) || nameOf(property.key))
}

function importsOf(module: EcmaScriptModule, seen: Seen, text: string): ModuleImport[] {
  const use = (name: ImportedName): ImportedName => ({ ...name, isUsed: seen.references.has(name.local) })
  const static_ = module.staticImports.map((statement): ModuleImport => {
    const names = statement.entries.map((entry) => {
      const imported =
        entry.importName.kind === 'Name' ? (entry.importName.name ?? '') : entry.importName.kind === 'Default' ? 'default' : '*'
      return use({ imported, local: entry.localName.value, isUsed: false })
    })
    return { specifier: statement.moduleRequest.value, kind: 'static', names, start: statement.start, end: statement.end }
  })
  const dynamic = module.dynamicImports.flatMap((call): ModuleImport[] => {
    const specifier = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(call.moduleRequest.start, call.moduleRequest.end).trim())?.[2]
    return specifier ? [{ specifier, kind: 'dynamic', names: [], start: call.start, end: call.end }] : []
  })
  const passed = module.staticExports.flatMap((statement): ModuleImport[] => {
    const request = statement.entries.find((entry) => entry.moduleRequest)?.moduleRequest
    return request ? [{ specifier: request.value, kind: 're-export', names: [], start: statement.start, end: statement.end }] : []
  })
  const required = seen.requires.map((call) => ({ ...call, names: call.names.map(use) }))
  return [...static_, ...dynamic, ...passed, ...required]
}

function exportsOf(module: EcmaScriptModule, seen: Seen): ModuleExport[] {
  const imported = new Map(
    module.staticImports.flatMap((statement) =>
      statement.entries.map((entry) => [entry.localName.value, statement.moduleRequest.value] as const),
    ),
  )
  const entries = module.staticExports.flatMap((statement) =>
    statement.entries.map((entry): ModuleExport => {
      const name = entry.exportName.kind === 'Default' ? 'default' : entry.exportName.kind === 'None' ? '*' : (entry.exportName.name ?? '')
      const local = entry.localName.name ?? entry.importName.name ?? ''
      return { name, local, from: entry.moduleRequest?.value ?? imported.get(local) ?? null, at: statement.start }
    }),
  )
  return [...entries, ...seen.commonExports]
}
