import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from './agent/run-command.ts'
import { localRuntime } from './local/local-runtime.ts'
import { createRegistryMirror, type RegistryLine } from './registry-mirror.ts'
import type { Sandbox, SandboxRuntime } from './sandbox.ts'
import { hasLocalSandboxes } from './testing/local-machine.ts'

const isPossible = await hasLocalSandboxes()
const DAY_MS = 86_400_000

/** A registry on this machine's loopback, at the edge of the process. */
async function registryOf(
  packages: Readonly<Record<string, Readonly<Record<string, { days: number; scripts?: object }>>>>,
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-registry-'))
  const tarballs = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1)
    const tarball = tarballs.get(path)
    if (tarball) return response.end(tarball)
    const found = packages[path]
    if (!found) return response.writeHead(404).end('{}')
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const time = Object.fromEntries(
      Object.entries(found).map(([version, { days }]) => [version, new Date(Date.now() - days * DAY_MS).toISOString()]),
    )
    const versions = Object.entries(found).map(([version, { scripts }]) => {
      const file = `${path}/-/x-${version}.tgz`
      const integrity = `sha512-${createHash('sha512')
        .update(tarballs.get(file) as Buffer)
        .digest('base64')}`
      return [version, { name: path, version, ...(scripts ? { scripts } : {}), dist: { tarball: `${base}/${file}`, integrity } }]
    })
    response.end(
      JSON.stringify({ name: path, 'dist-tags': { latest: Object.keys(found).at(-1) }, time, versions: Object.fromEntries(versions) }),
    )
  })
  for (const [name, versions] of Object.entries(packages)) {
    for (const [version, { scripts }] of Object.entries(versions)) {
      const root = join(folder, 'package')
      mkdirSync(root, { recursive: true })
      writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version, main: 'index.js', ...(scripts ? { scripts } : {}) }))
      writeFileSync(join(root, 'index.js'), `module.exports = '${name} ${version}'`)
      await runCommand('tar', ['-czf', join(folder, 'p.tgz'), '-C', folder, 'package'])
      tarballs.set(`${name}/-/x-${version}.tgz`, readFileSync(join(folder, 'p.tgz')))
      rmSync(root, { recursive: true })
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

describe.skipIf(!isPossible)('adding a package in a sandbox', () => {
  let server: Server
  let runtime: SandboxRuntime
  let template: string
  const lines: RegistryLine[] = []
  beforeAll(async () => {
    server = await registryOf({
      wanted: { '1.0.0': { days: 100 }, '1.1.0': { days: 30 }, '1.2.0': { days: 1 } },
      '@scope/other': { '2.0.0': { days: 100, scripts: { postinstall: 'touch /app/it-ran' } } },
      expresss: { '1.0.0': { days: 40 } },
      'only-today': { '1.0.0': { days: 0 } },
    })
    const folder = mkdtempSync(join(tmpdir(), 'slipway-sandboxes-'))
    const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const registry = createRegistryMirror({ upstream, onRequest: (line) => lines.push(line) })
    runtime = localRuntime({ folder, node: process.execPath, registry })
    const maker = await runtime.create({})
    await maker.writeFiles({
      'node_modules/@scope/old/index.js': 'module.exports = 1',
      'node_modules/@scope/old/package.json': '{"name":"@scope/old","version":"1.0.0"}',
    })
    template = join(folder, 'template')
    await runtime.keepAsTemplate(maker, template)
  })
  afterAll(async () => {
    await runtime.close()
    server.close()
  })
  const withApp = async (work: (sandbox: Sandbox) => Promise<void>) => {
    const sandbox = await runtime.create({ template })
    await sandbox.writeFiles({ 'package.json': '{"name":"app","version":"1.0.0","dependencies":{"@scope/old":"1.0.0"}}' })
    await sandbox.setEgress({ kind: 'npm-registry' })
    await work(sandbox)
    await sandbox.stop()
  }
  const add = (sandbox: Sandbox, name: string) =>
    sandbox.exec(['npm', 'install', '--no-save', '--no-package-lock', name], { timeoutMs: 60_000 })

  test('it comes in its newest version that is old enough, beside the template’s, which stays as it was', async () => {
    await withApp(async (sandbox) => {
      const { exitCode, output } = await add(sandbox, 'wanted')
      expect(exitCode, output).toBe(0)
      expect((await sandbox.exec(['node', '-p', "require('wanted')"])).output).toBe('wanted 1.1.0\n')
    })
    expect(existsSync(join(template, 'node_modules/wanted'))).toBe(false)
    expect(existsSync(join(template, 'node_modules/@scope/old/index.js'))).toBe(true)
  })

  test('its install script is not run, and is told of', async () => {
    await withApp(async (sandbox) => {
      const { exitCode, output } = await add(sandbox, '@scope/other')
      expect(exitCode, output).toBe(0)
      expect((await sandbox.exec(['node', '-p', "require('@scope/other')"])).output).toBe('@scope/other 2.0.0\n')
      await expect(sandbox.readFile('it-ran')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })
    expect(lines.find((line) => line.path.includes('other'))?.note).toContain('install scripts')
  })

  test.each([
    ['expresss', 'looks like "express"'],
    ['only-today', 'no version that is known to be 7 days old'],
    ['invented-by-a-model', 'There is no package "invented-by-a-model"'],
    ['wanted@1.2.0', 'No matching version'],
  ])('%s is not added, and who reads the output learns why', async (name, reason) => {
    await withApp(async (sandbox) => {
      const { exitCode, output } = await add(sandbox, name)
      expect(exitCode).not.toBe(0)
      expect(output).toContain(reason)
    })
  })
})
