// Builds the web app when its sources are newer than what was built last, told by their hash.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT, runNode } from './toolchain.mjs'

const WEB = join(ROOT, 'apps/web')
const STAMP = join(WEB, 'build/.source-hash')
const SOURCES = ['apps/web', 'packages/domain/src', 'packages/plan/src']
const IGNORED = new Set(['node_modules', 'build', '.svelte-kit', 'tests', 'samples'])

function hashFolder(folder, hash) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (IGNORED.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) hashFolder(path, hash)
    else hash.update(relative(ROOT, path)).update(readFileSync(path))
  }
}

/** Leaves `apps/web/build` in step with the sources. */
export function ensureWebBuilt() {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')))
  for (const folder of SOURCES) hashFolder(join(ROOT, folder), hash)
  const wanted = hash.digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  console.log('Building the web app …')
  const vite = execFileSync(process.execPath, ['-p', "require.resolve('vite/package.json')"], { cwd: WEB, encoding: 'utf8' }).trim()
  runNode([join(vite, '../bin/vite.js'), 'build', '--logLevel', 'warn'], {}, WEB)
  writeFileSync(STAMP, wanted)
}
