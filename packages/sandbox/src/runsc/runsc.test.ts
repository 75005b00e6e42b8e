import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { controlGroupIds } from '../local/control-group.ts'
import { createRegistryMirror } from '../registry-mirror.ts'
import { killedService } from '../testing/killed-service.ts'
import { sandboxContract } from '../testing/sandbox-contract.ts'
import { runscRuntime } from './runsc-runtime.ts'

const registry = createRegistryMirror({ upstream: 'http://127.0.0.1:1/' })
const make = (folder = mkdtempSync(join(tmpdir(), 'slipway-runsc-'))) => runscRuntime({ folder, node: process.execPath, registry })

const runtime = make()
const probe = await runtime.probe()
if (!probe.ok) console.warn(`SKIPPED: sandboxes under gVisor, because ${probe.reason}. To run them: ${probe.fix}`)
else sandboxContract('runsc', () => make())

describe.skipIf(!probe.ok)('sandboxes under gVisor', () => {
  afterAll(() => runtime.close())

  test('what is inside speaks to another kernel than this machine’s', async () => {
    const sandbox = await runtime.create({})
    const { output } = await sandbox.exec([
      'sh',
      '-c',
      'dmesg | head -1; uname -r; ls /sys/class/net 2>/dev/null; grep CapEff /proc/self/status',
    ])
    expect(output).toContain('Starting gVisor')
    expect(output).not.toContain(readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim())
    expect(output).toMatch(/CapEff:\s+0+\n/)
    await sandbox.stop()
  })

  test('processes that lose their parent are taken up, and none is left in the way', async () => {
    const sandbox = await runtime.create({})
    await sandbox.exec(['sh', '-c', 'for i in 1 2 3 4 5; do (sleep 0.01 & ); done; sleep 0.3'])
    const { output } = await sandbox.exec(['sh', '-c', 'cat /proc/[0-9]*/status | grep -c "^State:.*Z"'])
    expect(output).toBe('0\n')
    await sandbox.stop()
  })

  test('a service that is killed leaves no process, and the next sweep leaves no folder and no control group', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-killed-'))
    const id = await killedService(folder, 'runsc')
    const next = make(join(folder, 'boxes'))
    expect(await next.sweep()).toEqual({ removed: 1 })
    expect(readdirSync(join(folder, 'boxes'))).toEqual([])
    expect(controlGroupIds()).not.toContain(id)
    const commands = readdirSync('/proc').flatMap((pid) => {
      try {
        return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : []
      } catch {
        return [] // it ended while we looked
      }
    })
    expect(commands.filter((command) => command.includes(id))).toEqual([])
    await next.close()
  })
})

test('a gVisor that is too old is refused, with where to have a newer one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-old-'))
  const runsc = join(folder, 'runsc')
  writeFileSync(runsc, '#!/bin/sh\necho runsc version 0.0~20221219.0\n', { mode: 0o755 })
  const old = await runscRuntime({ folder, node: process.execPath, registry, runsc }).probe()
  if (process.getuid?.() === 0) expect(old).toMatchObject({ ok: false, reason: expect.stringContaining('20221219 is too old') })
  else expect(old).toMatchObject({ ok: false })
})

test('without gVisor nothing runs, and the fix is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-none-'))
  const none = runscRuntime({ folder, node: process.execPath, registry, runsc: '/nowhere/runsc' })
  const fix =
    process.getuid?.() === 0 ? expect.stringContaining('bookworm-backports runsc') : expect.stringContaining('start Slipway as root')
  expect(await none.probe()).toMatchObject({ ok: false, fix })
  await expect(none.create({})).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
})
