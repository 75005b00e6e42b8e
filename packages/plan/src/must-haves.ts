/** Reads `must_haves`: objects as the format says, and the bare strings that many plans write instead. */
import { codeWords } from './code-words.ts'
import type { Artifact, KeyLink, MustHaves, Truth } from './plan.ts'
import { entry, itemsOf, type Located, textOf } from './yaml-values.ts'

/** @param lineAt  line of the document (from 1) for an offset into the YAML text */
export function readMustHaves(root: Located, lineAt: (offset: number) => number): MustHaves {
  const truths = (key: string): Truth[] =>
    itemsOf(entry(root, key)).flatMap((item) => {
      const text = textOf(entry(item, 'statement', 'truth', 'text') ?? item)
      return text ? [{ text, line: lineAt(item.at) }] : []
    })
  return {
    truths: truths('truths'),
    artifacts: itemsOf(entry(root, 'artifacts')).flatMap((item) => readArtifact(item, lineAt(item.at)) ?? []),
    keyLinks: itemsOf(entry(root, 'key_links', 'keyLinks', 'links')).flatMap((item) => readLink(item, lineAt(item.at)) ?? []),
    prohibitions: truths('prohibitions'),
  }
}

function readArtifact(item: Located, line: number): Artifact | null {
  if (item.kind !== 'map') return bareArtifact(textOf(item), line)
  const texts = (key: string) => itemsOf(entry(item, key)).map(textOf).filter(Boolean)
  const path = textOf(entry(item, 'path', 'file', 'name')).replace(/^[`"']|[`"']$/g, '')
  if (!path) return null
  const minLines = Number.parseInt(textOf(entry(item, 'min_lines', 'minLines')), 10)
  return {
    path,
    provides: textOf(entry(item, 'provides', 'description')),
    contains: texts('contains'),
    exports: texts('exports').flatMap((name) => name.split(/,\s*/)),
    minLines: Number.isFinite(minLines) ? minLines : null,
    line,
  }
}

/** A path with an ending and whatever is said of it; else a folder, which only a separator can end. */
const PATHS_FIRST = [
  /^[`"']?([\w@./[\]()*+$-]+\.\w{1,12})[`"']?(?:$|(?=[\s:,;(–—])[\s:,;–—-]*\(?(.*)$)/s,
  /^[`"']?([\w@.[\]()-]+(?:\/[\w@.[\]()*-]+)+\/?)[`"']?(?:\s*(?::|\(|\s[-–—]\s|\s(?:exists|with|contains)\s)\s*(.*))?$/s,
]

/** `src/a.ts - does a thing`: the path, then what it provides. */
function bareArtifact(text: string, line: number): Artifact | null {
  if (!text) return null
  const match = PATHS_FIRST.map((form) => form.exec(text.slice(0, 1_000))).find((found) => found !== null)
  const path = match?.[1] ?? text
  return { path, provides: match?.[2]?.replace(/\)$/, '') ?? '', contains: [], exports: [], minLines: null, line }
}

function readLink(item: Located, line: number): KeyLink | null {
  if (item.kind !== 'map') return bareLink(textOf(item), line)
  const from = textOf(entry(item, 'from', 'source'))
  const to = textOf(entry(item, 'to', 'target'))
  if (!from && !to) return item.entries.length ? bareLink(textOf(item), line) : null
  return { from, to, via: textOf(entry(item, 'via', 'how')), pattern: textOf(entry(item, 'pattern')), line }
}

const ARROW = /\s*(?:→|➜|⟶|-+>|=>)\s*/

/** Sentences with one of these say more than that two things are wired. */
const QUALIFIED = /\b(?:not|never|no|none|nothing|without|only|must|should|before|after|instead|unchanged|until)\b|n't\b/i
const SENTENCE =
  /^([`"']?[\w@./$[\]-]+(?:\(\))?[`"']?)(?:\s+(?:component|hook|page|module|service|function|route|handler|tests?))?\s+(imports?|calls?|uses?|renders?|reads?|invokes?|wraps?|mounts?|consumes?|queries|extends|implements|re-exports?|delegates to|links to|depends on|reads from|writes to)\s+(.+)$/s

/** `a.ts → b.ts via import` or `save calls insertRow`: two ends and perhaps a means; anything else stays one end with nothing to check. */
function bareLink(text: string, line: number): KeyLink | null {
  if (!text) return null
  const [, subject = '', verb = '', object = ''] = SENTENCE.exec(text.slice(0, 400)) ?? []
  if (verb && !QUALIFIED.test(text) && !/→/.test(text) && (codeWords(subject).length || /[./]\w/.test(subject))) {
    const to = object.split(/[,;(]|\s[—–-]+\s|\.(?:\s|$)/)[0] ?? ''
    return { from: subject, to: to.trim(), via: verb, pattern: '', line }
  }
  const [from = '', ...rest] = text.slice(0, 2_000).split(ARROW)
  const [to = '', ...means] = rest.join(' → ').split(/\s+(?:via|through)\s+|\s+\(/)
  return { from: from.trim(), to: to.trim(), via: means.join(' ').replace(/\)$/, '').trim(), pattern: '', line }
}
