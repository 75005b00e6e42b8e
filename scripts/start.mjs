// `npm start`: installs and builds what is missing, then runs Slipway until Ctrl-C.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureSystemPackages } from './system-packages.mjs'
import { ensureInstalled, NODE, ROOT } from './toolchain.mjs'
import { ensureWebBuilt } from './web-build.mjs'

ensureInstalled()
ensureSystemPackages()
ensureWebBuilt()

const server = spawn(NODE, ['--disable-warning=DeprecationWarning', join(ROOT, 'apps/server/src/main.ts'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to the whole group; a supervisor signals only this process, so it is passed on.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
process.on('SIGINT', () => undefined)
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
