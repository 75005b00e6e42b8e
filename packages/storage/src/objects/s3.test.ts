import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { expect, test } from 'vitest'
import { objectStoreContract } from '../testing/object-store-contract.ts'
import { s3Objects } from './s3.ts'

/** A real HTTP server that speaks S3. It knows access keys, and does not check signatures of version 4. */
async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-s3-'))
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: 'slipway' }] })
  const { port } = await server.run()
  return {
    host: `127.0.0.1:${port}`,
    async end() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

objectStoreContract('an S3 bucket', async () => {
  const { host, end } = await startS3()
  return { store: s3Objects(`s3://S3RVER:S3RVER@${host}/slipway?tls=false`), end }
})

test('a store that is away, a wrong key and a missing bucket are said in words', async () => {
  const { host, end } = await startS3()
  const wrongKey = s3Objects(`s3://NOBODY:S3RVER@${host}/slipway?tls=false`)
  const noBucket = s3Objects(`s3://S3RVER:S3RVER@${host}/elsewhere?tls=false`)
  const unreachable = { code: 'STORE_UNREACHABLE', message: expect.stringContaining(host) }
  await expect(wrongKey.put('a', new Uint8Array(1))).rejects.toMatchObject(unreachable)
  await expect(noBucket.put('a', new Uint8Array(1))).rejects.toMatchObject(unreachable)
  await expect(noBucket.get('a')).rejects.toMatchObject(unreachable)
  await end()
  await expect(wrongKey.get('a')).rejects.toMatchObject(unreachable)
})

test.each([
  ['http://a:b@host/bucket', 's3://'],
  ['s3://host/bucket', 'key:secret@'],
  ['s3://a:b@host/', 'bucket'],
  ['s3://a:b@host/one/two', 'bucket'],
  ['nonsense', 's3://'],
])('the address %s is refused', (address, why) => {
  expect(() => s3Objects(address)).toThrow(why)
})
