/** What prototypes take and give beside JSON: a design as it is, the page to look at, its pictures, the zip. */
import { DESIGN_BYTES_MAX, PROTOTYPE_STREAMS, Sha256 } from '@slipway/domain'
import type { Asker, Prototypes } from '@slipway/workflows'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { readBytes } from './guards.ts'
import { parsed } from './problems.ts'

/** @param options.askerOf who asks, signed in; @throws NOT_SIGNED_IN */
export function addPrototypeStreams(
  app: Hono,
  { prototypes, askerOf }: { prototypes: Prototypes; askerOf: (context: Context) => Promise<Asker> },
): void {
  app.post(PROTOTYPE_STREAMS.import.path, async (context) => {
    const asker = await askerOf(context)
    const query = parsed(PROTOTYPE_STREAMS.import.query, context.req.query())
    const bytes = await readBytes(context.req.raw, DESIGN_BYTES_MAX, 'The design')
    return context.json(await prototypes.openUpload(asker, { ...query, bytes }))
  })

  app.get(PROTOTYPE_STREAMS.live.path, async (context) => {
    const { html, policy } = await prototypes.live(await askerOf(context))
    return new Response(html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'x-frame-options': 'SAMEORIGIN',
        'cache-control': 'no-store',
      },
    })
  })

  app.get(PROTOTYPE_STREAMS.download.path, async (context) => {
    const { fileName, bytes } = await prototypes.download(await askerOf(context))
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${fileName}"`,
        'cache-control': 'no-store',
      },
    })
  })

  app.get(PROTOTYPE_STREAMS.picture.path.replace('{sha256}', ':sha256'), async (context) => {
    const asker = await askerOf(context)
    const { sha256 } = parsed(z.object({ sha256: Sha256 }), context.req.param())
    const { type, bytes } = await prototypes.picture(asker, sha256)
    return new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type, 'cache-control': 'private, max-age=31536000, immutable' },
    })
  })
}
