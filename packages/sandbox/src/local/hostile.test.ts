import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningCommand, Sandbox, SandboxRuntime } from '../sandbox.ts'
import { hasLocalSandboxes, testRuntime } from '../testing/local-machine.ts'

const isPossible = await hasLocalSandboxes()
const PYTHON = ['python3', '-c'] as const

/** What hostile code tries from inside; the numbers are those of the study in the README. */
describe.skipIf(!isPossible)('hostile code in a local sandbox', () => {
  let runtime: SandboxRuntime
  let sandbox: Sandbox
  beforeAll(async () => {
    process.env.SLIPWAY_CANARY = 'canary-5b1f'
    runtime = testRuntime()
    sandbox = await runtime.create({ memoryMb: 512, processesMax: 100 })
  }, 30_000)
  afterAll(async () => {
    delete process.env.SLIPWAY_CANARY
    await runtime.close()
  })
  const sh = (script: string, options = {}) => sandbox.exec(['sh', '-c', script], { timeoutMs: 20_000, ...options })
  const output = async (script: string) => (await sh(`${script} 2>&1`)).output

  test('1, 8: no secret file of the host, no device, no kernel switch', async () => {
    for (const path of [
      '/etc/shadow',
      '/root',
      '/home/*/.ssh',
      '/boot',
      '/sys/kernel',
      '/var/log/*',
      '/dev/vda',
      '/dev/mem',
      '/run/docker.sock',
    ])
      expect(await output(`ls -d ${path} && cat ${path}`), path).toMatch(/No such file|Permission denied|cannot/)
    for (const path of ['/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger'])
      expect(await output(`echo x > ${path}`), path).toMatch(/denied|Read-only|nonexistent/)
  })

  test('2: no variable of the service, in its own environment or anybody else’s', async () => {
    expect(await output('cat /proc/*/environ; env')).not.toContain('canary-5b1f')
  })

  test('3: nothing of another sandbox', async () => {
    const other = await runtime.create({})
    await other.writeFiles({ 'secret-of-another.txt': 'canary-7733' })
    expect(await output('grep -rs canary-7733 /app /tmp /home /mnt /opt; find / -name "secret-of-another*"')).not.toMatch(
      /canary-7733|secret-of-another\.txt/,
    )
    await other.stop()
  })

  test('4: it sees its own processes only, and cannot end the service', async () => {
    expect(Number(await output('ls -d /proc/[0-9]* | wc -l'))).toBeLessThan(12)
    expect(await output(`kill -9 ${process.pid}`)).toMatch(/No such process|not permitted/)
  })

  test('5: system calls that reach the kernel’s inner rooms are refused', async ({ skip }) => {
    const script = `
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
calls = {'ptrace': 101, 'process_vm_readv': 310, 'keyctl': 250, 'io_uring_setup': 425, 'bpf': 321, 'userfaultfd': 323, 'perf_event_open': 298,
  'mount': 165, 'fsopen': 430, 'unshare': 272, 'setns': 308, 'pivot_root': 155, 'chroot': 161, 'open_by_handle_at': 304, 'init_module': 175,
  'kexec_load': 246, 'reboot': 169, 'settimeofday': 164}
for name, number in calls.items():
    ctypes.set_errno(0)
    result = libc.syscall(number, 0, 0, 0, 0, 0)
    print(name, result, errno.errorcode.get(ctypes.get_errno()))
ctypes.set_errno(0); print('clone3', libc.syscall(435, 0, 0), errno.errorcode.get(ctypes.get_errno()))
ctypes.set_errno(0); print('clone newuser', libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0), errno.errorcode.get(ctypes.get_errno()))
`
    if (process.arch !== 'x64') skip('the numbers are those of x86-64')
    const lines = (await sandbox.exec([...PYTHON, script])).output.trim().split('\n')
    if (lines[0]?.includes('ENOENT')) skip('Python is not on this machine')
    expect(lines).toHaveLength(20)
    for (const line of lines) expect(line).toMatch(line.startsWith('clone3') ? / -1 ENOSYS$/ : / -1 EPERM$/)
  })

  test('6: no socket but local and internet ones', async ({ skip }) => {
    const script = `
import socket
for family, kind, protocol in [(40,1,0),(38,5,0),(17,3,0),(16,3,9),(31,3,1),(2,3,1)]:
    try:
        socket.socket(family, kind, protocol); print('open')
    except OSError as error:
        print(error.errno)
`
    const { output: said, exitCode } = await sandbox.exec([...PYTHON, script])
    if (exitCode === 127) skip('Python is not on this machine')
    expect(said).not.toContain('open')
  })

  test('7: no way to more rights', async () => {
    expect(await output('grep NoNewPrivs /proc/self/status')).toContain('1')
    expect(await output('grep CapEff /proc/self/status')).toMatch(/0000000000000000/)
    expect(await output('su -c id; chown 0 /app; mknod /tmp/disk b 8 0')).not.toMatch(/uid=0/)
    expect(await output('id -u')).toBe('1000\n')
  })

  test('9, 12, 13: no network, no name, no socket of the host', async () => {
    const server = createServer((socket) => socket.end('reached'))
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
    const { port } = server.address() as AddressInfo
    const script = `
const net = require('node:net'), dns = require('node:dns')
const tries = [['127.0.0.1', ${port}], ['169.254.169.254', 80], ['1.1.1.1', 53], ['10.0.0.1', 80], ['::1', ${port}]]
Promise.all(tries.map(([host, port]) => new Promise((done) => net.connect({ host, port }).on('connect', () => done('open')).on('error', (e) => done(e.code)))))
  .then((results) => dns.lookup('example.com', (error) => console.log(results.join(' '), error?.code)))
`
    const said = (await sandbox.exec(['node', '-e', script], { timeoutMs: 60_000 })).output
    expect(said).not.toContain('open')
    expect(said).toMatch(/ENETUNREACH|ECONNREFUSED/)
    expect(said).toMatch(/EAI_AGAIN|ENOTFOUND/)
    server.close()
  })

  test('10, 11: the way out is shut outside of the phase that may use it, and publishes nothing inside of it', async () => {
    const ask = `fetch('http://127.0.0.1:4873/left-pad').then((r) => console.log(r.status), (e) => console.log('shut', e.cause?.code))`
    expect((await sandbox.exec(['node', '-e', ask])).output).toContain('shut')
    await sandbox.setEgress({ kind: 'npm-registry' })
    const tries = `
const tries = [['PUT', '/left-pad'], ['GET', '/-/v1/search?text=x'], ['GET', '/-/whoami'], ['POST', '/-/user'], ['GET', '/left-pad?leak=1'], ['GET', '/a/b/c/d'], ['GET', '/..%2f..%2fetc']]
Promise.all(tries.map(([method, path]) => fetch('http://127.0.0.1:4873' + path, { method }).then((r) => r.status))).then((all) => console.log(all.join(' ')))
`
    expect((await sandbox.exec(['node', '-e', tries])).output.trim()).toBe('403 403 403 403 403 403 403')
    const raw = `
const net = require('node:net')
const lines = ['GET http://169.254.169.254/latest/meta-data HTTP/1.1', 'CONNECT 169.254.169.254:80 HTTP/1.1', 'CONNECT localhost:22 HTTP/1.1', 'GET //127.0.0.1/x HTTP/1.1', 'GET /@a/b/-/../../../etc HTTP/1.1', 'garbage']
Promise.all(lines.map((line) => new Promise((done) => {
  const socket = net.connect(4873, '127.0.0.1', () => socket.write(line + '\\r\\nhost: registry.npmjs.org.\\r\\n\\r\\n'))
  let text = ''
  socket.on('data', (bytes) => { text += bytes; done(text.split(' ')[1]) }).on('close', () => done(text.split(' ')[1] ?? 'shut')).on('error', () => done('shut'))
}))).then((all) => { console.log(all.join(' ')); process.exit() })
`
    expect((await sandbox.exec(['node', '-e', raw])).output.trim()).toMatch(/^(?:(?:403|400|shut) ?){6}$/)
    await sandbox.setEgress({ kind: 'none' })
    expect((await sandbox.exec(['node', '-e', ask])).output).toContain('shut')
  })

  test('14: links lead nowhere through the file calls', async () => {
    await sh('ln -sfn / root-link; ln -sf ../../../../etc/hostname up; mkdir -p d; ln -sfn /tmp d/t')
    for (const path of ['root-link/etc/passwd', 'up', 'd/t/x', 'root-link/app/../etc/passwd'])
      await expect(sandbox.readFile(path), path).rejects.toMatchObject({ code: expect.stringMatching(/SANDBOX_PATH_REFUSED|NOT_FOUND/) })
    await expect(sandbox.writeFiles({ 'd/t/x': '1' })).rejects.toMatchObject({ code: 'SANDBOX_PATH_REFUSED' })
  })

  test('16: links left behind in a workspace lead no mount of the next sandbox out of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-outside-'))
    const template = `${folder}-template`
    const maker = await runtime.create({})
    for (const name of ['node_modules', 'data', 'home', '.git', 'dist', 'oldroot', 'etc'])
      await maker.exec(['ln', '-sfn', `/oldroot${folder}/${name}`, name])
    await maker.exec(['sh', '-c', `ln -sfn ${folder} direct; ln -sfn /proc/1/root up`])
    await runtime.keepAsTemplate(maker, template)
    const next = await runtime.create({ template })
    await next.exec(['sh', '-c', 'echo x > node_modules/x; echo x > direct/x; mkdir -p data/y'])
    expect(readdirSync(folder)).toEqual([])
    await expect(next.readFile('direct/x')).rejects.toMatchObject({ code: expect.stringMatching(/SANDBOX_PATH_REFUSED|NOT_FOUND/) })
    await next.stop()
    expect(readdirSync(folder)).toEqual([])
    await rm(template, { recursive: true, force: true })
  })

  test('17: no descriptor of the service came along', async () => {
    const names = await output('for f in /proc/1/fd/* /proc/2/fd/*; do readlink $f; done')
    expect(names).not.toMatch(/\/work|slipway|\.log|eventpoll.*\/|postgres/)
  })

  test('18: a fork bomb fills its own share, and the sandbox can be used afterwards', async () => {
    await sandbox.exec(['sh', '-c', 'f() { f | f & }; f; sleep 1'], { timeoutMs: 3_000 })
    await sandbox.killAll()
    expect((await sh('echo alive')).output).toBe('alive\n')
  })

  test('19: a memory bomb is ended, the sandbox is not', async () => {
    const { exitCode } = await sandbox.exec(['node', '-e', 'const all = []; for (;;) all.push(Buffer.alloc(50e6, 1))'], {
      timeoutMs: 20_000,
    })
    expect(exitCode).not.toBe(0)
    expect((await sh('echo alive')).output).toBe('alive\n')
  })

  test('20, 21, 23: what is small stays small', async () => {
    expect(await output('head -c 400000000 /dev/zero > /tmp/fill; rm -f /tmp/fill')).toMatch(/No space/)
    expect(await output('head -c 100000000 /dev/zero > /dev/shm/fill; rm -f /dev/shm/fill')).toMatch(/No space/)
    expect(await output('ulimit -n')).toBe('8192\n')
    expect(await output('ulimit -f')).not.toContain('unlimited')
  })

  test('22: many small files are counted like large ones', async () => {
    const other = await runtime.create({ diskMb: 20 })
    const script = `const fs = require('node:fs'); for (let n = 0; ; n++) { if (n % 100 === 0) fs.mkdirSync('d' + n); fs.writeFileSync('d' + (n - n % 100) + '/' + n, 'x'.repeat(4096)) }`
    const writing = other.exec(['node', '-e', script]).catch(() => undefined)
    expect(await other.gone).toMatch(/^it wrote \d+ MB of 20$/)
    await writing
  })

  test('24: whoever wants all of the processor gets their share of it', async ({ skip }) => {
    const hog = await runtime.create({ cpus: 0.2 })
    const files = [`/sys/fs/cgroup/cpu/slipway/${hog.id}/cpu.stat`, `/sys/fs/cgroup/slipway/${hog.id}/cpu.stat`]
    const stat = files.find((path) => existsSync(path))
    if (!stat) skip('there are no control groups for this user')
    await hog.exec(['sh', '-c', 'for n in 1 2 3 4; do (while :; do :; done) & done; sleep 1'], { timeoutMs: 3_000 })
    expect(Number(/nr_throttled (\d+)/.exec(readFileSync(stat as string, 'utf8'))?.[1])).toBeGreaterThan(3)
    expect((await hog.exec(['echo', 'alive'])).output).toBe('alive\n')
    await hog.stop()
  })

  test('25, 26: what ignores the end is ended all the same', async () => {
    const script = `trap '' TERM; echo begun; while :; do :; done`
    expect(await sh(script, { timeoutMs: 200 })).toMatchObject({ ended: 'timeout' })
  })

  test('28: a flood of output is cut', async () => {
    expect(await sh('yes "$(head -c 1000 /dev/zero | tr "\\0" x)"', { outputBytesMax: 2_000_000 })).toMatchObject({ ended: 'output' })
  })

  test('27: nothing that was started is left when the sandbox has stopped', async () => {
    const other = await runtime.create({})
    await other.exec([
      'sh',
      '-c',
      `trap '' TERM HUP; for n in 1 2 3; do setsid nohup sleep 6543 > /dev/null 2>&1 & done; (setsid sh -c 'sleep 6543' &)`,
    ])
    const sleepers = () => usersOf((command) => command.startsWith('sleep\u00006543'))
    expect(sleepers().length).toBeGreaterThan(0)
    await other.stop()
    expect(sleepers()).toEqual([])
  })

  test('29: a stream that is not read is not written either, and arrives whole once it is', async () => {
    const sizeMb = 200
    await sandbox.writeFiles({
      'stream.mjs': `import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
let sent = 0
const block = Buffer.alloc(1024 * 1024, 120)
createServer(async (socket) => {
  socket.on('error', () => {})
  for (let n = 0; n < ${sizeMb}; n++) { sent = n; if (!socket.write(block)) await new Promise((go) => socket.once('drain', go)) }
  socket.end()
}).listen(3100)
createServer((socket) => socket.on('error', () => {}).end(String(sent))).listen(3101, () => console.log('up'))
`,
    })
    const server = await sandbox.start(['node', 'stream.mjs'])
    await sandbox.waitForPort(3101, { timeoutMs: 60_000 })
    const stream = await sandbox.connect(3100)
    const sentMb = async () => {
      let text = ''
      for await (const bytes of await sandbox.connect(3101)) text += String(bytes)
      return Number(text)
    }
    for (let before = -1, now = await sentMb(); now !== before; ) {
      before = now
      await sandbox.exec(['sleep', '0.3'])
      now = await sentMb()
    }
    expect(await sentMb()).toBeLessThan(sizeMb / 2)
    let size = 0
    for await (const bytes of stream) size += (bytes as Buffer).length
    expect(size).toBe(sizeMb * 1024 * 1024)
    await server.kill()
  })

  test('30: no control sequence reaches a log, and no line can pretend to be another', async () => {
    const lines: string[] = []
    await sh(`printf '\\033]0;title\\007\\033[2Jshown\\rforged \\u202eright to left\\n'`, {
      onLine: (_: string, line: string) => lines.push(line),
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(lines.join('')).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  test('31: no path of the host in what it can read of itself', async () => {
    expect(await output('cat /proc/1/cmdline /proc/2/cmdline; cat /proc/self/cgroup')).not.toContain(process.cwd())
  })

  test('32: the clock of the machine cannot be set', async () => {
    expect(await output('date -s 2001-01-01; date +%Y')).toMatch(/not permitted[\s\S]*\n20[2-9]\d\n$/)
  })

  test('33: whoever ends the agent ends their own sandbox, and nothing else', async () => {
    const other = await runtime.create({})
    await other.exec(['sh', '-c', 'kill -9 2; kill -9 $PPID']).catch(() => undefined)
    expect(await other.gone).toMatch(/ended/)
    expect((await sh('echo alive')).output).toBe('alive\n')
  })

  test('36: the user inside is nobody outside', async () => {
    const held = await new Promise<RunningCommand>((resolve) => {
      const running = sandbox.start(['sh', '-c', 'echo up; exec sleep 8888'], { onLine: () => void running.then(resolve) })
    })
    const sleeping = () => usersOf((command) => command.startsWith('sleep\u00008888'))
    // The shell that spoke becomes the sleeper a moment later.
    await expect.poll(() => sleeping().length, { timeout: 20_000 }).toBeGreaterThan(0)
    const uids = sleeping()
    if (process.getuid?.() === 0) for (const uid of uids) expect(uid).toBeGreaterThanOrEqual(2_000_000)
    await held.kill()
  })
})

/** The users of the processes of this machine whose command is wanted. */
function usersOf(isWanted: (command: string) => boolean): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) && isWanted(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        ? [Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])]
        : []
    } catch {
      return [] // it ended while we looked
    }
  })
}
