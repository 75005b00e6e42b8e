import { createServer as createHttpServer, type Server as HttpServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../page/find-chromium.ts'
import type { Sandbox } from '../sandbox.ts'
import { createPreviewProxy, type PreviewProxy } from './preview-proxy.ts'

const executablePath = findChromium()
if (!executablePath)
  console.warn('SKIPPED: pages in a real browser, because there is no Chromium. To run them: sudo apt-get install -y chromium')
const [MINE, THEIRS] = ['a1b2c3d4e5f6', 'f6e5d4c3b2a1']
const SECRET = 'secret-of-another-preview'

/** Which page the hostile app serves: each test writes its own script. */
let script = ''
let told: string[] = []
let apps: Record<string, HttpServer>
let server: HttpServer
let proxy: PreviewProxy
let browser: Browser
let context: BrowserContext
/** What reached the product and the other preview, and how. */
let reached: string[] = []

const html = (response: ServerResponse, body: string) => response.writeHead(200, { 'content-type': 'text/html' }).end(body)
const portOf = (one: HttpServer) => (one.address() as AddressInfo).port
const product = () => `http://localhost:${portOf(server)}`
const preview = (id: string) => `http://3000-${id}.preview.localhost:${portOf(server)}`

describe.skipIf(!executablePath)('a hostile app in the browser of somebody who is signed in', () => {
  beforeAll(async () => {
    apps = {
      [MINE]: createHttpServer((request, response) => {
        if (request.url !== '/told') return html(response, `<head><title>x</title></head><body>hi<script>${script}</script></body>`)
        request.on('data', (bytes) => told.push(...(JSON.parse(String(bytes)) as string[])))
        request.on('end', () => response.end())
      }),
      [THEIRS]: createHttpServer((request, response) => {
        reached.push(`theirs ${request.method} ${request.url} ${request.headers.cookie ?? ''}`)
        html(response, `<body>${SECRET}</body>`)
      }),
    }
    const sandboxOf = (id: string) => {
      const app = apps[id]
      return app && ({ id, connect: async () => connect(portOf(app), '127.0.0.1') } as unknown as Sandbox)
    }
    proxy = createPreviewProxy({
      domain: 'preview.localhost',
      frameAncestors: () => [product()],
      find: sandboxOf,
      wake: async (id) => sandboxOf(id),
    })
    server = createHttpServer((request, response) => {
      if (proxy.handle(request, response)) return
      reached.push(`product ${request.method} ${request.url} ${request.headers.origin ?? ''}`)
      response.setHeader('set-cookie', 'session=owner; HttpOnly; SameSite=Lax; Path=/')
      response.setHeader('cross-origin-resource-policy', 'same-origin')
      response.setHeader('cross-origin-opener-policy', 'same-origin')
      html(response, `<body>product</body>`)
    })
    server.on('upgrade', (request, socket, head) => proxy.upgrade(request, socket, head) || socket.destroy())
    for (const one of [...Object.values(apps), server]) await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
    const flags = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: flags })
    context = await browser.newContext()
  })
  afterAll(async () => {
    await browser?.close()
    for (const one of [...Object.values(apps ?? {}), server]) one?.close()
  })

  const entry = (id: string) => proxy.open({ previewId: id, port: 3000, viewer: 'owner' }, { port: portOf(server), isSecure: false })

  /** The product's page with the hostile preview in its frame, as the web app frames it; the other preview was visited before. */
  async function visit(hostile: string): Promise<Page> {
    script = `(async () => {
      const told = []
      const tried = async (name, attempt) => {
        try { told.push(name + ': ' + await attempt()) } catch (error) { told.push(name + ': refused') }
      }
      ${hostile}
      await fetch('/told', { method: 'POST', body: JSON.stringify(told) })
    })()`
    const page = await context.newPage()
    await page.goto(product())
    told = []
    const frame = (url: string) =>
      page.evaluate(`{
        const frame = document.createElement('iframe')
        frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-modals', 'allow-downloads')
        frame.src = ${JSON.stringify(url)}
        document.body.append(frame)
      }`)
    const answers = (url: string) => page.waitForResponse((answer) => answer.url() === url)
    await Promise.all([answers(`${preview(THEIRS)}/`), frame(entry(THEIRS))])
    reached = []
    await Promise.all([answers(`${preview(MINE)}/told`), frame(entry(MINE))])
    return page
  }

  test('it reads nothing of the page around it, and leads it nowhere', async () => {
    const page = await visit(`
      await tried('parent', () => parent.document.body.textContent)
      await tried('parent cookie', () => parent.document.cookie)
      await tried('frames beside', () => parent.frames[0].document.body.textContent)
      await tried('top', () => { top.location = 'https://evil.example/'; return 'left' })
      await tried('window', () => window.open('https://evil.example/') === null ? Promise.reject() : 'opened')
    `)
    expect(told).toEqual(['parent: refused', 'parent cookie: refused', 'frames beside: refused', 'top: refused', 'window: refused'])
    expect(page.url()).toBe(`${product()}/`)
    await page.close()
  })

  test('it asks the product for nothing as its owner', async () => {
    const page = await visit(`
      await tried('fetch', async () => (await fetch('${product()}/api/features', { credentials: 'include' })).text())
      await tried('blind fetch', async () => (await fetch('${product()}/api/blind', { credentials: 'include', mode: 'no-cors', method: 'POST' })).type)
      await tried('picture', () => new Promise((yes, no) => { const image = new Image(); image.onload = () => yes('loaded'); image.onerror = no; image.src = '${product()}/picture' }))
      await tried('beacon', () => navigator.sendBeacon('${product()}/api/beacon', 'x'))
      const form = document.createElement('form'); form.method = 'post'; form.action = '${product()}/api/form'; document.body.append(form)
      await tried('form', () => new Promise((_, no) => { document.addEventListener('securitypolicyviolation', (event) => event.violatedDirective === 'form-action' && no()); form.submit() }))
    `)
    expect(told).toEqual(['fetch: refused', 'blind fetch: refused', 'picture: refused', expect.stringContaining('beacon'), 'form: refused'])
    expect(reached.filter((line) => /api/.test(line))).toEqual([])
    await page.close()
  })

  test('it sees nothing of another preview that the same person has open', async () => {
    const page = await visit(`
      await tried('fetch', async () => (await fetch('${preview(THEIRS)}/', { credentials: 'include' })).text())
      await tried('socket', () => new Promise((yes, no) => { const socket = new WebSocket('${preview(THEIRS).replace('http', 'ws')}/'); socket.onopen = () => yes('open'); socket.onerror = no }))
      await tried('frame', () => new Promise((yes, no) => { const frame = document.createElement('iframe'); frame.onload = () => { try { yes(frame.contentDocument.body.textContent) } catch (error) { no(error) } }; frame.src = '${preview(THEIRS)}/'; document.body.append(frame) }))
      await tried('picture', () => new Promise((yes, no) => { const image = new Image(); image.onload = () => yes('loaded'); image.onerror = no; image.src = '${preview(THEIRS)}/' }))
    `)
    expect(told).toEqual(['fetch: refused', 'socket: refused', 'frame: refused', 'picture: refused'])
    expect(JSON.stringify(told)).not.toContain(SECRET)
    await page.close()
  })

  test('it neither reads nor replaces the cookie that lets people in', async () => {
    const page = await visit(`
      told.push('seen: ' + document.cookie)
      for (const tail of ['', '; Domain=preview.localhost', '; Path=/; Secure', '; Path=/; Secure; Domain=localhost'])
        document.cookie = '__Host-slipway-preview=stolen' + tail
      told.push('then: ' + document.cookie.includes('stolen'))
      await tried('still', async () => (await fetch('/')).status)
    `)
    expect(told[0]).toBe('seen: ')
    expect(told[2]).toBe('still: 200')
    await page.close()
  })

  test('nobody else frames a preview', async () => {
    const page = await context.newPage()
    const evil = createHttpServer((_, response) => html(response, `<iframe src="${entry(THEIRS)}"></iframe>`))
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    await page.goto(`http://127.0.0.1:${portOf(evil)}/`)
    await page.waitForLoadState('networkidle')
    const frames = await Promise.all(page.frames().map((frame) => frame.content().catch(() => '')))
    expect(frames.join()).not.toContain(SECRET)
    await page.close()
    evil.close()
  })

  test('an error on its console and a request that fails reach the product', async () => {
    const page = await visit('')
    const reports: string[] = []
    page.on('request', (request) => request.url().endsWith('/__slipway/report') && reports.push(request.postData() ?? ''))
    const frame = page.frames().find((one) => one.url().startsWith(preview(MINE)))
    await frame?.evaluate(`(async () => {
      console.error('broken', 'on purpose')
      await fetch('http://127.0.0.1:1/').catch(() => undefined)
      void Promise.reject(new Error('nobody caught'))
      document.body.append(Object.assign(new Image(), { src: 'data:image/png,none' }))
    })()`)
    await expect.poll(() => reports.join()).toMatch(/broken on purpose[\s\S]*127\.0\.0\.1:1[\s\S]*nobody caught/)
    await page.close()
  })
})
