// Runs one of the project's own scripts on the project's own Node: `node scripts/with-node.mjs FILE [arguments]`.
import { ensureInstalled, runNode } from './toolchain.mjs'

ensureInstalled()
runNode(process.argv.slice(2))
