/** The same work as a build does, typed by a person into a shell. */
import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AppFile } from '@slipway/blueprint'

export async function writeApp(folder: string, files: readonly AppFile[]): Promise<void> {
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** @throws Error with the output when the command fails */
export function inShell(command: string, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes) => {
        output += String(bytes)
      })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}\n${output.slice(-2_000)}`))))
  })
}

/** Starts a server and waits until its health route answers. @returns the way to end it */
export async function serveInShell(cwd: string, port: number): Promise<() => void> {
  const child = spawn('npm', ['start'], { cwd, env: { ...process.env, PORT: String(port) }, stdio: 'ignore', detached: true })
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
    if (answer?.ok) return () => process.kill(-(child.pid as number), 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
