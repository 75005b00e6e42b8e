/** A tree with what the rules ask of it again and again: files by name and folder, and each file read once. */
import type { ParseModule } from './module-facts.ts'
import { type SourceFile, sourceFile } from './source-file.ts'
import type { Tree } from './tree.ts'

export interface TreeIndex {
  has(path: string): boolean
  file(path: string): SourceFile | undefined
  /** Paths with that last part, lower case. */
  named(name: string): readonly string[]
  /** Paths in and below a folder, given without a slash at its end. */
  below(folder: string): readonly string[]
  readonly paths: readonly string[]
  /** JSON with comments and trailing commas, as configuration files have them; undefined when it cannot be read. */
  json(path: string): unknown
}

/** Files by their content: trees that follow one another share most of them. */
export type FileCache = Map<string, SourceFile>

export function indexTree(tree: Tree, parseModule: ParseModule | undefined, cache: FileCache = new Map()): TreeIndex {
  const paths = tree.list().filter((path) => !/(?:^|\/)(?:node_modules|\.git|\.planning)\//.test(path))
  const all = new Set(tree.list())
  const byName = new Map<string, string[]>()
  const byFolder = new Map<string, string[]>()
  for (const path of paths) {
    const parts = path.split('/')
    add(byName, (parts.at(-1) as string).toLowerCase(), path)
    for (let depth = 1; depth < parts.length; depth++) add(byFolder, parts.slice(0, depth).join('/'), path)
  }
  const files = new Map<string, SourceFile | undefined>()
  const configs = new Map<string, unknown>()
  const index: TreeIndex = {
    paths,
    has: (path) => all.has(path),
    named: (name) => byName.get(name.toLowerCase()) ?? [],
    below: (folder) => byFolder.get(folder) ?? [],
    file: (path) => {
      if (files.has(path)) return files.get(path)
      const text = all.has(path) ? tree.read(path) : undefined
      const key = `${path}\n${text}`
      const file = text === undefined ? undefined : (cache.get(key) ?? sourceFile(path, text, parseModule))
      if (file) cache.set(key, file)
      files.set(path, file)
      return file
    },
    json: (path) => {
      if (!configs.has(path)) configs.set(path, readJson(index.file(path)?.text))
      return configs.get(path)
    },
  }
  return index
}

function add(map: Map<string, string[]>, key: string, value: string) {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  const plain = text.replaceAll(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '')
  try {
    return JSON.parse(plain.replaceAll(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? ''))
  } catch {
    return undefined // a broken configuration says nothing; the rules go on without it
  }
}
