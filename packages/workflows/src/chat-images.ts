/** Pictures that an owner attaches to the conversation: known by their bytes, kept as files of the feature, never in the database. */
import { randomUUID } from 'node:crypto'
import type { Image } from '@slipway/agents'
import { CHAT_IMAGE_BYTES_MAX, CHAT_IMAGE_SIDE_MAX, type ChatImage, type ChatMessage, failure, type SentImage } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import { chatImageKey } from './object-keys.ts'
import { pictureKind } from './prototypes/picture-kind.ts'

/** What the built-in analyst says of pictures, and a model that cannot be asked. */
export const CANNOT_LOOK =
  'I cannot look at pictures without a model: say in words what matters in them, or choose a model in Settings. They are kept here.'

/**
 * Stores the pictures of a message that is about to be said.
 * @throws INPUT_INVALID for what is no picture, or too large a one; then nothing is stored
 */
export async function keepImages(
  objects: ObjectStore,
  { orgId, featureId }: { orgId: string; featureId: string },
  sent: readonly SentImage[],
): Promise<ChatImage[]> {
  const read = sent.map(({ base64 }, index) => ({ id: randomUUID(), bytes: Buffer.from(base64, 'base64'), name: `Picture ${index + 1}` }))
  const images = read.map(({ id, bytes, name }): ChatImage => {
    const refuse = (fault: string) => failure('INPUT_INVALID', { what: name, faults: [fault] })
    if (bytes.byteLength > CHAT_IMAGE_BYTES_MAX) throw refuse(`it is larger than ${CHAT_IMAGE_BYTES_MAX / 1024 / 1024} MB`)
    const kind = pictureKind(bytes)
    if (!kind) throw refuse('it is no PNG, JPEG, WebP or GIF')
    const { type: mediaType, width, height } = kind
    if (Math.max(width, height) > CHAT_IMAGE_SIDE_MAX || Math.min(width, height) < 1)
      throw refuse(`it is ${width} by ${height} pixels; at most ${CHAT_IMAGE_SIDE_MAX} a side are taken`)
    return { id, mediaType, width, height, sizeBytes: bytes.byteLength }
  })
  for (const { id, bytes } of read) await objects.put(chatImageKey(orgId, featureId, id), bytes)
  return images
}

/** The pictures of a message as a model takes them. */
export function imagesForModel(objects: ObjectStore, orgId: string, { featureId, images }: ChatMessage): Promise<Image[]> {
  return Promise.all(
    images.map(async ({ id, mediaType }) => ({
      mediaType,
      base64: Buffer.from(await objects.get(chatImageKey(orgId, featureId, id))).toString('base64'),
    })),
  )
}

/** @throws NOT_FOUND for a feature or picture that is not there */
export async function readChatImage(
  { storage, objects }: { storage: Storage; objects: ObjectStore },
  orgId: string,
  { featureId, imageId }: { featureId: string; imageId: string },
): Promise<{ image: ChatImage; bytes: Uint8Array }> {
  const image = await storage.inWorkspace(orgId, async ({ features, messages }) => {
    await features.get(featureId)
    return (await messages.list(featureId)).flatMap(({ images }) => images).find(({ id }) => id === imageId)
  })
  if (!image) throw failure('NOT_FOUND', { thing: 'picture', id: imageId })
  return { image, bytes: await objects.get(chatImageKey(orgId, featureId, imageId)) }
}
