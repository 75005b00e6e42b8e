/** Whether a file holds what `contains` asks for: a declaration by what it declares, a table by its name, else the text. */
import type { Finding } from './check-result.ts'
import { findConfigKey } from './find-config-key.ts'
import { listed } from './find-list.ts'
import { findText } from './find-text.ts'
import type { SourceFile } from './source-file.ts'
import { placed } from './verification.ts'

export function findContents(wanted: string, files: readonly SourceFile[]): Finding {
  for (const file of files) {
    const finding =
      declared(wanted, file) ??
      table(wanted, file) ??
      findConfigKey(wanted, file) ??
      quoted(wanted, file) ??
      absent(wanted, file) ??
      listed(wanted, file) ??
      commentText(wanted, file)
    if (finding) return finding
  }
  const near = files.flatMap((file) => nearest(file, wanted)).slice(0, 1)
  const evidence = { rule: 'text' as const, file: files[0]?.path ?? '', text: `"${wanted}" is not in its code.`, ...near[0] }
  return { status: 'violated', evidence }
}

const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?(?:function\*?|const|let|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)\s*(?:[({=<:].{0,12})?$/

/** `export function save` is there when `save` is declared, however it is written, and exported when that was asked. */
function declared(wanted: string, file: SourceFile): Finding | null {
  const name = DECLARATION.exec(wanted.trim())?.[1]
  if (!name || !file.facts) return null
  const declaration = file.facts.declarations.get(name)
  if (!declaration) return null
  const isExported = file.facts.exports.some((entry) => entry.local === name || entry.name === name)
  if (wanted.includes('export') && !isExported) return null
  const place = placed(file, declaration.start, declaration.end)
  if (declaration.stub)
    return { status: 'violated', evidence: { rule: 'stub', ...place, text: `${name} is declared, but its body does nothing yet.` } }
  return {
    status: 'satisfied',
    evidence: { rule: 'declaration', ...place, text: `${name} is declared${isExported ? ' and exported' : ''}.` },
  }
}

/** `CREATE TABLE users` in any case, quoting and schema. */
function table(wanted: string, file: SourceFile): Finding | null {
  const name =
    /^create\s+(?:table|view|index|policy|type|function|trigger)\s+(?:if\s+not\s+exists\s+)?["`]?(?:\w+["`]?\.["`]?)?(\w+)/i.exec(
      wanted.trim(),
    )
  if (!name || file.language !== 'sql') return null
  const kind = /^create\s+(\w+)/i.exec(wanted.trim())?.[1] as string
  const match = new RegExp(
    `create\\s+(?:or\\s+replace\\s+)?(?:unique\\s+)?${kind}\\s+(?:if\\s+not\\s+exists\\s+)?["\`]?(?:\\w+["\`]?\\.["\`]?)?${name[1]}\\b`,
    'i',
  ).exec(file.code)
  if (!match) return null
  return {
    status: 'satisfied',
    evidence: { rule: 'table', ...placed(file, match.index, match.index + match[0].length), text: `It creates ${name[1]}.` },
  }
}

function quoted(wanted: string, file: SourceFile): Finding | null {
  const found = findText(file, wanted)
  if (!found) return null
  const declaration = file.facts?.declarations.get(wanted)
  if (declaration?.stub) {
    return {
      status: 'violated',
      evidence: {
        rule: 'stub',
        ...placed(file, declaration.start, declaration.end),
        text: `${wanted} is there, but its body does nothing yet.`,
      },
    }
  }
  const how = found.rule === 'literal' ? 'as written' : found.rule === 'quotation' ? 'apart from formatting' : `as ${found.rule}`
  return {
    status: 'satisfied',
    evidence: { rule: 'text', ...placed(file, found.start, found.end), text: `"${wanted}" is there (${how}).` },
  }
}

/** `!OldName`: the name must be gone. */
function absent(wanted: string, file: SourceFile): Finding | null {
  const name = /^!([A-Za-z_$][\w$.]{2,})$/.exec(wanted.trim())?.[1]
  if (!name) return null
  const found = findText(file, name)
  if (!found) return { status: 'satisfied', evidence: { rule: 'text', file: file.path, text: `${name} is gone from it, as asked.` } }
  return { status: 'violated', evidence: { rule: 'text', ...placed(file, found.start, found.end), text: `${name} is still in it.` } }
}

/** What was asked for is a comment or a directive itself: `// @ts-check`, `eslint-disable`. */
function commentText(wanted: string, file: SourceFile): Finding | null {
  if (!/^(?:\/\/|\/\*|#|<!--|--|@\w)/.test(wanted.trim()) || file.code.trim() === '') return null
  const at = file.text.indexOf(wanted)
  return at === -1
    ? null
    : {
        status: 'satisfied',
        evidence: { rule: 'text', ...placed(file, at, at + wanted.length), text: `The comment "${wanted}" is there.` },
      }
}

/** The line that shares the longest name with what was looked for. */
function nearest(file: SourceFile, wanted: string): { lines: readonly [number, number]; text: string }[] {
  const names = [...new Set(wanted.match(/[A-Za-z_$][\w$]{3,}/g) ?? [])].sort((a, b) => b.length - a.length)
  for (const name of names.slice(0, 4)) {
    const at = file.code.toLowerCase().indexOf(name.toLowerCase())
    if (at === -1) continue
    const line = file.lines.lineAt(at)
    return [
      {
        lines: [line + 1, line + 1],
        text: `"${wanted}" is not in its code; the nearest is "${file.lines.text(line).trim().slice(0, 120)}".`,
      },
    ]
  }
  return []
}
