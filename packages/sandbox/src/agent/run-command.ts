/** Runs command-line tools of the host for drivers. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'

/** @returns what the command wrote. @throws Error with what the command said, or with the system's word when it is not there */
export function runCommand(command: string, args: readonly string[], options: { input?: Uint8Array; cwd?: string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...(options.cwd ? { cwd: options.cwd } : {}) })
    const heard = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        heard[name] += text
      })
    }
    child.stdin.on('error', () => undefined) // its exit code says what went wrong
    child.stdin.end(options.input)
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(heard.stdout)
      else reject(new Error(`${command} ${args[0]} ended with ${code}: ${(heard.stderr || heard.stdout).trim().slice(-2_000)}`))
    })
  })
}

/**
 * Starts a command whose standard input and output are one socket of the system; Node's own pipes for them would be two, and joining two
 * gives a stream that HTTP/2 in Node 24 fails on.
 */
export function spawnOnSocket(
  command: string,
  args: readonly string[],
): { child: ChildProcess; channel: Duplex; stderr: NodeJS.ReadableStream } {
  const child = spawn('sh', ['-c', 'exec "$0" "$@" <&3 >&3 3<&-', command, ...args], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const [, , stderr, channel] = child.stdio as unknown as [null, null, NodeJS.ReadableStream, Duplex]
  for (const stream of [stderr, channel]) stream.on('error', () => undefined) // a broken pipe is the command's end
  return { child, channel, stderr }
}
