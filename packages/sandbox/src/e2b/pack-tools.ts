/** Node, npm and the agent as one archive, at the places where every sandbox has them. */
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AGENT, NPM_FOLDER } from '../agent/agent-files.ts'
import { runCommand } from '../agent/run-command.ts'

/** What the archive would hold, and what it would be laid over, in 16 letters: so that it is made and sent only once. */
export async function toolsName(node: string, template: string): Promise<string> {
  const parts = [template, await runCommand(node, ['--version']), await readFile(join(NPM_FOLDER, 'package.json')), await readFile(AGENT)]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** @returns a gzipped tar of `opt/` */
export async function packTools(node: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tools-'))
  try {
    for (const [from, to] of [
      [node, 'root/opt/bin/node'],
      [NPM_FOLDER, 'root/opt/npm'],
      [AGENT, 'root/opt/agent.mjs'],
    ] as const) {
      mkdirSync(dirname(join(folder, to)), { recursive: true })
      cpSync(from, join(folder, to), { recursive: true, dereference: true })
    }
    symlinkSync('/opt/npm/bin/npm-cli.js', join(folder, 'root/opt/bin/npm'))
    const plain = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX']
    const target = join(folder, 'tools.tar')
    await runCommand('tar', ['--create', `--file=${target}`, '--directory', join(folder, 'root'), ...plain, 'opt'])
    await runCommand('gzip', ['--no-name', '-1', target])
    return await readFile(`${target}.gz`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
