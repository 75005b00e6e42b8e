/** The files that every generated app begins with, read once at the start. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TemplateFiles } from '@slipway/blueprint'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../templates/app')
const IGNORED = new Set(['node_modules', 'dist', 'data'])

export function readTemplateFiles(folder = FOLDER): TemplateFiles {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return readTemplateFiles(path).map((file) => ({ ...file, path: `${entry.name}/${file.path}` }))
    return [{ path: relative(folder, path).split(sep).join('/'), content: readFileSync(path, 'utf8') }]
  })
}
