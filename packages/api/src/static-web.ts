/** The web app's files: hashed ones for ever, the page itself never, every unknown path of the app is the page. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'

export interface StaticWeb {
  /** Undefined when there is nothing for this path and it is no page of the app. */
  answer(path: string, headers: Headers): Response | undefined
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
}
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** @param options.frameSources where previews come from, as sources of a content security policy */
export function staticWeb(options: { folder: string; frameSources: readonly string[] }): StaticWeb {
  const index = join(options.folder, 'index.html')
  const page = existsSync(index) ? readFileSync(index, 'utf8') : undefined
  const policy = pagePolicy(page ?? '', options.frameSources)

  const file = (path: string, headers: Headers): Response | undefined => {
    const full = normalize(join(options.folder, path))
    if (!full.startsWith(options.folder + sep) || !existsSync(full) || !statSync(full).isFile()) return undefined
    const accepted = headers.get('accept-encoding') ?? ''
    const [encoding, suffix] = ENCODINGS.find(([name, ending]) => accepted.includes(name) && existsSync(full + ending)) ?? [undefined, '']
    const isHashed = path.includes('/immutable/')
    return new Response(Readable.toWeb(createReadStream(full + suffix)) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': TYPES[extname(full)] ?? 'application/octet-stream',
        'content-length': String(statSync(full + suffix).size),
        'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
        ...(encoding ? { 'content-encoding': encoding } : {}),
      },
    })
  }

  return {
    answer(path, headers) {
      const decoded = safeDecode(path)
      if (decoded === undefined) return undefined
      const found = decoded === '/' ? undefined : file(decoded, headers)
      if (found) return found
      if (extname(decoded) || page === undefined) return undefined
      return new Response(page, {
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy },
      })
    },
  }
}

function safeDecode(path: string): string | undefined {
  try {
    const decoded = decodeURIComponent(path)
    return decoded.includes('\0') ? undefined : decoded
  } catch {
    return undefined
  }
}

/** Inline scripts of the page are allowed by their hash, and nothing else inline. */
function pagePolicy(page: string, frameSources: readonly string[]): string {
  const hashes = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) =>
      `'sha256-${createHash('sha256')
        .update(match[1] as string)
        .digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${frameSources.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}
