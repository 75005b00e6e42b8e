// Brings the project's own toolchain (npm packages, Node 24) onto a machine that has only Node 20 and npm.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
export const NODE = join(ROOT, 'node_modules/node/bin/node')

/** Runs `npm ci` unless node_modules already holds what the lockfile says. */
export function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing dependencies (once; about a minute) …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT, stdio: 'inherit' })
  if (!existsSync(NODE)) {
    throw new Error(`npm ci did not bring Node 24 to ${NODE}. Run "npm rebuild node" and try again.`)
  }
}

/** Compares the lockfile with npm's own record of what it put into node_modules, written when an install has ended. */
function isInstalled() {
  const record = join(ROOT, 'node_modules/.package-lock.json')
  if (!existsSync(NODE) || !existsSync(record)) return false
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
  const present = packagesOf(record)
  // Packages for other platforms are optional, locked and rightly absent.
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, locked]) =>
      !path.includes('node_modules/') || locked.optional || locked.devOptional || present[path]?.version === locked.version,
  )
}

/** Runs Node 24 with `args` in `cwd` and ends this process with its exit code when it failed. */
export function runNode(args, env = {}, cwd = ROOT) {
  const { status } = spawnSync(NODE, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status ?? 1)
}
