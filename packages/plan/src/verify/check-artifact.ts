/** Whether a promised file is there and holds what was promised: lines, exports, quoted text, and bodies that do something. */
import type { Artifact } from '../plan.ts'
import { plainPath } from '../schedule/waves.ts'
import type { CheckResult, Finding } from './check-result.ts'
import { worst } from './check-result.ts'
import { findContents } from './find-contents.ts'
import { findExport } from './find-export.ts'
import { isIgnored } from './ignored.ts'
import { looksLikePath, resolvePlace } from './resolve-place.ts'
import type { SourceFile } from './source-file.ts'
import type { Verification } from './verification.ts'
import { placed } from './verification.ts'

/** What a plan says of a file that it changes and does not make. */
const CHANGED = /^(?:fixed|updated|extended|enhanced|corrected|polished|simplified|refactored|improved|modified|cleaned)\b/i

export function checkArtifact(artifact: Artifact, { tree, modules, known, planFiles }: Verification): CheckResult {
  const path = plainPath(artifact.path)
  const place = resolvePlace(tree, path, planFiles)
  const what = `${artifact.path}${artifact.provides ? ` (${artifact.provides.slice(0, 120)})` : ''}`
  const isOld = known.has(path) || CHANGED.test(artifact.provides)
  const result = (findings: readonly Finding[]): CheckResult => ({
    kind: 'artifact',
    what,
    line: artifact.line,
    status: worst(findings),
    evidence: findings.map((finding) => finding.evidence),
    ...(findings.length === 1 && isOld && { proves: false }),
  })
  if (!place && isIgnored(tree, path)) {
    return result([
      { status: 'undecided', evidence: { rule: 'file', text: `${path} is kept out of the tree by .gitignore: it is built, not written.` } },
    ])
  }
  const out = place
    ? null
    : OUTSIDE.test(path)
      ? 'lies outside of the tree'
      : CONDITIONAL.test(artifact.provides)
        ? 'is promised only if needed'
        : null
  if (out) return result([{ status: 'undecided', evidence: { rule: 'statement', text: `${path} ${out}.` } }])
  if (DELETED.test(artifact.provides)) return result([gone(path, place?.files[0])])
  if (!place && isProse(path)) {
    return result([{ status: 'undecided', evidence: { rule: 'statement', text: `"${path}" names no file that could be looked for.` } }])
  }
  if (!place) return result([missing(path, tree.named(path.split('/').at(-1) ?? ''))])

  const files = place.files.flatMap((file) => tree.file(file) ?? [])
  const [first] = files
  const how =
    place.how === 'path'
      ? `${path} is there.`
      : `${place.files.length === 1 ? place.files[0] : `${place.files.length} files`} found for ${path} (by ${place.how}).`
  const there: Finding = { status: 'satisfied', evidence: { rule: 'file', file: first?.path ?? (place.files[0] as string), text: how } }
  if (!first) return result([there])

  const findings = [there]
  if (files.length === 1) findings.push(...emptiness(first))
  if (artifact.minLines !== null) findings.push(lineCount(files, artifact.minLines))
  for (const name of artifact.exports) findings.push(findExport(name, files, tree, modules))
  for (const text of artifact.contains) findings.push(findContents(text, files))
  return result(findings)
}

const OUTSIDE = /^(?:~|\/(?:etc|home|opt|root|tmp|usr|var|Applications|Library|Users)\/)/
const CONDITIONAL = /\b(?:if|where|when) (?:needed|necessary|required|applicable)\b/i

/** What a plan says of a file that it takes away. */
const DELETED =
  /^\W*(?:file\s+)?(?:is\s+|was\s+)?(?:deleted|removed)\W*$|\b(?:deleted|removed) from (?:disk|the (?:tree|repo(?:sitory)?|code ?base))\b|^\W*deleted\s*[—–:(.-]/i

const gone = (path: string, there: string | undefined): Finding =>
  there === undefined
    ? { status: 'satisfied', evidence: { rule: 'file', text: `${path} is gone, as asked.` } }
    : { status: 'violated', evidence: { rule: 'file', file: there, text: `${path} is still there.` } }

/** A sentence, or a name of code such as `Window.title`. */
const isProse = (path: string) => !looksLikePath(path) && !path.includes('/') && (/\s/.test(path) || /^[\w$]+(?:\.[\w$]+)+$/.test(path))

function missing(path: string, near: readonly string[]): Finding {
  const nearest = near.length ? ` The nearest is ${near.slice(0, 3).join(', ')}.` : ''
  return { status: 'violated', evidence: { rule: 'file', text: `${path} is not in the tree.${nearest}` } }
}

/**
 * How many lines it takes is a guess of the planner, meant against stubs. A parsed module is looked at for stubs by its
 * structure, so there the guess may be off by a third; elsewhere by a tenth.
 */
const LINES_TOLERANCE = { parsed: 2 / 3, other: 0.9 }

function lineCount(files: readonly SourceFile[], minimum: number): Finding {
  const lines = Math.max(...files.map((file) => file.text.split('\n').length))
  const file = files[0] as SourceFile
  const tolerance = (file.facts?.exports.length ?? 0) > 0 ? LINES_TOLERANCE.parsed : LINES_TOLERANCE.other
  return {
    status: lines >= Math.floor(minimum * tolerance) ? 'satisfied' : 'violated',
    evidence: { rule: 'line-count', file: file.path, text: `It has ${lines} lines; ${minimum} were promised.` },
  }
}

/** Files that say what they say by being there. */
const MARKER_FILE = /(?:^|\/)(?:__init__\.py|\.gitkeep|\.keep|py\.typed)$/

/** No code at all, or nothing but exported functions that do nothing. */
function emptiness(file: SourceFile): Finding[] {
  if (file.code.trim() === '' && !MARKER_FILE.test(file.path)) {
    const text = file.text.trim() === '' ? 'It is empty.' : 'It holds only comments.'
    return [{ status: 'violated', evidence: { rule: 'stub', file: file.path, text } }]
  }
  const { facts } = file
  if (!facts) return []
  const own = facts.exports.filter((entry) => entry.from === null && entry.name !== '*')
  const declarations = own.flatMap((entry) => facts.declarations.get(entry.local) ?? facts.declarations.get(entry.name) ?? [])
  const unwritten = declarations.find((declaration) => declaration.stub === 'unwritten')
  const hollow = declarations.length > 0 && declarations.every((declaration) => declaration.stub !== null) ? declarations[0] : undefined
  const stub = unwritten ?? hollow
  if (!stub) return []
  return [
    {
      status: 'violated',
      evidence: { rule: 'stub', ...placed(file, stub.start, stub.end), text: `${stub.name} has a body that does nothing yet.` },
    },
  ]
}
