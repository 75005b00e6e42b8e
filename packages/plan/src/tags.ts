/** The tags of a plan body: which names are known where, and how one is read at a place. */

/** Elements that stand outside of tasks. */
export const SECTIONS: ReadonlySet<string> = new Set([
  'objective',
  'execution_context',
  'context',
  'interfaces',
  'tasks',
  'feature',
  'threat_model',
  'verification',
  'success_criteria',
  'output',
  'must_haves',
  'artifacts_this_phase_produces',
])

/** Elements of a task (or of the `feature` of a tdd plan). */
export const ELEMENTS: ReadonlySet<string> = new Set([
  'name',
  'files',
  'read_first',
  'precondition',
  'reversibility',
  'behavior',
  'action',
  'implementation',
  'description',
  'verify',
  'acceptance_criteria',
  'done',
  'what-built',
  'how-to-verify',
  'resume-signal',
  'decision',
  'context',
  'options',
  'instructions',
  'verification',
])

/** Elements that hold other elements; all others hold Markdown. */
export const CONTAINERS: ReadonlySet<string> = new Set(['tasks', 'task', 'feature'])

export interface Tag {
  readonly isClosing: boolean
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly end: number
}

const TAG = /<(\/?)([a-z][a-z_-]*)((?:\s[^<>]*)?)>/y
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g

/** The tag that begins at `at` and ends before `end`. Its name need not be a known one. */
export function tagAt(source: string, at: number, end: number): Tag | null {
  TAG.lastIndex = at
  const match = TAG.exec(source)
  if (!match || at + match[0].length > end) return null
  return {
    isClosing: match[1] === '/',
    name: match[2] as string,
    attributes: readAttributes(match[3] as string),
    end: at + match[0].length,
  }
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  if (!text.includes('=')) return attributes
  for (const [, key, double, single, bare] of text.slice(0, 2_000).matchAll(ATTRIBUTE)) {
    Object.defineProperty(attributes, key as string, { value: double ?? single ?? bare ?? '', enumerable: true })
  }
  return attributes
}

/**
 * Where the next closing tag of a name begins, at or after an offset; infinite when there is none.
 * Offsets asked for must not decrease: then all searches together read the source once per name.
 */
export function closeTagFinder(source: string): (name: string, offset: number) => number {
  const found = new Map<string, number>()
  return (name, offset) => {
    const last = found.get(name)
    if (last !== undefined && last >= offset) return last
    const at = source.indexOf(`</${name}>`, offset)
    const next = at === -1 ? Number.POSITIVE_INFINITY : at
    found.set(name, next)
    return next
  }
}

/** Where `</name>` closes an open element on the rest of its line: the last one that only tags or nothing follow. */
export function closeOnLine(source: string, name: string, at: number, end: number): number {
  const rest = source.slice(at, end)
  const taskEnd = rest.indexOf('</task>')
  const close = `</${name}>`
  const found = rest.lastIndexOf(close, taskEnd === -1 ? rest.length : taskEnd)
  if (found === -1) return -1
  return /^\s*(?:<|$)/.test(rest.slice(found + close.length, found + close.length + 400)) ? at + found : -1
}
