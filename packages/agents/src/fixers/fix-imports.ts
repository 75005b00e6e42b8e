/** Repairs imports that have one right answer: missing, unused, types imported as values, a wrong relative path. */
import type { Fixer } from '../verify-task.ts'
import { addImport, changeSource, importLines, makeTypeImport, removeImport } from './import-lines.ts'
import { type TypeFault, typeErrorsIn } from './type-errors.ts'

const REACT = new Set([
  'useState',
  'useEffect',
  'useMemo',
  'useRef',
  'useCallback',
  'useId',
  'useContext',
  'useReducer',
  'createContext',
  'lazy',
  'Suspense',
  'Fragment',
])
const REACT_TYPES = new Set([
  'ReactNode',
  'FormEvent',
  'ChangeEvent',
  'MouseEvent',
  'KeyboardEvent',
  'ComponentProps',
  'CSSProperties',
  'RefObject',
])
const MODULE = /\.(?:ts|tsx)$/

interface Exported {
  readonly path: string
  readonly isType: boolean
}

interface TreeFacts {
  readonly exported: ReadonlyMap<string, readonly Exported[]>
  readonly paths: readonly string[]
  readonly style: ExtensionStyle
}

/** Needs the output of the TypeScript compiler; changes only files that the task may write. */
export const fixImports: Fixer = {
  name: 'imports',
  async fix(failed, worktree) {
    const errors = typeErrorsIn(failed.output).filter(({ path }) => worktree.canWrite(path))
    const paths = worktree.paths()
    const texts = new Map(paths.filter((path) => MODULE.test(path)).map((path) => [path, worktree.text(path) ?? '']))
    const tree: TreeFacts = { exported: exportsOf(texts), paths, style: usualStyle([...texts.values()]) }
    const changed: string[] = []
    for (const path of new Set(errors.map((error) => error.path))) {
      const before = texts.get(path)
      if (before === undefined) continue
      const own = errors.filter((error) => error.path === path)
      const after = own.reduce((text, error) => fixOne(text, error, tree), before)
      if (after === before) continue
      await worktree.write(path, after)
      changed.push(path)
    }
    return changed
  },
}

function fixOne(text: string, { path, code, message }: TypeFault, tree: TreeFacts): string {
  const name = /'([^']+)'/.exec(message)?.[1]
  if (!name) return text
  switch (code) {
    case 'TS2304': // Cannot find name
    case 'TS2552': // Cannot find name, did you mean
      return addMissing(text, path, name, tree)
    case 'TS6133': // declared but never read
    case 'TS6196': // declared but never used
      return removeImport(text, name)
    case 'TS1484': // a type, must be imported as one
      return makeTypeImport(text, name)
    case 'TS2307': // Cannot find module
      return name.startsWith('.') ? changeSource(text, name, rightPath(text, path, name, tree) ?? name) : text
    default:
      return text
  }
}

function addMissing(text: string, path: string, name: string, { exported, style }: TreeFacts): string {
  const makers = (exported.get(name) ?? []).filter((maker) => maker.path !== path)
  if (makers.length === 1) {
    const [maker] = makers as [Exported]
    return addImport(text, name, relativeTo(path, maker.path, styleOf(text) ?? style), maker.isType)
  }
  if (makers.length > 1 || !path.endsWith('.tsx')) return text
  return REACT.has(name) || REACT_TYPES.has(name) ? addImport(text, name, 'react', REACT_TYPES.has(name)) : text
}

const EXPORT = /^export\s+(?:default\s+)?(?:(async\s+)?function\*?|const|let|class|interface|type|abstract\s+class)\s+([A-Za-z_$][\w$]*)/gm

function exportsOf(texts: ReadonlyMap<string, string>): Map<string, Exported[]> {
  const exported = new Map<string, Exported[]>()
  for (const [path, text] of texts) {
    if (/\.test\.tsx?$/.test(path)) continue
    for (const match of text.matchAll(EXPORT)) {
      const name = match[2] as string
      if (/^export\s+default/.test(match[0])) continue
      const isType = /\b(?:interface|type)\s/.test(match[0])
      exported.set(name, [...(exported.get(name) ?? []), { path, isType }])
    }
  }
  return exported
}

/** The only module of that name anywhere else. */
function rightPath(text: string, path: string, wrong: string, { paths, style }: TreeFacts): string | null {
  const base = baseOf(wrong)
  const same = paths.filter((other) => MODULE.test(other) && other !== path && baseOf(other) === base)
  return same.length === 1 ? relativeTo(path, same[0] as string, styleOf(text, wrong) ?? style) : null
}

const baseOf = (path: string) => (path.split('/').at(-1) as string).replace(/\.(?:ts|tsx|js|jsx)$/, '')

type ExtensionStyle = 'source' | 'none' | '.js'

/** How relative imports end here; null where there are none. */
function styleOf(text: string, wrong?: string): ExtensionStyle | null {
  const sample = importLines(text).find(({ from }) => from.startsWith('.') && from !== wrong)?.from
  if (sample === undefined) return null
  return /\.tsx?$/.test(sample) ? 'source' : sample.endsWith('.js') ? '.js' : 'none'
}

/** How most of the app's modules write it. */
function usualStyle(texts: readonly string[]): ExtensionStyle {
  const styles = texts.flatMap((text) => styleOf(text) ?? [])
  const count = (style: ExtensionStyle) => styles.filter((own) => own === style).length
  const all: readonly ExtensionStyle[] = ['source', 'none', '.js']
  return all.reduce((top, style) => (count(style) > count(top) ? style : top), 'source')
}

function relativeTo(from: string, to: string, style: ExtensionStyle): string {
  const folder = from.split('/').slice(0, -1)
  const parts = to.split('/')
  let common = 0
  while (common < folder.length && common < parts.length - 1 && folder[common] === parts[common]) common++
  const up = folder.slice(common).map(() => '..')
  const path = [...(up.length ? up : ['.']), ...parts.slice(common)].join('/')
  return style === 'source' ? path : path.replace(/\.tsx?$/, style === '.js' ? '.js' : '')
}
