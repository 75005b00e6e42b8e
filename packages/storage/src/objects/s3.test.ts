import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { expect, test } from 'vitest'
import { objectStoreContract } from '../testing/object-store-contract.ts'
import { startSignatureGate } from '../testing/s3-signature-gate.ts'
import { s3Objects } from './s3.ts'

/** A real HTTP server that speaks S3, behind a gate that checks every signature. */
async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-s3-'))
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [{ name: 'slipway' }] })
  const gate = await startSignatureGate((await server.run()).port, 'S3RVER')
  return {
    host: `127.0.0.1:${gate.port}`,
    async end() {
      await gate.close()
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
  const wrongKey = s3Objects(`s3://S3RVER:wrong@${host}/slipway?tls=false`)
  const noBucket = s3Objects(`s3://S3RVER:S3RVER@${host}/elsewhere?tls=false`)
  const unreachable = { code: 'STORE_UNREACHABLE', message: expect.stringContaining(host) }
  await expect(wrongKey.put('a', new Uint8Array(1))).rejects.toMatchObject(unreachable)
  await expect(noBucket.put('a', new Uint8Array(1))).rejects.toMatchObject(unreachable)
  await expect(noBucket.get('a')).rejects.toMatchObject(unreachable)
  await end()
  await expect(wrongKey.get('a')).rejects.toMatchObject(unreachable)
})

test('a request that fails at the server is tried again', async () => {
  let faults = 2
  const shaky = createServer((_request, answer) => {
    if (faults-- > 0) answer.writeHead(503).end('<Error><Code>SlowDown</Code><Message>Slow down.</Message></Error>')
    else answer.end('at last')
  }).listen(0, '127.0.0.1')
  await once(shaky, 'listening')
  const store = s3Objects(`s3://a:b@127.0.0.1:${(shaky.address() as AddressInfo).port}/slipway?tls=false`)
  expect(Buffer.from(await store.get('a')).toString()).toBe('at last')
  shaky.close()
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
