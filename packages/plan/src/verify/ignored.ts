/** Which paths the tree's own `.gitignore` keeps out of it: what is built or secret cannot be looked for. */
import { matchesGlob } from '../glob.ts'
import { parentOf } from './paths.ts'
import type { TreeIndex } from './tree-index.ts'

/** Plain names, folders, endings and `*` are understood; exceptions (`!`) make the answer no. */
export function isIgnored(tree: TreeIndex, path: string): boolean {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const file = tree.file(folder ? `${folder}/.gitignore` : '.gitignore')
    const rest = folder ? path.slice(folder.length + 1) : path
    const rules = file?.text.split(/\r?\n/).filter((line) => line.trim() && !line.startsWith('#')) ?? []
    if (rules.some((rule) => rule.startsWith('!') && matches(rule.slice(1).trim(), rest))) return false
    if (rules.some((rule) => !rule.startsWith('!') && matches(rule.trim(), rest))) return true
    if (folder === '') return false
  }
}

function matches(rule: string, path: string): boolean {
  const isRooted = rule.replace(/\/$/, '').includes('/')
  const glob = rule.replace(/^\/|\/$/g, '')
  if (glob === '') return false
  const parts = path.split('/')
  return (isRooted ? [0] : [...parts.keys()]).some((from) => matchesGlob(glob, parts.slice(from).join('/'), 'folder'))
}
