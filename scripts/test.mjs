// `npm test`: installs what is missing, then runs every check and test of the project on Node 24.
import { ensureInstalled, runNode } from './toolchain.mjs'

ensureInstalled()
runNode(['node_modules/vitest/vitest.mjs', 'run'])
