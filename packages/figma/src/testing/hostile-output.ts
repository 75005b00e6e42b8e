/** Looks in printed pages for anything a hostile design could have slipped in: markup, scripts, rules, addresses. */
import { parseSync, Visitor } from 'oxc-parser'
import type { CompileResult } from '../result.ts'

/** What hostile values try to bring in: an element, a call, a rule of this name. */
export const INTRUDER = 'pwned'

/** Each tries to break out of one place: markup, JSX, strings, comments, CSS, addresses. */
export const HOSTILE_VALUES: readonly string[] = [
  `"><${INTRUDER} on${INTRUDER}="x">`,
  `</style><${INTRUDER}>`,
  `</script><${INTRUDER}>`,
  `--><${INTRUDER}>`,
  `{${INTRUDER}()}`,
  `\${${INTRUDER}()}`,
  `\`;${INTRUDER}();\``,
  `';${INTRUDER}();'`,
  `\\";${INTRUDER}();//`,
  `*/${INTRUDER}();/*`,
  `}${INTRUDER}{${INTRUDER}:${INTRUDER}}`,
  `;${INTRUDER}:url(javascript:${INTRUDER}())`,
  `"};${INTRUDER}{x:y}`,
  `]${INTRUDER}`,
  `javascript:${INTRUDER}()`,
  `JaVaScRiPt\t:${INTRUDER}()`,
  `data:text/html,<${INTRUDER}>`,
  `http://example.com/${INTRUDER}`,
  `\u2028${INTRUDER}()\u2029`,
  `&lt;${INTRUDER}&gt;`,
  '__proto__',
  'constructor',
  '\u0000\ud800',
  '',
]

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:.-]+(?:="[^"<]*")?)*)\s*(\/?)>|<!doctype html>/gy
const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'xlink:href', 'action', 'formaction', 'poster', 'srcset'])
const FORBIDDEN_TAGS = new Set(['script', 'iframe', 'object', 'embed', 'base', 'foreignobject', INTRUDER])

const decoded = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** Pictures hold themselves, links are https or within the page; nothing else is an address. */
function isSafeAddress(value: string): boolean {
  const address = decoded(value).trim()
  return (
    address === '' || /^(https:\/\/|data:image\/|#|\/(?!\/)|\.{1,2}\/|[\w-]+(\/[\w.-]+)*(\.\w+)?([?#].*)?$|mailto:|tel:)/i.test(address)
  )
}

/** Our printer writes every tag in one plain way: whatever is not of that way was not written by it. */
function faultsOfHtml(text: string): string[] {
  const faults: string[] = []
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    TAG.lastIndex = at
    const match = TAG.exec(text)
    if (!match) {
      faults.push(`unescaped markup: ${text.slice(at, at + 60)}`)
      continue
    }
    const [, , tag = '', attributes = ''] = match
    if (FORBIDDEN_TAGS.has(tag.toLowerCase())) faults.push(`element <${tag}>`)
    for (const [, name = '', value = ''] of attributes.matchAll(/([\w:.-]+)(?:="([^"]*)")?/g)) {
      if (/^on/i.test(name)) faults.push(`attribute ${name}`)
      if (ADDRESS_ATTRIBUTES.has(name.toLowerCase()) && !isSafeAddress(value)) faults.push(`address ${value.slice(0, 60)}`)
      if (name === 'style') faults.push(...faultsOfDeclarations(decoded(value)))
    }
  }
  return faults
}

function faultsOfDeclarations(css: string): string[] {
  const addresses = [...css.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)/gs)].map((match) => match[2] ?? '')
  const bare = css.replace(/"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g, '""')
  return [
    ...addresses.filter((address) => !isSafeAddress(address)).map((address) => `address in CSS: ${address.slice(0, 60)}`),
    ...(new RegExp(`(^|[{;}\\s])${INTRUDER}\\s*[:{(]`).test(bare) ? ['a rule of the design in CSS'] : []),
    ...(/expression\(|-moz-binding|behavior:/i.test(bare) ? ['script in CSS'] : []),
  ]
}

function faultsOfCss(css: string): string[] {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g, '""')
  const depth = [...bare.replace(/\\[{}]/g, '')].reduce(
    (level, letter) => (level < 0 ? level : level + (letter === '{' ? 1 : letter === '}' ? -1 : 0)),
    0,
  )
  const imports = [...css.matchAll(/@import\s+(["'])(.*?)\1/g)].map((match) => match[2] ?? '')
  return [
    ...(depth === 0 ? [] : ['unbalanced braces in CSS']),
    ...(/<|"(?!")[^"]*$/.test(bare.replace(/""/g, '')) ? ['a broken string or markup in CSS'] : []),
    ...imports.filter((name) => !/^(tailwindcss|\.{1,2}\/)/.test(name)).map((name) => `import of ${name}`),
    ...faultsOfDeclarations(css.replace(/\/\*[\s\S]*?\*\//g, '')),
  ]
}

interface Literal {
  readonly type?: string
  readonly value?: unknown
}

const textOf = (node: unknown): string | undefined => {
  const literal = node as Literal | null
  return literal?.type === 'Literal' && typeof literal.value === 'string' ? literal.value : undefined
}

function faultsOfCode(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length) return [`does not parse: ${errors[0]?.message ?? ''}`]
  const faults: string[] = []
  new Visitor({
    CallExpression(node) {
      if (node.callee.type === 'Identifier' && [INTRUDER, 'eval', 'Function'].includes(node.callee.name))
        faults.push(`call of ${node.callee.name}`)
    },
    ImportDeclaration(node) {
      if (!/^(react|\.{1,2}\/)/.test(node.source.value)) faults.push(`import of ${node.source.value}`)
    },
    JSXOpeningElement(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (FORBIDDEN_TAGS.has(name.toLowerCase()) && name === name.toLowerCase()) faults.push(`element <${name}>`)
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      const value = node.value?.type === 'JSXExpressionContainer' ? textOf(node.value.expression) : textOf(node.value)
      if (name === 'dangerouslySetInnerHTML') faults.push('raw markup in JSX')
      if (/^on/i.test(name) && value !== undefined) faults.push(`attribute ${name}`)
      if (ADDRESS_ATTRIBUTES.has(name.toLowerCase()) && value !== undefined && !isSafeAddress(value))
        faults.push(`address ${value.slice(0, 60)}`)
    },
    Property(node) {
      const name = node.key.type === 'Identifier' ? node.key.name : textOf(node.key)
      const value = textOf(node.value)
      if (name && ADDRESS_ATTRIBUTES.has(name) && value !== undefined && !isSafeAddress(value)) faults.push(`address ${value.slice(0, 60)}`)
    },
  }).visit(program)
  return faults
}

/** @returns what is wrong with the output, by file; nothing for a sound one */
export function hostileFaults(result: CompileResult): string[] {
  const files = [...Object.entries(result.files), ...Object.entries(result.html.files)]
  return files.flatMap(([path, text]) => {
    const isStrayPath = !/^[\w.-]+(\/[\w.-]+)*$/.test(path) || path.split('/').includes('..')
    const faults = path.endsWith('.html')
      ? faultsOfHtml(text)
      : path.endsWith('.css')
        ? faultsOfCss(text)
        : /\.tsx?$/.test(path)
          ? faultsOfCode(path, text)
          : []
    return [...(isStrayPath ? ['a path that leads astray'] : []), ...faults].map((fault) => `${path}: ${fault}`)
  })
}
