/** Two joined sockets of the system, for what is a stream of JavaScript at one end and HTTP/2 at the other. */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In a folder that only this user can enter, gone before this resolves; HTTP/2 in Node 24 fails on streams that are no sockets. */
export async function socketPair(): Promise<[Socket, Socket]> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-pair-'))
  const server = createServer()
  try {
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(join(folder, 'pair'), resolve)
    })
    const near = connect(join(folder, 'pair'))
    return [near, await accepted]
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
