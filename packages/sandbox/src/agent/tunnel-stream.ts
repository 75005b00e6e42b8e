/** A stream of HTTP/2 dressed as a socket, for the http module. */
import type { Http2Stream } from 'node:http2'
import { Duplex } from 'node:stream'

/**
 * Writes are passed on one buffer at a time: when the http module corks a head (a string) and a body (a buffer) together, a stream of
 * HTTP/2 in Node 24 sends the first bytes of the string as garbage.
 */
export function tunnelStream(stream: Http2Stream): Duplex {
  const tunnel = new Duplex({
    read: () => stream.resume(),
    write(chunk: Buffer, _encoding, done) {
      stream.write(chunk, done)
    },
    final(done) {
      stream.end(done)
    },
    destroy(error, done) {
      stream.destroy()
      done(error)
    },
  })
  stream.on('data', (bytes: Buffer) => {
    if (!tunnel.push(bytes)) stream.pause()
  })
  stream.on('end', () => tunnel.push(null))
  stream.on('close', () => tunnel.destroy())
  stream.on('error', () => tunnel.destroy())
  tunnel.on('error', () => undefined)
  const itself = () => tunnel
  return Object.assign(tunnel, { setKeepAlive: itself, setNoDelay: itself, setTimeout: itself, ref: itself, unref: itself })
}
