/** Pictures chosen for a message that is not yet sent: by button, paste or drop. */
import { CHAT_IMAGE_BYTES_MAX, CHAT_IMAGE_TYPES, CHAT_IMAGES_MAX, type SentImage } from '@slipway/domain'

export interface ChosenPicture {
  readonly file: File
  /** For the preview; given back when the picture is taken out. */
  readonly url: string
}

/** What the file dialog offers. */
export const PICTURE_TYPES = CHAT_IMAGE_TYPES.join(',')

/** Why a file is no picture for a message; undefined when it is one. The server looks at the bytes themselves. */
export function pictureFault({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): string | undefined {
  if (!(CHAT_IMAGE_TYPES as readonly string[]).includes(type)) return `${name || 'This file'} is no PNG, JPEG, WebP or GIF.`
  if (size > CHAT_IMAGE_BYTES_MAX) return `${name || 'This picture'} is larger than ${CHAT_IMAGE_BYTES_MAX / 1024 / 1024} MB.`
  return undefined
}

export class ChosenPictures {
  list = $state.raw<readonly ChosenPicture[]>([])
  failure = $state('')
  readonly isFull = $derived(this.list.length >= CHAT_IMAGES_MAX)

  add(files: Iterable<File>): void {
    this.failure = ''
    for (const file of files) {
      const fault = this.isFull ? `At most ${CHAT_IMAGES_MAX} pictures go with a message.` : pictureFault(file)
      if (fault) this.failure = fault
      else this.list = [...this.list, { file, url: URL.createObjectURL(file) }]
    }
  }

  remove(picture: ChosenPicture): void {
    URL.revokeObjectURL(picture.url)
    this.list = this.list.filter((one) => one !== picture)
    this.failure = ''
  }

  clear(): void {
    for (const picture of this.list) this.remove(picture)
  }

  toSend(): Promise<SentImage[]> {
    return Promise.all(this.list.map(async ({ file }) => ({ base64: toBase64(new Uint8Array(await file.arrayBuffer())) })))
  }
}

const CHUNK = 32_768
/** In pieces: the arguments of one call are limited. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}
