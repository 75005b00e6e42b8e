/** The file that a path without its ending, or the path of a folder, means in a tree. */
import type { TreeIndex } from './tree-index.ts'

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.d.ts',
  '.js',
  '.jsx',
  '.mts',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '.astro',
  '.json',
  '.css',
  '.scss',
  '.py',
]
const INDEXES = [
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.mjs',
  '/index.svelte',
  '/index.vue',
  '/+page.svelte',
  '/__init__.py',
]

/** A path without an ending, with the wrong one (`.js` for `.ts`), or of a folder with an index. */
export function fileAt(tree: TreeIndex, path: string): string | null {
  for (const ending of ENDINGS) if (tree.has(path + ending)) return path + ending
  const stem = path.replace(/\.(?:[cm]?jsx?|tsx?)$/, '')
  if (stem !== path) for (const ending of ENDINGS.slice(1)) if (tree.has(stem + ending)) return stem + ending
  for (const index of INDEXES) if (tree.has(path + index)) return path + index
  return null
}
