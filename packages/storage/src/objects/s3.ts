/** Objects in an S3-compatible store, for more than one machine. */
import { setTimeout as pause } from 'node:timers/promises'
import { S3Client, S3Errors } from '@bradenmacdonald/s3-lite-client'
import { failure, isFailure } from '@slipway/domain'
import type { ObjectStore } from '../stores.ts'
import { checkedKey } from './object-key.ts'

const REGION = 'us-east-1'

const ATTEMPTS = 4
const RETRY_MS = 100

/**
 * The bucket has to be there. A request that fails on the way or at the server is tried again; all of them are safe to repeat.
 * @param address `s3://key:secret@host:port/bucket?region=us-east-1&tls=true`, key and secret percent-encoded; tls is on unless `tls=false`
 * @throws CONFIG_INVALID for an address that lacks a part
 */
export function s3Objects(address: string): ObjectStore {
  const { client, host } = connect(address)

  /** @throws OBJECT_NOT_FOUND, STORE_UNREACHABLE */
  const ask = async <T>(key: string, question: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await question()
      } catch (error) {
        if (isMissing(error)) throw failure('OBJECT_NOT_FOUND', { key }, error)
        const isFinal = error instanceof S3Errors.ServerError && error.statusCode < 500 && error.statusCode !== 429
        if (isFinal || attempt >= ATTEMPTS)
          throw failure('STORE_UNREACHABLE', { what: `The object store at ${host}`, reason: reasonOf(error) }, error)
        await pause(RETRY_MS * 2 ** (attempt - 1))
      }
    }
  }
  return {
    async put(key, bytes) {
      const name = nameOf(key)
      await ask(key, () => client.putObject(name, bytes as Uint8Array<ArrayBuffer>))
    },

    async get(key) {
      const name = nameOf(key)
      return ask(key, async () => new Uint8Array(await (await client.getObject(name)).arrayBuffer()))
    },

    async stream(key) {
      const name = nameOf(key)
      return ask(key, async () => {
        const response = await client.getObject(name)
        const body = response.body ?? new Blob([]).stream()
        return { body, sizeBytes: Number(response.headers.get('content-length')) }
      })
    },

    async has(key) {
      const name = nameOf(key)
      return ask(key, () => client.exists(name))
    },

    list: (prefix) =>
      ask(prefix, async () => {
        const keys: string[] = []
        for await (const object of client.listObjects({ prefix: encodeKey(prefix) })) keys.push(decodeKey(object.key))
        return keys.sort()
      }),

    async remove(key) {
      const name = nameOf(key)
      await ask(key, () => client.deleteObject(name)).catch((error: unknown) => {
        if (!isFailure(error, 'OBJECT_NOT_FOUND')) throw error
      })
    },
  }
}

// Stores and clients disagree on how a quote, a plus or an umlaut travels in a signature or a listing, so only letters, digits and
// a few signs do. Encoding is letter by letter: a prefix stays a prefix.
const encodeKey = (key: string) =>
  key.replace(/[^A-Za-z0-9/._-]/gu, (letter) =>
    [...new TextEncoder().encode(letter)].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join(''),
  )
const decodeKey = (name: string) => decodeURIComponent(name.replaceAll('=', '%'))
const nameOf = (key: string) => encodeKey(checkedKey(key))

const reasonOf = (error: unknown) =>
  error instanceof Error
    ? [error.message, error.cause instanceof Error ? error.cause.message : ''].filter(Boolean).join(': ')
    : String(error)

const isMissing = (error: unknown) => error instanceof S3Errors.ServerError && error.statusCode === 404 && error.code !== 'NoSuchBucket'

function connect(address: string): { client: S3Client; host: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const bucket = url?.pathname.slice(1) ?? ''
  const faults = [
    url?.protocol !== 's3:' && 'it begins with s3://',
    !url?.hostname && 'it names a host',
    !(url?.username && url.password) && 'it holds key:secret@ before the host',
    !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && 'it ends in one bucket name',
  ].filter((fault) => fault !== false)
  if (!url || faults.length > 0) {
    throw failure('CONFIG_INVALID', { faults: faults.map((fault) => `the object store's address is wrong: ${fault}`) })
  }
  const isSecure = url.searchParams.get('tls') !== 'false'
  const host = url.port ? `${url.hostname}:${url.port}` : url.hostname
  const client = new S3Client({
    endPoint: `${isSecure ? 'https' : 'http'}://${host}`,
    region: url.searchParams.get('region') ?? REGION,
    bucket,
    accessKey: decodeURIComponent(url.username),
    secretKey: decodeURIComponent(url.password),
    pathStyle: true,
  })
  return { client, host }
}
