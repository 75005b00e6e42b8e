// Brings what no npm package can: a browser and the sandbox's bubblewrap, by apt where this user may.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const WANTED = [
  { command: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium', for: 'tests and the page check of a build' },
  { command: ['bwrap'], package: 'bubblewrap', for: 'the sandbox in which generated code runs' },
]

function isOnPath(names) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) =>
    names.some((name) => {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return true
      } catch {
        return false // not in this folder: the next one is looked at
      }
    }),
  )
}

/** Installs what is missing when this user is root on a Debian-like machine; says exactly what to run when not. */
export function ensureSystemPackages() {
  const missing = WANTED.filter((wanted) => !isOnPath(wanted.command))
  if (missing.length === 0) return
  const names = missing.map((wanted) => wanted.package)
  const mayInstall = process.getuid?.() === 0 && isOnPath(['apt-get'])
  if (mayInstall) {
    console.log(`Installing ${names.join(' and ')} with apt-get …`)
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
    })
  }
  for (const wanted of missing.filter((one) => !isOnPath(one.command))) {
    console.warn(`Missing: ${wanted.package} (${wanted.for}). Install it with: sudo apt-get install -y ${wanted.package}`)
  }
}
