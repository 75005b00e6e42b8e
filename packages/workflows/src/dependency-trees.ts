/** Installed dependencies, one tree per lock file: made once inside a sandbox, then shared by every build below its own changes. */
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@slipway/domain'
import type { SandboxRuntime } from '@slipway/sandbox'
import { type AppFiles, sha256 } from './archive.ts'
import { installableLock } from './lock-file.ts'

/** Where an empty, ready-made database waits in the tree: making one takes longer than copying it. */
export const EMPTY_DATABASE = 'node_modules/.empty-database'

const INSTALL_TIMEOUT_MS = 10 * 60_000
/** Raised when what stands in a tree changes for the same lock file. */
const FORM = 2
/** What the page of every app imports, for Vite's dev server to find ready. */
const PAGE_IMPORTS = ['react', 'react/jsx-dev-runtime', 'react-dom/client', 'react-router', '@tanstack/react-query', 'zod']
const WARM_PAGE = {
  'index.html': '<script type="module" src="/warm.js"></script>',
  'warm.js': PAGE_IMPORTS.map((name) => `import '${name}'\n`).join(''),
}
const MAKE_DATABASE = `import { PGlite } from '@electric-sql/pglite'
const database = await PGlite.create('${EMPTY_DATABASE}')
await database.close()
`

export interface DependencyTrees {
  /**
   * @param files of an app; only its manifest and lock file are looked at
   * @param onLine hears the install, when there is one
   * @returns the folder of the tree, and whether it had to be installed
   * @throws BUILD_FAILED when the registry or the lock file lets the install fail, or the lock file names what is not to be installed
   */
  ensure(files: AppFiles, onLine: (line: string) => void): Promise<{ folder: string; isNew: boolean }>
}

/**
 * @param deps.viteConfig the template's own: apps that kept it find the libraries of their page bundled for the dev server. A tree is shared,
 * so nothing that belongs to one app alone may run while it is made.
 */
export function dependencyTrees(deps: { runtime: SandboxRuntime; folder: string; viteConfig?: string | undefined }): DependencyTrees {
  const isWarm = (files: AppFiles) =>
    deps.viteConfig !== undefined && Buffer.from(files['vite.config.ts'] ?? []).toString() === deps.viteConfig
  const running = new Map<string, Promise<void>>()

  const install = async (folder: string, files: AppFiles, onLine: (line: string) => void) => {
    const lock = installableLock(files['package-lock.json'])
    const sandbox = await deps.runtime.create({ timeoutMs: INSTALL_TIMEOUT_MS })
    try {
      const run = async (...command: [string, ...string[]]) => {
        const result = await sandbox.exec(command, { timeoutMs: INSTALL_TIMEOUT_MS, onLine: (_, line) => onLine(line) })
        if (result.exitCode === 0) return
        const reason = `${command.join(' ')} ended with ${result.exitCode ?? result.ended}: ${result.output.slice(-600)}`
        throw failure('BUILD_FAILED', { stage: 'deps', reason })
      }
      await sandbox.writeFiles({
        'package.json': files['package.json'] as Uint8Array,
        'package-lock.json': lock,
      })
      await sandbox.setEgress({ kind: 'npm-registry' })
      await run('npm', 'ci', '--ignore-scripts')
      await sandbox.setEgress({ kind: 'none' })
      if (Buffer.from(lock).includes('"node_modules/@electric-sql/pglite"')) {
        await run('node', '--input-type=module', '--eval', MAKE_DATABASE)
      }
      if (deps.viteConfig !== undefined && isWarm(files)) {
        await sandbox.writeFiles({ ...WARM_PAGE, 'vite.config.ts': deps.viteConfig })
        // Without it the dev server does the same at its own start.
        await sandbox.exec(['vite', 'optimize'], { timeoutMs: INSTALL_TIMEOUT_MS, onLine: (_, line) => onLine(line) })
      }
      for (const { path, kind } of await sandbox.list()) if (kind !== 'folder') await sandbox.remove(path)
      const part = `${folder}.${sandbox.id}`
      await deps.runtime.keepAsTemplate(sandbox, part)
      await placeTree(part, folder)
    } finally {
      await sandbox.stop()
    }
  }

  return {
    async ensure(files, onLine) {
      const folder = join(deps.folder, treeName(files, [deps.runtime.name, isWarm(files)]))
      if (existsSync(folder)) return { folder, isNew: false }
      const before = running.get(folder)
      const work = before ?? install(folder, files, onLine)
      running.set(folder, work)
      try {
        await work
      } finally {
        running.delete(folder)
      }
      return { folder, isNew: true }
    },
  }
}

/** Two workers may have installed the same: the first one in place stays. */
async function placeTree(part: string, folder: string): Promise<void> {
  await rename(part, folder).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  })
}

/** Of what is installed, whatever the app is called; each engine keeps its trees in its own way. */
function treeName(files: AppFiles, made: readonly [engine: string, isWarm: boolean]): string {
  const lock = JSON.parse(Buffer.from(files['package-lock.json'] ?? new Uint8Array()).toString() || '{}') as {
    packages?: Record<string, unknown>
  }
  const { '': root, ...packages } = lock.packages ?? {}
  const wanted = (root ?? {}) as { dependencies?: unknown; devDependencies?: unknown }
  return sha256(Buffer.from(JSON.stringify([FORM, ...made, wanted.dependencies, wanted.devDependencies, packages]))).slice(0, 24)
}
