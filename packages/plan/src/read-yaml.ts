/** Reads the YAML of a front matter, repairing the faults that real plans have, line by line and with positions kept. */
import { parseDocument, type YAMLError } from 'yaml'
import type { Diagnostic } from './diagnostic.ts'
import { type SourceLines, sourceLines } from './source-lines.ts'
import { type Located, locate } from './yaml-values.ts'

const LENGTH_MAX = 400_000
const NESTING_MAX = 40
const INDENT_MAX = 200
const ROUNDS_MAX = 3
/** Faults after which the library still reads what was meant. */
const HARMLESS = new Set(['BAD_DQ_ESCAPE', 'BAD_SCALAR_START', 'TAB_AS_INDENT'])

/** @param firstLine  line of the document (from 1) on which the YAML begins */
export function readYaml(yaml: string, firstLine: number): { root: Located; lines: SourceLines; diagnostics: readonly Diagnostic[] } {
  const refusal = refuse(yaml)
  if (refusal) {
    const diagnostic: Diagnostic = {
      severity: 'error',
      code: 'yaml-unreadable',
      message: refusal,
      line: firstLine,
      column: 1,
      hint: 'Write the front matter as a flat list of fields.',
    }
    return { root: locate(null), lines: sourceLines(yaml), diagnostics: [diagnostic] }
  }
  let diagnostics: readonly Diagnostic[] = []
  let text = yaml
  for (let round = 0; ; round++) {
    const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent', prettyErrors: false })
    const lines = sourceLines(text)
    const said = document.errors.map((error) => diagnosticOf(error, lines, firstLine))
    const broken = document.errors.filter((error) => !HARMLESS.has(error.code))
    const repaired =
      broken.length && round < ROUNDS_MAX ? repairLines(text, new Set(broken.map((error) => lines.lineAt(error.pos[0])))) : text
    if (round === 0) diagnostics = said
    if (repaired === text) {
      const isLost = document.contents === null && yaml.trim() !== ''
      if (isLost || broken.length) {
        const lost: Diagnostic = {
          severity: isLost ? 'error' : 'warning',
          code: 'yaml-unreadable',
          message: isLost ? 'The front matter is not YAML.' : 'A part of the front matter could not be read and is left out.',
          line: said[0]?.line ?? firstLine,
          column: said[0]?.column ?? 1,
          hint: 'Quote values that hold any of : # [ ] { } , " with single quotes.',
        }
        diagnostics = [...diagnostics, ...(round ? said : []), lost]
      }
      return { root: locate(document.contents), lines, diagnostics }
    }
    text = repaired
  }
}

/** The library recurses per level and builds one regular expression per indent: neither may grow with the input. */
function refuse(yaml: string): string | null {
  if (yaml.length > LENGTH_MAX) return `The front matter has ${yaml.length} characters; at most ${LENGTH_MAX} are read.`
  let brackets = 0
  for (let at = 0; at < yaml.length; at++) {
    const character = yaml[at]
    if (character === '[' || character === '{') brackets++
    else if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1)
    else if (character === '\n' && !/[[{,]\s*$/.test(yaml.slice(Math.max(0, at - 80), at))) brackets = 0
    if (brackets > NESTING_MAX) return 'Its brackets are nested too deeply.'
  }
  for (const line of yaml.split('\n')) {
    const lead = /^[\s\-?:]*/.exec(line)?.[0] ?? ''
    if (lead.length > INDENT_MAX || lead.replaceAll(/\s/g, '').length > INDENT_MAX / 2) return 'Its lists are nested too deeply.'
  }
  return null
}

function diagnosticOf(error: YAMLError, lines: SourceLines, firstLine: number): Diagnostic {
  const place = lines.place(error.pos[0])
  return {
    severity: 'warning',
    code: `yaml-${error.code.toLowerCase().replaceAll('_', '-')}`,
    message: error.message.split('\n')[0] as string,
    line: place.line + firstLine - 1,
    column: place.column,
    hint: error.code === 'BAD_DQ_ESCAPE' ? 'Use single quotes, or double the backslash.' : 'Put the value in single quotes.',
  }
}

function repairLines(text: string, faulty: ReadonlySet<number>): string {
  return text
    .split('\n')
    .map((line, index) => (faulty.has(index) ? repairLine(line) : line))
    .join('\n')
}

const ENTRY = /^(\s*(?:-\s+)?)((?:[\w-]+):\s+)?(.*?)(\r?)$/

function repairLine(line: string): string {
  const match = ENTRY.exec(line.replaceAll('\t', '  '))
  if (!match) return line
  const [, lead = '', key = '', value = '', end = ''] = match
  const quoted = [...value.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'/g)]
  const isListOfQuoted = quoted.length > 1 && /^\s*,?\s*(?:,\s*)*$/.test(value.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, ''))
  if (isListOfQuoted) return `${lead}${key}[${quoted.map((item) => item[0]).join(', ')}]${end}`
  if (value.startsWith('[') && value.trimEnd().endsWith(']')) {
    const items = value.trim().slice(1, -1).split(',')
    return `${lead}${key}[${items.map((item) => quote(item.trim())).join(', ')}]${end}`
  }
  if (!value || /^[|>&*!]/.test(value)) return line
  return `${lead}${key}${quote(value.trim())}${end}`
}

/** Single quotes around it, and around its own text when it was already quoted as a whole. */
function quote(value: string): string {
  const whole = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1] ?? /^'((?:[^']|'')*)'$/.exec(value)?.[1]?.replaceAll("''", "'") ?? value
  return `'${whole.replaceAll("'", "''")}'`
}
