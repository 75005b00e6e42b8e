#!/usr/bin/env node
// The `slipway` command: the CLI on the project's own Node.
import { join } from 'node:path'
import { ensureInstalled, ROOT, runNode } from './toolchain.mjs'

ensureInstalled()
runNode([join(ROOT, 'apps/cli/src/main.ts'), ...process.argv.slice(2)], {}, process.cwd())
