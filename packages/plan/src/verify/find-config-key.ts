/** A key of a configuration that a plan writes as a path, `spring.mail.host`: in JSON and YAML by structure, not as text. */
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Finding } from './check-result.ts'
import type { SourceFile } from './source-file.ts'
import { placed } from './verification.ts'

const LENGTH_MAX = 600_000
const DEPTH_MAX = 30
const NODES_MAX = 60_000
const KEY_PATH = /^[A-Za-z_$][\w$-]*(?:\.[A-Za-z_$][\w$-]*)+$/

/** Null for other files, for what is no path of keys, and where the path is not there. The path may begin below the root. */
export function findConfigKey(wanted: string, file: SourceFile): Finding | null {
  const plain = wanted.trim().replaceAll('\\.', '.')
  if (!KEY_PATH.test(plain) || !/\.(?:jsonc?|json5|ya?ml)$/.test(file.path)) return null
  const keys = keysOf(file)
  const exact = keys.find((key) => key.path === plain) ?? keys.find((key) => key.path.endsWith(`.${plain}`))
  if (!exact) return null
  return {
    status: 'satisfied',
    evidence: { rule: 'config-key', ...placed(file, exact.at, exact.at + 1), text: `It sets ${exact.path}.` },
  }
}

interface ConfigKey {
  readonly path: string
  readonly at: number
}

const known = new WeakMap<SourceFile, readonly ConfigKey[]>()

function keysOf(file: SourceFile): readonly ConfigKey[] {
  const kept = known.get(file)
  if (kept) return kept
  const keys = isReadable(file.code) ? readKeys(file.code) : []
  known.set(file, keys)
  return keys
}

/** The library recurses per level, so neither brackets nor indents may be deep. */
function isReadable(text: string): boolean {
  if (text.length > LENGTH_MAX) return false
  let depth = 0
  for (const character of text) {
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth > DEPTH_MAX) return false
  }
  return !/^[ \t\-?:]{120}/m.test(text)
}

function readKeys(text: string): ConfigKey[] {
  const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent', prettyErrors: false })
  const keys: ConfigKey[] = []
  const open: { node: unknown; path: string }[] = [{ node: document.contents, path: '' }]
  for (let entry = open.pop(); entry && keys.length < NODES_MAX; entry = open.pop()) {
    const { node, path } = entry
    if (isSeq(node)) for (const item of node.items) open.push({ node: item, path })
    if (!isMap(node)) continue
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      const own = path ? `${path}.${String(key.value)}` : String(key.value)
      keys.push({ path: own, at: key.range?.[0] ?? 0 })
      open.push({ node: value, path: own })
    }
  }
  return keys
}
