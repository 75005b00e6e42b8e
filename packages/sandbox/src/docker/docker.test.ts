import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand } from '../agent/run-command.ts'
import { createRegistryMirror } from '../registry-mirror.ts'
import { killedService } from '../testing/killed-service.ts'
import { sandboxContract } from '../testing/sandbox-contract.ts'
import { dockerRuntime } from './docker-runtime.ts'

const make = (image?: string) =>
  dockerRuntime({
    node: process.execPath,
    registry: createRegistryMirror({ upstream: 'http://127.0.0.1:1/' }),
    ...(image ? { image } : {}),
  })

const runtime = make()
const probe = await runtime.probe()
if (!probe.ok) console.warn(`SKIPPED: sandboxes in Docker, because ${probe.reason}. To run them: ${probe.fix}`)
else sandboxContract('docker', make)

describe.skipIf(!probe.ok)('sandboxes in Docker', () => {
  const docker = (...args: string[]) => runCommand('docker', args)
  afterAll(async () => {
    await runtime.close()
    const images = (await docker('image', 'ls', '--quiet', '--filter', 'label=slipway.template')).split('\n').filter(Boolean)
    if (images.length > 0) await docker('image', 'rm', '--force', ...images)
  })

  test('a container has no capability, no new privileges, no network, limits, and no log', async () => {
    const sandbox = await runtime.create({ memoryMb: 300, processesMax: 50 })
    const [found] = JSON.parse(await docker('container', 'inspect', `slipway-${sandbox.id}`)) as [
      { HostConfig: Record<string, unknown>; Config: { User: string } },
    ]
    expect(found.HostConfig).toMatchObject({
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      PidsLimit: 50,
      Memory: 300 * 1024 * 1024,
      LogConfig: { Type: 'none' },
    })
    const { output } = await sandbox.exec([
      'sh',
      '-c',
      'grep -E "CapEff|NoNewPrivs" /proc/self/status; id -u; touch /usr/x 2>&1; ls /sys/class/net',
    ])
    expect(output).toMatch(/CapEff:\s+0000000000000000\nNoNewPrivs:\s+1\n61000\n.*(?:denied|Read-only).*\nlo\n$/)
    await sandbox.stop()
    expect(await docker('ps', '--all', '--quiet', '--filter', `name=slipway-${sandbox.id}`)).toBe('')
  })

  test('a container whose service was killed ends, and the next sweep removes it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-docker-'))
    const id = await killedService(folder, 'docker')
    expect(await docker('wait', `slipway-${id}`)).toMatch(/^\d+\n$/)
    expect((await runtime.sweep()).removed).toBeGreaterThanOrEqual(1)
    expect(await docker('ps', '--all', '--quiet', '--filter', `name=slipway-${id}`)).toBe('')
  })
})

test('without Docker, or without its image, nothing runs, and the fix is named', async () => {
  const registry = createRegistryMirror({ upstream: 'http://127.0.0.1:1/' })
  const none = dockerRuntime({ node: process.execPath, registry, docker: '/nowhere/docker' })
  expect(await none.probe()).toMatchObject({ ok: false, fix: 'sudo apt-get install -y docker.io tini' })
  await expect(none.create({})).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
  if (probe.ok) expect(await make('no-such-image:none').probe()).toMatchObject({ ok: false, fix: 'docker pull no-such-image:none' })
})
