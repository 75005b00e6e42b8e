/** Reads the real template for tests, as the edge does. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { AppFile } from '../compile-app.ts'

const ROOT = new URL('../../../../../templates/app', import.meta.url).pathname
const LEFT_OUT = new Set(['node_modules', 'dist', 'data'])

export function readTemplate(folder = ROOT): AppFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : readTemplate(path)
    return [{ path: relative(ROOT, path), content: readFileSync(path, 'utf8') }]
  })
}
