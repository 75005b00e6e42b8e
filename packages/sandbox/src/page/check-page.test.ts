import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox, SandboxRuntime } from '../sandbox.ts'
import { hasLocalSandboxes, testRuntime } from '../testing/local-machine.ts'
import { checkPage } from './check-page.ts'
import { findChromium } from './find-chromium.ts'

const chromium = findChromium()
if (!chromium) console.warn('SKIPPED: the page check, because there is no Chromium. To run it: sudo apt-get install -y chromium')
const isPossible = chromium !== undefined && (await hasLocalSandboxes())

/** Tries what lies around the browser: its own debugging port, files, the host, other windows; and says what it reached. */
const HOSTILE = `<title>\\u001b[2Jready\\u202e${'x'.repeat(500)}</title><h1>Hello</h1><script>
  document.title = '\\u001b[2Jready\\u202e' + 'x'.repeat(500)
  const reached = (what) => () => console.error('\\u001b[31mreached ' + what)
  for (const address of ['http://127.0.0.1:9222/json/version', 'http://localhost:9222/json', 'http://169.254.169.254/', 'file:///etc/passwd'])
    fetch(address).then((answer) => answer.text()).then(reached(address), () => 0)
  const socket = new WebSocket('ws://127.0.0.1:9222/devtools/browser')
  socket.onopen = reached('the debugging socket')
  for (let n = 0; n < 3; n++) { alert(n); window.open('file:///etc/passwd'); window.open('http://127.0.0.1:9222/json') }
  const frame = document.createElement('iframe')
  frame.onload = () => { try { if (frame.contentDocument.body.textContent) reached('a file')() } catch { } }
  frame.src = 'file:///etc/passwd'
  document.body.append(frame)
</script>`

const SERVER = `import { createServer } from 'node:http'
const pages = {
  '/': '<title>Good</title><h1>Hello</h1>',
  '/bad': '<title>Bad</title><h1>Hello</h1><script>console.error("broken on purpose")</script><img src="/missing.png">',
  '/hostile': ${JSON.stringify(HOSTILE)},
  '/out': '<title>Out</title><h1>Hello</h1><script>fetch("http://127.0.0.1:4600/health").then(() => console.error("reached the host"), () => 0)</script>',
}
createServer((request, response) => {
  const page = pages[request.url]
  if (request.url === '/favicon.ico') return response.end()
  response.writeHead(page ? 200 : 404, { 'content-type': 'text/html' }).end(page ?? '')
}).listen(3000)
`

describe.skipIf(!isPossible)('page check', () => {
  let runtime: SandboxRuntime
  let sandbox: Sandbox
  beforeAll(async () => {
    runtime = testRuntime()
    sandbox = await runtime.create({})
    await sandbox.writeFiles({ 'server.mjs': SERVER })
    await sandbox.start(['node', 'server.mjs'])
    await sandbox.waitForPort(3000, { timeoutMs: 10_000 })
  }, 30_000)
  afterAll(() => runtime.close())
  const look = (path: string) => checkPage({ runtime, executablePath: chromium ?? '' }, { sandbox, port: 3000, path })

  test('a page that loads well is said to, with a picture of it', { timeout: 60_000 }, async () => {
    const report = await look('/')
    expect(report).toMatchObject({ ok: true, title: 'Good', consoleErrors: [], failedRequests: [] })
    expect(
      Buffer.from(report.screenshot ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('errors on the console and requests that fail are told', { timeout: 60_000 }, async () => {
    const report = await look('/bad')
    expect(report.ok).toBe(false)
    expect(report.consoleErrors).toContain('broken on purpose')
    expect(report.failedRequests.join()).toContain('/missing.png answered 404')
  })

  test('the browser reaches the app and nothing else, and leaves no sandbox behind', { timeout: 60_000 }, async () => {
    expect((await look('/out')).consoleErrors.join()).not.toContain('reached the host')
    expect(runtime.get(sandbox.id)).toBe(sandbox)
  })

  test('a hostile page reaches nothing around it, and what it says of itself is short and printable', { timeout: 60_000 }, async () => {
    const report = await look('/hostile')
    expect(report.title).toMatch(/^(?:\[2J)?readyx+$/)
    expect(report.title).toHaveLength(200)
    const said = [...report.consoleErrors, ...report.failedRequests].join('\n')
    expect(said).not.toContain('reached')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
    expect(report.ok).toBe(false)
  })
})
