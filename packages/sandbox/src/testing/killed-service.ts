/** A service that makes a sandbox and is then killed: what drivers must have swept afterwards. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAKERS = {
  local: { module: '../local/local-runtime.ts', name: 'localRuntime' },
  docker: { module: '../docker/docker-runtime.ts', name: 'dockerRuntime' },
  runsc: { module: '../runsc/runsc-runtime.ts', name: 'runscRuntime' },
} as const

/** @returns the sandbox's id; it ran `sleep 7777`, and its folder is `folder`/boxes where the driver has one */
export async function killedService(folder: string, driver: keyof typeof MAKERS): Promise<string> {
  const { module, name } = MAKERS[driver]
  const script = join(folder, 'service.ts')
  writeFileSync(
    script,
    `import { ${name} } from ${JSON.stringify(fileURLToPath(new URL(module, import.meta.url)))}
const runtime = ${name}({ folder: ${JSON.stringify(join(folder, 'boxes'))}, node: process.execPath, registry: { serve: () => undefined } })
const sandbox = await runtime.create({})
await sandbox.start(['sleep', '7777'])
console.log(sandbox.id)
setInterval(() => undefined, 1000)
`,
  )
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const id = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve))
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await ended
  return id
}
