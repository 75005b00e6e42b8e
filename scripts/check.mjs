// `npm run check`: format, lint, types and the house style, all of them even when the first fails.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './toolchain.mjs'

const bin = (name) => join(ROOT, 'node_modules/.bin', name)
const rooms = ['packages', 'apps'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
const projects = [...rooms.filter((room) => room !== 'apps/web' && existsSync(join(ROOT, room, 'tsconfig.json'))), 'tsconfig.tests.json']

const gates = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '--diagnostic-level=warn', '--max-diagnostics=100', '.']],
  ...projects.map((project) => [`types of ${project}`, bin('tsc'), ['--noEmit', '-p', project]]),
  ['types of apps/web', 'npm', ['run', '--silent', 'check', '--workspace', 'apps/web']],
]

const failed = []
for (const [name, command, args] of gates) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (status !== 0) failed.push(name)
}
if (failed.length) {
  console.error(`\nThe gate is closed: ${failed.join(', ')}. "npm run format" repairs what can be repaired.`)
  process.exit(1)
}
