/** What a finished prototype gives away: the page to look at, its boxes, its pictures, and a project as a zip. */
import { failure, type PrototypeSession } from '@slipway/domain'
import type { ObjectStore } from '@slipway/storage'
import { packFiles } from '../archive.ts'
import { PrototypeResult } from './compile-prototype.ts'
import { pictureBytes, withPictures } from './inline-pictures.ts'
import { LIVE_POLICY } from './live-page.ts'
import { pictureKind } from './picture-kind.ts'
import { projectAround } from './project-around.ts'
import { pictureKey, picturesIn } from './prototype-keys.ts'
import type { Asker, Prototypes } from './prototypes.ts'
import { resultKeyOf } from './stored-design.ts'

interface Deps {
  readonly objects: ObjectStore
  readonly sessionOf: (asker: Asker) => Promise<PrototypeSession>
}

export function createResults({ objects, sessionOf }: Deps): Pick<Prototypes, 'boxes' | 'live' | 'download' | 'picture'> {
  const resultOf = async (asker: Asker) => {
    const session = await sessionOf(asker)
    const key = resultKeyOf(asker.orgId, session)
    // Whatever the session stands at: while a page is made again, what was made before can still be looked at.
    if (!(await objects.has(key))) throw failure('NOT_FOUND', { thing: 'result of the prototype', id: session.id })
    return PrototypeResult.parse(JSON.parse(Buffer.from(await objects.get(key)).toString()))
  }

  return {
    boxes: async (asker) => ({ boxes: (await resultOf(asker)).boxes }),

    async live(asker) {
      const { page } = await resultOf(asker)
      return { html: await withPictures(objects, asker.orgId, page), policy: LIVE_POLICY }
    },

    async download(asker) {
      const session = await sessionOf(asker)
      if (session.files.length === 0) throw failure('NOT_FOUND', { thing: 'code of the prototype', id: session.id })
      const files: Record<string, Uint8Array> = {}
      for (const { path, content } of [...projectAround(session), ...session.files]) files[path] = Buffer.from(content)
      for (const fileName of picturesIn(session.files.map((file) => file.content).join('\n'))) {
        const bytes = await pictureBytes(objects, asker.orgId, fileName)
        if (bytes) files[`public/pictures/${fileName}`] = bytes
      }
      return { fileName: `${fileStem(session.frameName ?? 'prototype')}.zip`, bytes: packFiles(files) }
    },

    async picture({ orgId }, sha256) {
      const bytes = await objects.get(pictureKey(orgId, sha256))
      return { type: pictureKind(bytes)?.type ?? 'application/octet-stream', bytes }
    },
  }
}

const fileStem = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'prototype'
