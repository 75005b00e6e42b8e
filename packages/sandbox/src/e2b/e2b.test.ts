import { mkdtempSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRegistryMirror } from '../registry-mirror.ts'
import { e2bLoopback } from '../testing/e2b-loopback.ts'
import { hasLocalSandboxes } from '../testing/local-machine.ts'
import { sandboxContract } from '../testing/sandbox-contract.ts'
import { e2bRuntime } from './e2b-runtime.ts'

const registry = createRegistryMirror({ upstream: 'http://127.0.0.1:1/' })
const newFolder = () => mkdtempSync(join(tmpdir(), 'slipway-e2b-notes-'))

// A test that a person with an account starts: it costs their money.
const apiKey = process.env.E2B_API_KEY
if (apiKey) sandboxContract('e2b', () => e2bRuntime({ apiKey, folder: newFolder(), node: process.execPath, registry }))
else console.warn('SKIPPED: sandboxes at E2B, because there is no E2B_API_KEY. The driver is tested against a loopback of its SDK instead.')

const isRoot = process.getuid?.() === 0
const canLoop = isRoot && (await hasLocalSandboxes())
if (!isRoot) console.warn('SKIPPED: the loopback of E2B, because its machines need root.')

const cloud = e2bLoopback()
const notes = newFolder()
const make = (folder = notes) => e2bRuntime({ apiKey: 'loopback', folder, node: process.execPath, registry, cloud })
if (canLoop) sandboxContract('e2b over a loopback', () => make())

test.skipIf(!canLoop)(
  'machines have no internet, begin as the one snapshot that holds the tools, and none is left',
  async () => {
    const runtime = make()
    await Promise.all([runtime.create({}), runtime.create({})])
    const snapshots = cloud.created.slice(-2).map(({ template }) => template)
    expect(snapshots[0]).toBe(snapshots[1])
    expect(cloud.created.filter(({ template }) => template === 'base')).toHaveLength(1)
    expect(cloud.created.filter(({ allowInternetAccess }) => allowInternetAccess)).toEqual([])
    await runtime.close()
    expect(cloud.living()).toEqual([])
  },
  60_000,
)

test.skipIf(!canLoop)('the sweep ends machines of services of this host that are dead, and no others', async () => {
  const options = { apiKey: 'x', timeoutMs: 1, allowInternetAccess: false }
  const dead = await cloud.create('base', { ...options, metadata: { slipwayHost: hostname(), slipwayOwner: '4194304-1' } })
  const foreign = await cloud.create('base', { ...options, metadata: { slipwayHost: 'another', slipwayOwner: '4194304-1' } })
  expect(await make().sweep()).toEqual({ removed: 1 })
  expect(cloud.living()).toEqual([foreign.sandboxId])
  expect(dead.sandboxId).not.toBe(foreign.sandboxId)
  await foreign.kill()
})

test('without a key nothing runs, and the fix is named', async () => {
  const runtime = e2bRuntime({ apiKey: undefined, folder: newFolder(), node: process.execPath, registry })
  expect(await runtime.probe()).toMatchObject({ ok: false, reason: 'there is no key for E2B', fix: expect.stringContaining('E2B_API_KEY') })
  await expect(runtime.create({})).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  expect(await runtime.sweep()).toEqual({ removed: 0 })
})
