/** A gate before the S3 test server, which checks no signatures of version 4: lets through only what was signed with the secret. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

/** @param port of the server behind it, on 127.0.0.1 */
export async function startSignatureGate(port: number, secret: string): Promise<{ port: number; close(): Promise<void> }> {
  const gate = createServer(async (incoming, answer) => {
    const body = await buffer(incoming)
    if (!isSigned(incoming, body, secret)) {
      answer.writeHead(403, { 'content-type': 'application/xml' })
      answer.end('<Error><Code>SignatureDoesNotMatch</Code><Message>The signature does not match.</Message></Error>')
      return
    }
    const { method, url: path, headers } = incoming
    request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers)
      response.pipe(answer)
    })
      .on('error', () => answer.destroy())
      .end(body)
  }).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  return {
    port: (gate.address() as AddressInfo).port,
    async close() {
      gate.close()
      gate.closeAllConnections()
      await once(gate, 'close').catch(() => undefined)
    },
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method, url, headers }: IncomingMessage, body: Buffer, secret: string): boolean {
  const parts = /Credential=[^/]+\/(\d+)\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})/.exec(
    headers.authorization ?? '',
  )
  const [, day = '', region = '', signed = '', signature = ''] = parts ?? []
  const digest = String(headers['x-amz-content-sha256'])
  if (!parts || !signed.split(';').includes('host') || (digest !== sha256(body) && digest !== 'UNSIGNED-PAYLOAD')) return false
  const [path = '', query = ''] = (url ?? '').split('?')
  const canonical = [
    method,
    path,
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    signed,
    digest,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const key = [region, 's3', 'aws4_request'].reduce((made, part) => hmac(made, part), hmac(`AWS4${secret}`, day))
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))
}
