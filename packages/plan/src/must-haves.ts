/** Reads `must_haves`: objects as the format says, and the bare strings that many plans write instead. */
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

const PATH_FIRST =
  /^[`"']?([\w@./[\]()*+$-]+\.\w+|[\w@.[\]()-]+(?:\/[\w@.[\]()*-]+)+\/?)[`"']?(?:\s*(?:[-–—:(]|exists|with|contains)\s*(.*))?$/s

/** `src/a.ts - does a thing`: the path, then what it provides. */
function bareArtifact(text: string, line: number): Artifact | null {
  if (!text) return null
  const match = PATH_FIRST.exec(text.slice(0, 1_000))
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

/** `a.ts → b.ts via import`: two ends and perhaps a means; anything else stays one end with nothing to check. */
function bareLink(text: string, line: number): KeyLink | null {
  if (!text) return null
  const [from = '', ...rest] = text.slice(0, 2_000).split(ARROW)
  const [to = '', ...means] = rest.join(' → ').split(/\s+(?:via|through)\s+|\s+\(/)
  return { from: from.trim(), to: to.trim(), via: means.join(' ').replace(/\)$/, '').trim(), pattern: '', line }
}
