/** Import statements of a module as data: read, change, print. Pure. */

interface Name {
  readonly imported: string
  readonly local: string
  readonly isType: boolean
}

export interface ImportLine {
  readonly start: number
  readonly end: number
  readonly isType: boolean
  readonly defaultName: string | null
  readonly names: readonly Name[]
  readonly from: string
  readonly quote: string
  readonly semicolon: string
}

const IMPORT = /^import\s+(type\s+)?(?:([A-Za-z_$][\w$]*)\s*,?\s*)?(?:\{([^}]*)\})?\s*from\s*(['"])([^'"\n]+)\4(;?)[ \t]*$/gm

/** Default and named imports; namespaces and bare imports are not touched. */
export function importLines(text: string): ImportLine[] {
  return [...text.matchAll(IMPORT)].flatMap((match) => {
    const [whole, type, defaultName, names, quote, from, semicolon] = match
    if (!from || !quote || (!defaultName && names === undefined)) return []
    const line = { start: match.index, end: match.index + whole.length, isType: type !== undefined, defaultName: defaultName ?? null }
    return [{ ...line, names: readNames(names ?? ''), from, quote, semicolon: semicolon ?? '' }]
  })
}

function readNames(text: string): Name[] {
  return text.split(',').flatMap((part) => {
    const [, type, imported, local] = /^\s*(type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? []
    return imported ? [{ imported, local: local ?? imported, isType: type !== undefined }] : []
  })
}

function printImport({ isType, defaultName, names, from, quote, semicolon }: Omit<ImportLine, 'start' | 'end'>): string {
  const printed = names.map(
    ({ imported, local, isType: own }) => `${own ? 'type ' : ''}${imported}${local === imported ? '' : ` as ${local}`}`,
  )
  const parts = [...(defaultName ? [defaultName] : []), ...(printed.length ? [`{ ${printed.join(', ')} }`] : [])]
  return `import ${isType ? 'type ' : ''}${parts.join(', ')} from ${quote}${from}${quote}${semicolon}`
}

const replace = (text: string, line: ImportLine, next: string) => {
  const end = next === '' && text[line.end] === '\n' ? line.end + 1 : line.end
  return text.slice(0, line.start) + next + text.slice(end)
}

/** The text as it was when the name is imported already. */
export function addImport(text: string, name: string, from: string, isType: boolean): string {
  const lines = importLines(text)
  if (lines.some((line) => line.names.some(({ local }) => local === name) || line.defaultName === name)) return text
  const same = lines.find((line) => line.from === from && line.names.length > 0 && (!line.isType || isType))
  if (same) {
    const names = [...same.names, { imported: name, local: name, isType: isType && !same.isType }].sort((a, b) =>
      a.imported < b.imported ? -1 : 1,
    )
    return replace(text, same, printImport({ ...same, names }))
  }
  const last = lines.at(-1)
  const style = { quote: last?.quote ?? "'", semicolon: last?.semicolon ?? '' }
  const line = printImport({ isType, defaultName: null, names: [{ imported: name, local: name, isType: false }], from, ...style })
  if (last) return `${text.slice(0, last.end)}\n${line}${text.slice(last.end)}`
  const lead = /^(?:#!.*\n)?(?:\/\*[\s\S]*?\*\/[ \t]*\n)?/.exec(text)?.[0] ?? ''
  return `${lead}${line}\n${text.slice(lead.length)}`
}

/** Without that name; the whole statement goes with its last one. */
export function removeImport(text: string, name: string): string {
  const line = importLines(text).find((candidate) => candidate.defaultName === name || candidate.names.some(({ local }) => local === name))
  if (!line) return text
  const names = line.names.filter(({ local }) => local !== name)
  const defaultName = line.defaultName === name ? null : line.defaultName
  return replace(text, line, names.length || defaultName ? printImport({ ...line, names, defaultName }) : '')
}

/** `import { type Name }`: for what exists only as a type. */
export function makeTypeImport(text: string, name: string): string {
  const line = importLines(text).find((candidate) => !candidate.isType && candidate.names.some(({ local }) => local === name))
  if (!line) return text
  const names = line.names.map((own) => (own.local === name ? { ...own, isType: true } : own))
  const isAllTypes = line.defaultName === null && names.every(({ isType }) => isType)
  return replace(
    text,
    line,
    printImport(isAllTypes ? { ...line, isType: true, names: names.map((own) => ({ ...own, isType: false })) } : { ...line, names }),
  )
}

export function changeSource(text: string, from: string, next: string): string {
  return text.replaceAll(
    new RegExp(`(from\\s*|import\\s*\\(\\s*|import\\s+)(['"])${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\2`, 'g'),
    (_, lead: string, quote: string) => `${lead}${quote}${next}${quote}`,
  )
}
