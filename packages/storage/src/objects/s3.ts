/** Objects in an S3-compatible store, for more than one machine. */
import { S3Client, S3Errors } from '@bradenmacdonald/s3-lite-client'
import { failure } from '@slipway/domain'
import type { ObjectStore } from '../stores.ts'
import { checkedKey } from './object-key.ts'

const REGION = 'us-east-1'

/**
 * The bucket has to be there.
 * @param address `s3://key:secret@host:port/bucket?region=us-east-1&tls=true`, key and secret percent-encoded; tls is on unless `tls=false`
 * @throws CONFIG_INVALID for an address that lacks a part
 */
export function s3Objects(address: string): ObjectStore {
  const { client, host } = connect(address)

  /** @throws OBJECT_NOT_FOUND, STORE_UNREACHABLE */
  const ask = async <T>(key: string, question: () => Promise<T>): Promise<T> => {
    try {
      return await question()
    } catch (error) {
      if (isMissing(error)) throw failure('OBJECT_NOT_FOUND', { key }, error)
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
      const reason = [error instanceof Error ? error.message : String(error), cause].filter(Boolean).join(': ')
      throw failure('STORE_UNREACHABLE', { what: `The object store at ${host}`, reason }, error)
    }
  }
  return {
    async put(key, bytes) {
      await ask(checkedKey(key), () => client.putObject(key, new Uint8Array(bytes)))
    },

    get: (key) => ask(checkedKey(key), async () => new Uint8Array(await (await client.getObject(key)).arrayBuffer())),

    stream: (key) =>
      ask(checkedKey(key), async () => {
        const response = await client.getObject(key)
        const body = response.body ?? new Blob([]).stream()
        return { body, sizeBytes: Number(response.headers.get('content-length')) }
      }),

    has: (key) => ask(checkedKey(key), () => client.exists(key)),

    list: (prefix) =>
      ask(prefix, async () => {
        const keys: string[] = []
        for await (const object of client.listObjects({ prefix })) keys.push(object.key)
        return keys.sort()
      }),

    async remove(key) {
      await ask(checkedKey(key), () => client.deleteObject(key)).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'OBJECT_NOT_FOUND')) throw error
      })
    },
  }
}

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
