// `npm test`: installs what is missing, then runs the gate and every test of the project on Node 24.
import { ensureSystemPackages } from './system-packages.mjs'
import { ensureInstalled, runNode } from './toolchain.mjs'
import { ensureWebBuilt } from './web-build.mjs'

ensureInstalled()
ensureSystemPackages()
ensureWebBuilt()
runNode(['scripts/check.mjs'])
runNode(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)])
