/** Languages by file name, and their texts without comments. */
export type Language =
  | 'module'
  | 'markup'
  | 'python'
  | 'go'
  | 'rust'
  | 'swift'
  | 'java'
  | 'css'
  | 'sql'
  | 'prisma'
  | 'shell'
  | 'data'
  | 'prose'
  | 'other'

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  ...of('module', 'ts tsx mts cts js jsx mjs cjs'),
  ...of('markup', 'vue svelte astro html htm xml svg'),
  ...of('python', 'py pyi'),
  ...of('go', 'go'),
  ...of('rust', 'rs'),
  ...of('swift', 'swift'),
  ...of('java', 'java kt kts c h cc cpp hpp cs scala dart php m mm pas gd gradle proto graphql gql'),
  ...of('css', 'css scss less pcss'),
  ...of('sql', 'sql'),
  ...of('prisma', 'prisma'),
  ...of('shell', 'sh bash zsh yml yaml toml ini cfg conf env rb tf dockerfile gitignore'),
  ...of('data', 'json jsonc json5 lock csv'),
  ...of('prose', 'md mdx txt rst'),
}

function of(language: Language, extensions: string): Record<string, Language> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, language]))
}

export function languageOf(path: string): Language {
  const name = path.split('/').at(-1)?.toLowerCase() ?? ''
  if (/^(?:dockerfile|makefile|procfile|\.env.*|\.gitignore|\.dockerignore)/.test(name)) return 'shell'
  return BY_EXTENSION[name.split('.').at(-1) ?? ''] ?? 'other'
}

interface CommentSyntax {
  readonly line: readonly string[]
  readonly block: readonly (readonly [string, string])[]
  readonly strings: readonly string[]
}

const C_LIKE: CommentSyntax = { line: ['//'], block: [['/*', '*/']], strings: ['"', "'", '`'] }
const SYNTAX: Readonly<Partial<Record<Language, CommentSyntax>>> = {
  module: C_LIKE,
  go: C_LIKE,
  rust: { ...C_LIKE, strings: ['"'] },
  swift: { ...C_LIKE, strings: ['"'] },
  java: C_LIKE,
  prisma: { line: ['//'], block: [], strings: ['"'] },
  css: { line: [], block: [['/*', '*/']], strings: ['"', "'"] },
  sql: { line: ['--'], block: [['/*', '*/']], strings: ["'"] },
  python: { line: ['#'], block: [], strings: ['"""', "'''", '"', "'"] },
  shell: { line: ['#'], block: [], strings: ['"', "'"] },
  markup: { line: [], block: [['<!--', '-->']], strings: [] },
  prose: { line: [], block: [['<!--', '-->']], strings: [] },
}

/** The text with comments turned into spaces: every offset and line stays. A string that never ends is taken for none. */
export function withoutComments(text: string, language: Language): string {
  const syntax = SYNTAX[language]
  if (!syntax) return text
  const starts = [...syntax.line, ...syntax.block.map(([open]) => open), ...syntax.strings]
  const next = new RegExp(starts.map((start) => start.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
  let result = ''
  let at = 0
  while (at < text.length) {
    next.lastIndex = at
    const match = next.exec(text)
    if (!match) break
    const start = match.index
    const mark = match[0]
    result += text.slice(at, start)
    const block = syntax.block.find(([open]) => open === mark)
    if (block) {
      const close = text.indexOf(block[1], start + mark.length)
      at = close === -1 ? text.length : close + block[1].length
      result += blank(text.slice(start, at))
    } else if (syntax.line.includes(mark) && isCommentStart(text, start, mark)) {
      const end = text.indexOf('\n', start)
      at = end === -1 ? text.length : end
      result += blank(text.slice(start, at))
    } else {
      at = syntax.strings.includes(mark) ? stringEnd(text, start, mark) : start + mark.length
      result += text.slice(start, at)
    }
  }
  return result + text.slice(at)
}

/** A `#` inside a word, the `//` of a URL and of a directive to the Go compiler begin no comment. */
function isCommentStart(text: string, at: number, mark: string): boolean {
  const before = text[at - 1] ?? '\n'
  return mark === '#' ? /\s/.test(before) : mark === '//' ? before !== ':' && !text.startsWith('//go:', at) : true
}

function stringEnd(text: string, start: number, mark: string): number {
  const isLong = mark.length > 1 || mark === '`'
  for (let at = start + mark.length; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(mark, at)) return at + mark.length
    else if (text[at] === '\n' && !isLong) return start + mark.length
  }
  return start + mark.length
}

export const blank = (text: string) => text.replaceAll(/[^\n\r]/g, ' ')

/** Turns spans (in any order) into spaces. */
export function blankSpans(text: string, spans: readonly { start: number; end: number }[]): string {
  let result = ''
  let at = 0
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at) continue
    result += text.slice(at, span.start) + blank(text.slice(span.start, span.end))
    at = span.end
  }
  return result + text.slice(at)
}
