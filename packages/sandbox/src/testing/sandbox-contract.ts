/** What every driver of sandboxes must keep; its test file is a few lines that name the driver. */
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Agent, request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EGRESS_PORT, type Sandbox, type SandboxRuntime } from '../sandbox.ts'

const SERVER = `import { createServer } from 'node:http'
createServer((request, response) => response.end('hello ' + request.url)).listen(3000, () => console.log('listening'))
`

const ECHO = `import { createServer } from 'node:http'
createServer(async (request, response) => {
  let text = ''
  for await (const bytes of request) text += bytes
  response.end(request.method + ' ' + request.url + ' ' + text)
}).listen(3001)
`

/** @param make called once; its sandboxes are ended by the suite */
export function sandboxContract(name: string, make: () => SandboxRuntime): void {
  describe(`sandbox contract: ${name}`, () => {
    let runtime: SandboxRuntime
    let sandbox: Sandbox
    beforeAll(async () => {
      runtime = make()
      sandbox = await runtime.create({})
    }, 60_000)
    afterAll(() => runtime.close())

    test('has an id fit for a host name, and is found by it', () => {
      expect(sandbox.id).toMatch(/^[a-z0-9]{8,40}$/)
      expect(runtime.get(sandbox.id)).toBe(sandbox)
      expect(runtime.get('nobody')).toBeUndefined()
    })

    test('says what it can do, and under which name a browser finds a port', () => {
      expect(['namespaces', 'user-space-kernel', 'machine']).toContain(runtime.capabilities.isolation)
      expect(sandbox.getHost(3000)).toBe(`3000-${sandbox.id}.preview.localhost`)
    })

    test('runs the same Node and npm as Slipway itself, as nobody special, in a workspace of its own', async () => {
      const { output } = await sandbox.exec(['sh', '-c', 'node --version; npm --version; id -u; pwd'])
      expect(output).toMatch(new RegExp(`^${process.version}\\n\\d+\\.\\d+\\.\\d+\\n[1-9]\\d*\\n/app\\n$`))
    })

    test('has no network but the way out, which leads where it is pointed, also when many ask at once', async () => {
      const far = await runtime.create({})
      await far.writeFiles({ 'server.mjs': SERVER })
      await far.start(['node', 'server.mjs'])
      await far.waitForPort(3000, { timeoutMs: 20_000 })
      const ask = (address: string) => `fetch('${address}').then((a) => a.text(), (e) => 'shut ' + (e.cause?.code ?? e.cause?.message))`
      const say = async (...addresses: string[]) =>
        (await sandbox.exec(['node', '-e', `Promise.all([${addresses.map(ask)}]).then((all) => console.log(all.join('|')))`])).output.trim()
      const out = `http://127.0.0.1:${EGRESS_PORT}`
      expect(await say(out)).toMatch(/^shut/)
      await sandbox.setEgress({ kind: 'sandbox', sandbox: far, port: 3000 })
      expect(await say(...Array.from({ length: 30 }, (_, index) => `${out}/${index}`))).toBe(
        Array.from({ length: 30 }, (_, index) => `hello /${index}`).join('|'),
      )
      await sandbox.setEgress({ kind: 'none' })
      expect(await say(out)).toMatch(/^shut/)
      expect(await say('http://169.254.169.254/', 'http://1.1.1.1/', 'http://example.com/')).toMatch(/^shut \S+\|shut \S+\|shut \S+$/)
      await far.stop()
    })

    test('gives back the bytes that were written, also when they are no text', async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256)
      await sandbox.writeFiles({ 'deep/er/bytes.bin': bytes, 'text.txt': 'grüße' })
      expect(Buffer.from(await sandbox.readFile('deep/er/bytes.bin')).equals(Buffer.from(bytes))).toBe(true)
      expect(Buffer.from(await sandbox.readFile('text.txt')).toString()).toBe('grüße')
      await sandbox.writeFiles({ 'text.txt': 'new' })
      expect(Buffer.from(await sandbox.readFile('text.txt')).toString()).toBe('new')
    })

    test('lists what is there, without what is skipped, and forgets what was removed', async () => {
      await sandbox.writeFiles({ 'list/a.ts': '1', 'list/node_modules/x/index.js': '2', 'list/b/c.ts': '3' })
      expect((await sandbox.list('list')).map((entry) => `${entry.kind} ${entry.path}`)).toEqual([
        'file list/a.ts',
        'folder list/b',
        'file list/b/c.ts',
      ])
      await sandbox.remove('list')
      await sandbox.remove('list')
      expect(await sandbox.list('list')).toEqual([])
    })

    test('a pipe is listed as no file, and to read it waits for nobody', async () => {
      await sandbox.exec(['sh', '-c', 'mkdir odd; mkfifo odd/pipe; touch odd/file'])
      const kinds = (await sandbox.list('odd')).map((entry) => `${entry.kind} ${entry.path}`)
      expect(kinds).toEqual(['file odd/file', 'other odd/pipe'])
      await expect(sandbox.readFile('odd/pipe')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await sandbox.remove('odd')
    })

    test('says what is missing, too large, or outside', async () => {
      await sandbox.exec(['ln', '-sf', '/etc/passwd', 'link'])
      await sandbox.exec(['ln', '-sfn', '/etc', 'folder-link'])
      await expect(sandbox.readFile('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      for (const path of ['link', 'folder-link/passwd', '../etc/passwd', '/etc/passwd'])
        await expect(sandbox.readFile(path), path).rejects.toMatchObject({ code: 'SANDBOX_PATH_REFUSED' })
      await expect(sandbox.writeFiles({ 'folder-link/x': '1' })).rejects.toMatchObject({ code: 'SANDBOX_PATH_REFUSED' })
      await sandbox.writeFiles({ large: 'x'.repeat(2_000) })
      await expect(sandbox.readFile('large', { bytesMax: 1_000 })).rejects.toMatchObject({ code: 'TOO_LARGE' })
    })

    test('tells how a command ended, in whole printable lines', async () => {
      const lines: string[] = []
      const script = 'printf "\\033[31mred\\033[0m one\\n two"; printf "three\\n" >&2; exit 3'
      const result = await sandbox.exec(['sh', '-c', script], { onLine: (stream, line) => lines.push(`${stream}: ${line}`) })
      expect(result).toMatchObject({ exitCode: 3, ended: 'exit' })
      expect(lines.toSorted()).toEqual(['stderr: three', 'stdout:  two', 'stdout: red one'])
      expect((await sandbox.exec(['no-such-command'])).exitCode).toBe(127)
    })

    test('runs in a folder and with an environment of its own', async () => {
      await sandbox.writeFiles({ 'sub/file': '' })
      const { output } = await sandbox.exec(['sh', '-c', 'pwd; echo $WORD; env | wc -l'], { cwd: 'sub', env: { WORD: 'here' } })
      expect(output).toMatch(/^\/app\/sub\nhere\n/)
      await expect(sandbox.exec(['true'], { cwd: '../..' })).rejects.toMatchObject({ code: 'SANDBOX_PATH_REFUSED' })
    })

    test('ends a command that takes too long, writes too much, or is no longer wanted', async () => {
      expect(await sandbox.exec(['sleep', '60'], { timeoutMs: 100 })).toMatchObject({ ended: 'timeout', exitCode: null })
      expect(await sandbox.exec(['sh', '-c', 'yes'], { outputBytesMax: 100_000 })).toMatchObject({ ended: 'output' })
      const stop = new AbortController()
      const running = sandbox.exec(['sh', '-c', 'echo begun; sleep 60'], { signal: stop.signal, onLine: () => stop.abort() })
      expect(await running).toMatchObject({ ended: 'aborted' })
    })

    test('a daemon that keeps the output open does not keep the command open', async () => {
      expect(await sandbox.exec(['sh', '-c', 'sleep 60 & echo done'])).toMatchObject({ exitCode: 0, output: 'done\n' })
    })

    test('leads a connection to a port inside, and says when nothing listens', async () => {
      await expect(sandbox.connect(3999)).rejects.toThrow('Nothing listens')
      await expect(sandbox.waitForPort(3999, { timeoutMs: 50 })).rejects.toThrow('Nothing listens')
      await sandbox.writeFiles({ 'server.mjs': SERVER })
      const server = await sandbox.start(['node', 'server.mjs'])
      await sandbox.waitForPort(3000, { timeoutMs: 60_000 })
      const stream = await sandbox.connect(3000)
      stream.end('GET /way HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
      let answer = ''
      for await (const bytes of stream) answer += String(bytes)
      expect(answer).toContain('hello /way')
      await server.kill()
      expect((await server.done).ended).toBe('killed')
    })

    test('carries a request of the http module byte by byte, its head and its body written together', async () => {
      await sandbox.writeFiles({ 'echo.mjs': ECHO })
      const server = await sandbox.start(['node', 'echo.mjs'])
      await sandbox.waitForPort(3001, { timeoutMs: 60_000 })
      const agent = new Agent()
      agent.createConnection = (_, connected) => {
        sandbox.connect(3001).then(
          (stream) => connected?.(null, stream),
          (error: Error) => connected?.(error, undefined as never),
        )
        return undefined as never
      }
      for (const size of [1, 100, 100_000]) {
        const body = 'x'.repeat(size)
        const heard = await new Promise<string>((resolve, reject) => {
          const request = httpRequest(
            { agent, method: 'POST', path: '/somewhere', headers: { host: 'h', 'content-length': size } },
            (response) => {
              let text = ''
              response.on('data', (bytes) => {
                text += String(bytes)
              })
              response.on('end', () => resolve(text))
            },
          )
          request.on('error', reject)
          Readable.from([Buffer.from(body)]).pipe(request)
        })
        expect(heard).toBe(`POST /somewhere ${body}`)
      }
      await server.kill()
    })

    test('ends everything inside and stays usable', async () => {
      const server = await sandbox.start(['sleep', '600'])
      await sandbox.killAll()
      expect((await server.done).exitCode).toBeNull()
      expect((await sandbox.exec(['echo', 'still here'])).output).toBe('still here\n')
    })

    test('knows what it uses', async () => {
      const { diskBytes, processes } = await sandbox.stat()
      expect(diskBytes).toBeGreaterThan(0)
      expect(processes).toBeGreaterThanOrEqual(0)
    })

    test('is gone after a stop, for every caller and with a reason', async () => {
      const other = await runtime.create({})
      await other.stop()
      await other.stop()
      expect(await other.gone).toBe('it was stopped')
      expect(runtime.get(other.id)).toBeUndefined()
      for (const call of [other.exec(['true']), other.readFile('x'), other.list(), other.writeFiles({ x: '1' }), other.stat()])
        await expect(call).rejects.toMatchObject({ code: 'SANDBOX_LOST' })
    })

    test('ends by itself when its time is up', async () => {
      const other = await runtime.create({})
      other.setTimeout(1)
      expect(await other.gone).toBe('its time was up')
    })

    test('a workspace kept as a template is there for others, who cannot change it', async () => {
      const maker = await runtime.create({})
      await maker.writeFiles({ 'node_modules/kept/index.js': 'module.exports = 1', 'own.txt': 'template' })
      const folder = `/tmp/slipway-template-${maker.id}`
      await runtime.keepAsTemplate(maker, folder)
      const [one, two] = await Promise.all([runtime.create({ template: folder }), runtime.create({ template: folder })])
      expect((await one.exec(['node', '-e', "console.log(require('kept'))"])).output).toBe('1\n')
      await one.exec([
        'sh',
        '-c',
        'mkdir node_modules/.cache && echo changed > node_modules/.cache/x; echo mine > own.txt; rm -r node_modules/kept',
      ])
      await expect(one.readFile('node_modules/kept/index.js')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await two.exec(['node', '-p', "require('kept')"])).output).toBe('1\n')
      expect(Buffer.from(await one.readFile('own.txt')).toString()).toBe('mine\n')
      expect(Buffer.from(await two.readFile('own.txt')).toString()).toBe('template')
      await Promise.all([one.stop(), two.stop()])
      await rm(folder, { recursive: true })
    })

    test('a snapshot brings back what was written, above the same template, while what runs goes on', async () => {
      const maker = await runtime.create({})
      await maker.writeFiles({
        'node_modules/kept/index.js': 'module.exports = 1',
        'node_modules/@scope/old/index.js': '3',
        'own.txt': 'template',
      })
      const folder = `/tmp/slipway-template-${maker.id}`
      await runtime.keepAsTemplate(maker, folder)
      const one = await runtime.create({ template: folder })
      const bytes = randomBytes(70_000)
      await one.writeFiles({
        'data/bytes.bin': bytes,
        'node_modules/@scope/new/index.js': '4',
        'node_modules/more/index.js': '2',
      })
      await one.exec(['sh', '-c', 'echo mine > own.txt; mkdir -p data/empty; ln -s bytes.bin data/link; chmod 755 data/bytes.bin'])
      const counting = await one.start(['sh', '-c', 'while :; do echo more >> data/log; sleep 0.01; done'])
      const snapshot = await one.snapshot()
      const grown = 'old=$(wc -c < data/log); until [ $(wc -c < data/log) -gt $old ]; do sleep 0.01; done; echo goes on'
      expect((await one.exec(['sh', '-c', grown], { timeoutMs: 20_000 })).output).toBe('goes on\n')
      await counting.kill()
      await expect(one.snapshot({ bytesMax: 100 })).rejects.toMatchObject({ code: 'TOO_LARGE' })
      await one.stop()

      const two = await runtime.create({ template: folder, snapshot })
      const look = 'cat own.txt; ls -A data/empty | wc -l; readlink data/link; stat -c %a data/bytes.bin'
      const { output } = await two.exec([
        'sh',
        '-c',
        `${look}; node -p "require('kept') + require('more') + 'ok' + require('@scope/new') + require('@scope/old')"`,
      ])
      expect(output).toBe('mine\n0\nbytes.bin\n755\n1[object Object]ok[object Object][object Object]\n')
      expect(Buffer.from(await two.readFile('data/bytes.bin')).equals(bytes)).toBe(true)
      expect(snapshot.byteLength).toBeLessThan(100_000)
      await two.stop()
      await rm(folder, { recursive: true })
    })

    test('many commands at once keep their outputs apart', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) => sandbox.exec(['sh', '-c', `echo ${index}; echo ${index}`])),
      )
      expect(results.map((result) => result.output)).toEqual(results.map((_, index) => `${index}\n${index}\n`))
    })
  })
}
