// Brings the project's own toolchain (npm packages, Node 24) onto a machine that has only Node 20 and npm.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
export const NODE = join(ROOT, 'node_modules/node/bin/node')
const STAMP = join(ROOT, 'node_modules/.slipway-installed')

/** Runs `npm ci` unless node_modules already holds exactly what the lockfile says. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  if (existsSync(NODE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  console.log('Installing dependencies (once; about a minute) …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT, stdio: 'inherit' })
  if (!existsSync(NODE)) {
    throw new Error(`npm ci did not bring Node 24 to ${NODE}. Run "npm rebuild node" and try again.`)
  }
  writeFileSync(STAMP, wanted)
}

/** Runs Node 24 with `args` from the project's root and ends this process with its exit code when it failed. */
export function runNode(args, env = {}) {
  const { status, signal } = spawnSync(NODE, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0))
}
