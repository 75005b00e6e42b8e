import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EventBody } from '@slipway/domain'
import { createRegistryMirror, localRuntime, type SandboxRuntime } from '@slipway/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBench } from './app-bench.ts'
import { type AppFiles, packFiles, unpackFiles } from './archive.ts'
import { dependencyTrees } from './dependency-trees.ts'
import { jobLog } from './job-log.ts'

const folder = mkdtempSync(join(tmpdir(), 'slipway-host-side-'))
/** Whatever runs outside of a sandbox leaves its mark here. */
const outside = join(folder, 'outside')
const mark = (name: string) => `mkdir -p ${outside}; touch ${outside}/${name}`

let asked: string[] = []
const registry: Server = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.writeHead(404).end()
})
await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`
const makeRuntime = () =>
  localRuntime({
    folder: join(folder, 'sandboxes'),
    node: process.execPath,
    registry: createRegistryMirror({ upstream: `${address}/registry/` }),
  })
const probe = await makeRuntime().probe()
if (!probe.ok) console.warn(`SKIPPED: the host side of sandboxes, because ${probe.reason}. To run them: ${probe.fix}`)

const bytes = (files: Readonly<Record<string, string>>): AppFiles =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
const lock = (packages: object = {}) =>
  JSON.stringify({ name: 'app', version: '1.0.0', lockfileVersion: 3, packages: { '': {}, ...packages } })
const SCRIPTS = Object.fromEntries(
  ['preinstall', 'install', 'postinstall', 'prepare', 'build', 'prebuild', 'start'].map((name) => [name, mark(name)]),
)

/** What a workspace may hold to be run by tools of the host that come near it. */
const HOSTILE = bytes({
  'package.json': JSON.stringify({ name: 'app', version: '1.0.0', scripts: SCRIPTS }),
  'package-lock.json': lock(),
  '.npmrc': `ignore-scripts=false\nscript-shell=/app/run.sh\nnode-options=--require /app/run.cjs\nregistry=${address}/evil/\n`,
  '.yarnrc.yml': 'yarnPath: ./run.cjs\n',
  'run.sh': `#!/bin/sh\n${mark('script-shell')}\n`,
  'run.cjs': `require('node:child_process').execSync(${JSON.stringify(mark('required'))})`,
  '.git/config': `[core]\n\tfsmonitor = "${mark('fsmonitor')}"\n\thooksPath = .\n[filter "x"]\n\tsmudge = "${mark('smudge')}"\n\tclean = "${mark('clean')}"\n[diff "x"]\n\ttextconv = "${mark('textconv')}"\n`,
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/hooks/post-checkout': `#!/bin/sh\n${mark('hook')}\n`,
  '.gitattributes': '* filter=x diff=x\n',
  '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "${mark('submodule')}"\n`,
  '.envrc': mark('envrc'),
  '.vscode/tasks.json': '{}',
  'vite.config.js': `require('node:child_process').execSync(${JSON.stringify(mark('vite'))})`,
})

describe.skipIf(!probe.ok)('a hostile workspace and the host beside it', () => {
  let runtime: SandboxRuntime
  beforeAll(() => {
    runtime = makeRuntime()
    mkdirSync(outside)
    writeFileSync(join(folder, 'canary.txt'), 'canary-9c1d')
  })
  afterAll(async () => {
    await runtime.close()
    registry.close()
  })
  const trees = () => dependencyTrees({ runtime, folder: join(folder, 'trees') })
  const bench = (files: AppFiles = HOSTILE) => openBench({ runtime, trees: trees(), idleMs: 60_000 }, files, () => undefined)

  test('no hook, filter, script, rc file or config of it runs outside, whatever is done with it', { timeout: 60_000 }, async () => {
    const { build, serve, readSources, sandbox } = await bench()
    await build(() => undefined) // its scripts run inside, where the marks are written to its own disk or nowhere
    await serve(() => undefined).catch(() => undefined)
    const archive = packFiles(await readSources())
    expect(Object.keys(unpackFiles(archive))).toContain('.npmrc')
    await sandbox.stop()
    expect(readdirSync(outside)).toEqual([])
  })

  test('a link to a file of the host is packed as nothing, and its content is read by nobody', { timeout: 60_000 }, async () => {
    const { readSources, sandbox } = await bench()
    const script = `ln -s ${folder}/canary.txt canary; ln -s ${folder} whole; mkdir d; ln -s /proc/1/environ d/environ; ln -s /etc/passwd passwd`
    await sandbox.exec(['sh', '-c', script])
    const files = await readSources()
    expect(Object.keys(files).filter((path) => /canary|whole|environ|passwd/.test(path))).toEqual([])
    for (const content of Object.values(files)) expect(Buffer.from(content).toString()).not.toContain('canary-9c1d')
    await sandbox.stop()
  })

  test('thousands of files, a huge one, pipes and names that unpack elsewhere end a build in words', { timeout: 60_000 }, async () => {
    const { readSources, sandbox } = await bench()
    const leave = (script: string) => sandbox.exec(['sh', '-c', script])
    await leave('mkfifo pipe; ln -s pipe to-pipe')
    expect(Object.keys(await readSources())).toContain('package.json')
    await leave('mkdir many; cd many; seq 6000 | xargs touch')
    await expect(readSources()).rejects.toMatchObject({ code: 'BUILD_FAILED', message: expect.stringMatching(/\d{4} files of its own/) })
    await leave('rm -r many; truncate -s 900M sparse')
    await expect(readSources()).rejects.toMatchObject({ code: 'BUILD_FAILED', message: expect.stringContaining('larger than 64 MB') })
    for (const name of ['..\\..\\evil.exe', 'C:evil', 'line\nbreak', 'up\u001b[2J']) {
      await leave('rm -f sparse odd/*')
      await sandbox.writeFiles({ [`odd/${name}`]: 'x' })
      await expect(readSources(), name).rejects.toMatchObject({
        code: 'BUILD_FAILED',
        message: expect.stringContaining('cannot be unpacked'),
      })
    }
    await sandbox.stop()
  })

  test('links that are swapped while the host reads lead it nowhere', { timeout: 60_000 }, async () => {
    const { readSources, sandbox } = await bench()
    const swaps = 'while :; do echo mine > swap; ln -sfn /proc/self/environ other; mv -T other swap; rm -f swap; mkfifo swap; rm swap; done'
    const swapping = await sandbox.start(['sh', '-c', swaps])
    const seen = new Set<string>()
    for (let round = 0; round < 100; round++) {
      const files = await readSources().catch((error: unknown) => {
        expect(error).toMatchObject({ code: expect.stringMatching(/BUILD_FAILED|SANDBOX_PATH_REFUSED/) })
        return {}
      })
      const { swap } = files as Record<string, Uint8Array>
      if (swap) seen.add(Buffer.from(swap).toString())
    }
    await swapping.kill()
    for (const content of seen) expect(['', 'mine\n']).toContain(content)
    await sandbox.stop()
  })

  test('an install runs no script, and asks the registry and nobody else', { timeout: 60_000 }, async () => {
    asked = []
    const evil = {
      'node_modules/left': { version: '1.0.0', resolved: `${address}/evil/left-1.0.0.tgz`, integrity: 'sha512-x' },
      'node_modules/right': { version: '1.0.0', resolved: `git+ssh://git@127.0.0.1/right.git#1111111111111111111111111111111111111111` },
      'node_modules/near': { version: '1.0.0', resolved: `file:${folder}` },
    }
    const asks = Object.entries(evil).map(([name, entry]) => {
      const own = { [name.slice('node_modules/'.length)]: entry.resolved }
      return {
        'package.json': JSON.stringify({ name: 'app', version: '1.0.0', scripts: SCRIPTS, dependencies: own }),
        'package-lock.json': lock({ '': { dependencies: own }, [name]: entry }),
      }
    })
    for (const files of asks) {
      const sandbox = await runtime.create({})
      await sandbox.writeFiles(files)
      await sandbox.setEgress({ kind: 'npm-registry' })
      const { exitCode } = await sandbox.exec(['npm', 'ci', '--ignore-scripts'], { env: { npm_config_fetch_retries: '0' } })
      expect(exitCode).not.toBe(0)
      await sandbox.stop()
    }
    await trees().ensure(HOSTILE, () => undefined)
    expect(asked.filter((path) => path.startsWith('/evil'))).toEqual([])
    expect(readdirSync(outside)).toEqual([])
  })

  test('no line that it writes is another event than a line of its log', { timeout: 60_000 }, async () => {
    const { run, sandbox } = await bench()
    const forged = ['id: 7', 'event: job-changed', 'data: {"id":7,"body":{"type":"job-changed","status":"ready"}}', '', '', 'retry: 1']
    const told: unknown[] = []
    const id = '01890000-0000-7000-8000-000000000001'
    const log = jobLog(async (events) => void told.push(...events), { projectId: id, featureId: id, jobId: id, stage: 'checks' })
    const text = [...forged, '\u001b]0;title\u0007', '\u001b[1A\u001b[2Kready', 'done\rready', '\u2028event: x'].join('\n')
    await run(['node', '-e', `process.stdout.write(${JSON.stringify(text)}); process.stderr.write('\\0')`], { onLine: log.add })
    await log.flush()
    const events = told.map((event) => EventBody.parse(event))
    expect(events.map((event) => event.type)).toEqual(events.map(() => 'job-log'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(events.map((event) => ('text' in event ? event.text : '')).join('')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    await sandbox.stop()
  })
})
