/** The one HTTP server: previews by their host name, everything else to the API. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { failure } from '@slipway/domain'
import type { PreviewProxy } from '@slipway/sandbox'

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

const TRIES = 20

/** @throws CONFIG_INVALID when a fixed port is taken */
export async function listen(options: {
  host: string
  port: number
  isPortFixed: boolean
  previews: PreviewProxy
  fetch: (request: Request, environment: { incoming: IncomingMessage }) => Response | Promise<Response>
}): Promise<Listening> {
  const answer = getRequestListener((request, environment) => options.fetch(request, environment as { incoming: IncomingMessage }))
  const server = createServer((request, response) => {
    if (!options.previews.handle(request, response)) void answer(request, response)
  })
  server.on('upgrade', (request, socket, head) => {
    if (!options.previews.upgrade(request, socket, head)) socket.destroy()
  })
  const last = options.isPortFixed || options.port === 0 ? options.port : options.port + TRIES
  for (let port = options.port; ; port++) {
    try {
      await open(server, options.host, port)
      break
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (isTaken && port < last) continue
      const reason = isTaken ? 'is taken by another program. Name another one with --port' : `cannot be used: ${(error as Error).message}`
      throw failure('CONFIG_INVALID', { faults: [`port ${port} ${reason}`] }, error)
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Live streams never end by themselves.
        server.closeAllConnections()
      }),
  }
}

function open(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** The address of whoever asks: the socket's, or the one that our own proxies vouch for. */
export function clientAddress(incoming: IncomingMessage | undefined, trustedProxies: number): string {
  const socket = incoming?.socket.remoteAddress ?? '127.0.0.1'
  if (trustedProxies === 0) return socket
  const forwarded = String(incoming?.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  return forwarded.at(-trustedProxies) ?? socket
}
