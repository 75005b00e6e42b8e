/** Opens a design for the picker: its frames by page, and a small picture of each where Figma gives one. */
import { createHash } from 'node:crypto'
import { type DesignFrame, FigmaNodeId, failure, isFailure, type OpenedDesign } from '@slipway/domain'
import type { ObjectStore } from '@slipway/storage'
import { z } from 'zod'
import { keepPicture, readFrames } from './design-frames.ts'
import type { FigmaAnswers } from './figma-answers.ts'
import { readFigmaLink } from './figma-link.ts'
import { addressesIn } from './freeze-design.ts'
import { pictureAddress, uploadKey } from './prototype-keys.ts'
import type { Asker, Prototypes } from './prototypes.ts'

interface Deps {
  readonly objects: ObjectStore
  readonly answersFor: (orgId: string, sessionId: string) => FigmaAnswers
}

const FRAMES_MAX = 300
const THUMBNAILS_MAX = 60
const THUMBNAIL_SCALE = 0.25

const Meta = z.object({ file: z.object({ name: z.string(), version: z.string().default('') }) })

export function createOpening({ objects, answersFor }: Deps): Pick<Prototypes, 'openUpload' | 'openFigmaFile'> {
  return {
    async openUpload({ orgId }, { form, name, bytes }) {
      const { frames } = readFrames(bytes, { what: form === 'clipboard' ? 'What was pasted' : name })
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await objects.put(uploadKey(orgId, sha256), bytes)
      return { source: { kind: 'upload', sha256, form }, name, frames: usable(frames), chosen: null }
    },

    async openFigmaFile({ orgId, sessionId }, { link, isWhole }) {
      const named = readFigmaLink(link)
      if (!named) throw failure('FIGMA_LINK_UNKNOWN', undefined as never)
      const { fileKey, nodeId } = named
      const answers = answersFor(orgId, sessionId)
      const { name, version } = await aboutFile(answers, fileKey)
      const source = { kind: 'figma', fileKey, version } as const
      if (nodeId && !isWhole) {
        const frame: DesignFrame = { id: nodeId, name: 'The frame of the link', page: '', width: 0, height: 0, thumbnailUrl: null }
        return { source, name, frames: [frame], chosen: nodeId }
      }
      const outline = await answers.kept({ ...source, path: `/files/${fileKey}?depth=2` }, { what: 'this file' })
      const frames = usable(readFrames(outline, { what: 'What Figma sent' }).frames)
      const pictures = await thumbnails({ objects, answers }, orgId, source, frames)
      const shown = frames.map((frame) => ({ ...frame, thumbnailUrl: pictures[frame.id] ?? null }))
      return {
        source,
        name,
        frames: shown,
        chosen: nodeId && frames.some((frame) => frame.id === nodeId) ? nodeId : null,
      } satisfies OpenedDesign
    },
  }
}

/** A token that may not read about files can still read them; then versions are not told apart. */
export async function aboutFile(answers: FigmaAnswers, fileKey: string): Promise<{ name: string; version: string }> {
  try {
    const { file } = Meta.parse(JSON.parse(await answers.ask(`/files/${fileKey}/meta`, { what: 'this file' })))
    return { name: file.name, version: /^\w{1,100}$/.test(file.version) ? file.version : '' }
  } catch (error) {
    if (isFailure(error, 'FIGMA_FORBIDDEN')) return { name: 'Figma file', version: '' }
    throw error
  }
}

const usable = (frames: readonly DesignFrame[]) => frames.filter((frame) => FigmaNodeId.safeParse(frame.id).success).slice(0, FRAMES_MAX)

/** One call for all. Without it the picker shows names and sizes. */
async function thumbnails(
  { objects, answers }: { objects: ObjectStore; answers: FigmaAnswers },
  orgId: Asker['orgId'],
  source: { fileKey: string; version: string },
  frames: readonly DesignFrame[],
): Promise<Record<string, string>> {
  const ids = frames.slice(0, THUMBNAILS_MAX).map((frame) => frame.id)
  if (ids.length === 0) return {}
  const path = `/images/${source.fileKey}?ids=${encodeURIComponent(ids.join(','))}&format=png&scale=${THUMBNAIL_SCALE}`
  try {
    const addresses = addressesIn(await answers.kept({ ...source, path }, { what: 'the pictures of the frames' }), ['images'])
    const kept = await Promise.all(
      ids.map(async (id): Promise<[string, string] | undefined> => {
        const bytes = addresses[id] ? await answers.picture(addresses[id]) : undefined
        const picture = bytes && (await keepPicture(objects, orgId, bytes))
        return picture && [id, pictureAddress(picture.sha256)]
      }),
    )
    return Object.fromEntries(kept.filter((entry) => entry !== undefined))
  } catch (error) {
    if (isFailure(error)) return {}
    throw error
  }
}
