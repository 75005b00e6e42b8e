/** Objects as files in a folder: the default on one machine. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { failure } from '@slipway/domain'
import type { ObjectStore } from '../stores.ts'
import { checkedKey } from './object-key.ts'

/** Objects and drafts of objects lie apart, so that a draft of a killed process is never listed. */
const OBJECTS = 'objects'
const DRAFTS = 'drafts'
/** Ends every file name, so that the keys `a` and `a/b` can both be there. */
const ENDING = '.object'

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

/** Made with the first `put`. An object appears whole or not at all. */
export function folderObjects(folder: string): ObjectStore {
  const root = join(folder, OBJECTS)
  const pathOf = (key: string) => `${join(root, checkedKey(key))}${ENDING}`
  const orMissing = (key: string) => (error: unknown) => {
    throw isMissing(error) ? failure('OBJECT_NOT_FOUND', { key }, error) : error
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const draft = join(folder, DRAFTS, randomUUID())
      await Promise.all([mkdir(dirname(draft), { recursive: true }), mkdir(dirname(path), { recursive: true })])
      try {
        const file = await open(draft, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
      } finally {
        await rm(draft, { force: true })
      }
    },

    async get(key) {
      return new Uint8Array(await readFile(pathOf(key)).catch(orMissing(key)))
    },

    async stream(key) {
      const file = await open(pathOf(key), 'r').catch(orMissing(key))
      const { size } = await file.stat()
      const body = Readable.toWeb(createReadStream('', { fd: file })) as ReadableStream<Uint8Array>
      return { body: body as Awaited<ReturnType<ObjectStore['stream']>>['body'], sizeBytes: size }
    },

    async has(key) {
      try {
        return (await stat(pathOf(key))).isFile()
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },

    async list(prefix) {
      // Only the folder that the prefix names is walked.
      const top = prefix.includes('/') ? prefix.slice(0, prefix.lastIndexOf('/')) : ''
      const within = top ? join(root, checkedKey(top)) : root
      const entries = await readdir(within, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1, -ENDING.length))
        .filter((key) => key.startsWith(prefix))
        .sort()
    },

    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}
