/** The streams of a command in E2B as one channel: bytes in, lines of base64 out. */
import type { Duplex } from 'node:stream'
import { socketPair } from '../agent/socket-pair.ts'
import type { E2bCommand } from './e2b-cloud.ts'

/** Larger pieces would make one request of the SDK too large; smaller ones would make many. */
const PIECE_BYTES_MAX = 256 * 1024

export interface CommandChannel {
  readonly channel: Duplex
  /** To be handed to the SDK as `onStdout`. */
  hear(text: string): void
  /** Sends what the host writes, in order, one request after the other. */
  feed(command: E2bCommand): void
  close(): void
}

export async function commandChannel(): Promise<CommandChannel> {
  const [near, channel] = await socketPair()
  for (const socket of [near, channel]) socket.on('error', () => undefined) // its close is the end that matters
  let rest = ''
  return {
    channel,
    hear(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) near.write(Buffer.from(line, 'base64'))
    },
    feed(command) {
      const send = async () => {
        for await (const bytes of near as AsyncIterable<Buffer>) {
          for (let from = 0; from < bytes.length; from += PIECE_BYTES_MAX) {
            await command.sendStdin(bytes.subarray(from, from + PIECE_BYTES_MAX))
          }
        }
      }
      send().catch(() => near.destroy())
    },
    close: () => void near.destroy(),
  }
}
