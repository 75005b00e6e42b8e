import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { killedService } from '../testing/killed-service.ts'
import { hasLocalSandboxes, testRuntime } from '../testing/local-machine.ts'
import { sandboxContract } from '../testing/sandbox-contract.ts'
import { controlGroupIds } from './control-group.ts'
import { localRuntime } from './local-runtime.ts'

const isPossible = await hasLocalSandboxes()
if (isPossible) sandboxContract('local', testRuntime)

describe.skipIf(!isPossible)('local runtime', () => {
  test('a service that is killed leaves no process, and the next sweep leaves no folder and no control group', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-killed-'))
    const id = await killedService(folder, 'local')
    const next = testRuntime(join(folder, 'boxes'))
    expect(await next.sweep()).toEqual({ removed: 1 })
    expect(readdirSync(join(folder, 'boxes'))).toEqual([])
    expect(controlGroupIds()).not.toContain(id)
    const commands = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readCommand(name))
    expect(commands.filter((command) => command.includes('sleep\u00007777'))).toEqual([])
    await next.close()
  }, 30_000)

  test('a sandbox that writes more than its share is ended', async () => {
    const runtime = testRuntime()
    const sandbox = await runtime.create({ diskMb: 20 })
    await sandbox.exec(['sh', '-c', 'head -c 60000000 /dev/zero > big'])
    expect(await sandbox.gone).toMatch(/^it wrote \d+ MB of 20$/)
    await runtime.close()
  }, 30_000)
})

test('without bubblewrap nothing runs, and the fix is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-none-'))
  const runtime = localRuntime({ folder, node: process.execPath, registry: { serve: () => undefined }, bwrap: '/nowhere/bwrap' })
  expect(await runtime.probe()).toEqual({ ok: false, reason: 'bubblewrap is not installed', fix: 'sudo apt-get install -y bubblewrap' })
  await expect(runtime.create({})).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
})

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it ended while we looked
  }
}
