import { mkdtempSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox, SandboxRuntime } from '../sandbox.ts'
import { hasLocalSandboxes, testRuntime } from '../testing/local-machine.ts'

const isPossible = await hasLocalSandboxes()

/** What somebody who has not read the study would try; see docs/sandbox.md. */
describe.skipIf(!isPossible)('attempts of outsiders in a local sandbox', () => {
  let runtime: SandboxRuntime
  let sandbox: Sandbox
  const folder = mkdtempSync(join(tmpdir(), 'slipway-outsider-'))
  beforeAll(async () => {
    runtime = testRuntime(folder)
    sandbox = await runtime.create({ memoryMb: 512, processesMax: 100 })
  }, 30_000)
  afterAll(() => runtime.close())
  const output = async (script: string) => (await sandbox.exec(['sh', '-c', `${script} 2>&1`], { timeoutMs: 60_000 })).output

  test('an abstract socket of the host is neither seen nor reached', async () => {
    const name = `\0slipway-outsider-${process.pid}`
    const server = createServer((socket) => socket.end('reached'))
    await new Promise<void>((resolve) => server.listen(name, resolve))
    const script = `require('node:net').connect('\\0${name.slice(1)}').on('data', (d) => console.log(String(d))).on('error', (e) => console.log(e.code))`
    expect((await sandbox.exec(['node', '-e', script])).output.trim()).toMatch(/^E/)
    expect(await output('cat /proc/net/unix')).not.toContain(name.slice(1))
    server.close()
  })

  test('commands for new namespaces, mounts, keys and other roots are refused', async () => {
    for (const command of ['unshare -r true', 'unshare -m true', 'mount -t tmpfs x /tmp', 'chroot / true', 'nsenter -t 1 -m true'])
      expect(await output(`${command} && echo done`), command).not.toContain('done')
  })

  test('what the kernel says of itself is shut or read-only', async () => {
    for (const path of ['/proc/kcore', '/proc/kmsg', '/proc/1/mem', '/dev/kmsg'])
      expect(await output(`head -c 1 ${path} > /dev/null && echo read`), path).not.toContain('read\n')
    for (const path of ['/proc/sys/kernel/hostname', '/proc/sys/vm/drop_caches', '/proc/sys/fs/binfmt_misc/register', '/sys/fs/cgroup/x'])
      expect(await output(`echo 1 > ${path} && echo written`), path).not.toContain('written')
    expect(await output('echo -1000 > /proc/self/oom_score_adj && echo written')).not.toContain('written')
    expect(await output('nice -n -5 true; renice -n -5 -p $$')).toMatch(/denied|permitted|Permission/)
  })

  test('a tree deeper than any path can name is counted, listed in words or not at all, and removed', async () => {
    const other = await runtime.create({})
    const script = `for (let n = 0; n < 1500; n++) { fs.mkdirSync('d'.repeat(200)); process.chdir('d'.repeat(200)) }`
    // The shell's own notion of where it is would be longer than a path may be: each step is its own.
    await other.exec([
      'sh',
      '-c',
      `i=0; while [ $i -lt 60 ]; do mkdir ${'d'.repeat(200)} && cd ${'d'.repeat(200)} || break; i=$((i+1)); done; true`,
    ])
    await other.exec(['python3', '-c', `import os\nfor n in range(200):\n  os.mkdir('e' * 200); os.chdir('e' * 200)`])
    await other.exec(['node', '-e', `const fs = require('node:fs'); try { ${script} } catch {}`])
    const listing = await other.list().catch((error: unknown) => error)
    if (!Array.isArray(listing)) expect(listing).toMatchObject({ code: expect.stringMatching(/NOT_FOUND|TOO_LARGE/) })
    expect((await other.stat()).diskBytes).toBeGreaterThan(0)
    expect((await other.exec(['echo', 'alive'])).output).toBe('alive\n')
    const layers = () => readdirSync(folder, { recursive: false }).flatMap((owner) => readdirSync(join(folder, String(owner))))
    expect(layers()).toContain(other.id)
    await other.stop()
    expect(layers()).not.toContain(other.id)
  })

  test('folders without any right, and names of every sign, are removed with the rest', async () => {
    const other = await runtime.create({})
    await other.exec(['sh', '-c', 'mkdir -p shut/in; touch shut/in/x; chmod 000 shut/in shut; printf x > "$(printf \'bad\\377\\nname\')"'])
    await other.list().catch(() => undefined)
    await other.stop()
    expect(readdirSync(folder).flatMap((owner) => readdirSync(join(folder, owner)))).not.toContain(other.id)
  })
})
