/** One sandbox: made, told to run and to write, stopped; and ten at once. Beside the bare processes that do the same. */
import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createRegistryMirror, localRuntime, type Sandbox } from '@slipway/sandbox'
import { median, ms, timed } from './measure.ts'

const execute = promisify(execFile)
const AT_ONCE = 10
/** Milliseconds on the study's machine while it was quiet: two cores, 2026-11-20. */
const STUDY = { create: 96, exec: 6.6, write: 1.6, stop: 11.4, tenAtOnce: 1_400 }

export async function benchWalls(rounds: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-walls-'))
  const registry = createRegistryMirror({ upstream: 'http://127.0.0.1:1/' })
  const runtime = localRuntime({ folder: join(folder, 'sandboxes'), node: process.execPath, registry })
  const times = { create: [], exec: [], write: [], stop: [], tenAtOnce: [] } as Record<keyof typeof STUDY, number[]>
  const bare = { node: [], exec: [], write: [] } as Record<'node' | 'exec' | 'write', number[]>
  const ten = () => Promise.all(Array.from({ length: AT_ONCE }, () => runtime.create({})))
  try {
    await (await runtime.create({})).stop() // what is read from disk once is read now
    for (let round = 0; round < rounds; round++) {
      bare.node.push((await timed(() => execute(process.execPath, ['-e', '0']))).ms)
      bare.exec.push((await timed(() => execute('true'))).ms)
      bare.write.push((await timed(() => writeFile(join(folder, `${round}.txt`), 'hello'))).ms)
      const made = await timed(() => runtime.create({}))
      times.create.push(made.ms)
      times.exec.push((await timed(() => made.value.exec(['true']))).ms)
      times.write.push((await timed(() => made.value.writeFiles({ 'hello.txt': 'hello' }))).ms)
      times.stop.push((await timed(() => made.value.stop())).ms)
      const many = await timed(ten)
      times.tenAtOnce.push(many.ms)
      await Promise.all(many.value.map((one: Sandbox) => one.stop()))
    }
  } finally {
    await runtime.close()
    await rm(folder, { recursive: true, force: true })
  }
  const line = (name: string, what: keyof typeof STUDY, beside: string) =>
    `${name.padEnd(19)}${ms(median(times[what]))}, least ${ms(Math.min(...times[what]))}; ${beside}; the study, on a quiet machine: ${ms(STUDY[what])}`
  return [
    line('create', 'create', `a bare \`node -e 0\` ${ms(median(bare.node))}`),
    line('exec', 'exec', `a bare \`true\` ${ms(median(bare.exec))}`),
    line('write a file', 'write', `without walls ${ms(median(bare.write))}`),
    line('stop', 'stop', 'everything inside ended, nothing left'),
    line(`${AT_ONCE} at once`, 'tenAtOnce', 'all of them answer'),
  ]
}
