/** Serves built pages and fonts to the browser on the loopback interface, and nothing else. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fontFile } from './fonts.ts'

export interface PageHost {
  readonly origin: string
  readonly pages: Map<string, string>
  close(): void
}

export async function openHost(): Promise<PageHost> {
  const pages = new Map<string, string>()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname)
    const page = pages.get(path)
    const font = path.startsWith('/fonts/') ? fontFile(path.slice('/fonts/'.length)) : undefined
    if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    else if (font) response.writeHead(200, { 'content-type': 'font/woff2', 'cache-control': 'max-age=3600' }).end(font)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pages, close: () => void server.close() }
}

/** A stage of the frame's size; the page under measure is its first child. */
export function pageText(parts: { css: string; fonts: string; body: string; script?: string; width: number; height: number }): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><style>${parts.fonts}</style><style>${parts.css.replaceAll('</style', '<\\/style')}</style>
<style>html,body{margin:0;background:#fff}#stage{position:relative;width:${parts.width}px;height:${parts.height}px}</style></head>
<body><div id="stage">${parts.body}</div>${parts.script ? `<script type="module">${parts.script.replaceAll('</script', '<\\/script')}</script>` : ''}</body></html>`
}
