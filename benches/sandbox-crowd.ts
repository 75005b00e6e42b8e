/** `npm run bench:crowd`: many sandboxes idle and some busy at once: memory for each, shares of the processor, and whether any was lost. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistryMirror, localRuntime, type Sandbox } from '@slipway/sandbox'
import { median, ms, timed } from './measure.ts'

const [idleCount, busyCount] = [Number(process.argv[2] ?? 50), Number(process.argv[3] ?? 8)]
const BUSY_MS = 15_000
const MB = 1024 * 1024

/** Counts for a while, allocating and writing as a build does; prints how far it came. */
const WORK = `
const { createHash } = require('node:crypto'), { writeFileSync, readFileSync } = require('node:fs')
const end = Date.now() + ${BUSY_MS}
let rounds = 0
for (let text = process.argv[1]; Date.now() < end; rounds++) {
  text = createHash('sha256').update(text.repeat(2000)).digest('hex')
  if (rounds % 200 === 0) { writeFileSync('work.txt', text); if (readFileSync('work.txt', 'utf8') !== text) throw new Error('lost') }
}
console.log(rounds)
`

const availableMb = () => Number(/MemAvailable:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) / 1024

const folder = mkdtempSync(join(tmpdir(), 'slipway-crowd-'))
const registry = createRegistryMirror({ upstream: 'http://127.0.0.1:1/' })
const runtime = localRuntime({ folder: join(folder, 'sandboxes'), node: process.execPath, registry })
const faults: string[] = []
try {
  const before = availableMb()
  const idle: Sandbox[] = []
  const made = await timed(async () => {
    // Ten at a time, as a service would be asked.
    for (let index = 0; index < idleCount; index += 10)
      idle.push(...(await Promise.all(Array.from({ length: Math.min(10, idleCount - index) }, () => runtime.create({})))))
  })
  await Promise.all(idle.map((one) => one.writeFiles({ 'mine.txt': one.id })))
  const hostMb = (before - availableMb()) / idleCount
  const groups = await Promise.all(idle.map(async (one) => (await one.stat()).memoryBytes / MB))

  const busy = await Promise.all(Array.from({ length: busyCount }, () => runtime.create({})))
  const started = performance.now()
  const working = Promise.all(
    busy.map(async (one) => {
      const { exitCode, output } = await one.exec(['node', '-e', WORK, one.id], { timeoutMs: BUSY_MS * 4 })
      if (exitCode !== 0) faults.push(`a busy one ended with ${exitCode}: ${output.slice(-200)}`)
      return Number(output)
    }),
  )
  const answers: number[] = []
  while (performance.now() - started < BUSY_MS) {
    const one = idle[answers.length % idle.length] as Sandbox
    answers.push((await timed(() => one.exec(['true']))).ms)
  }
  const shares = await working
  for (const one of idle) {
    const text = await one.readFile('mine.txt').catch((error: unknown) => String((error as Error).message))
    if (Buffer.from(text).toString() !== one.id) faults.push(`an idle one was lost: ${text}`)
  }
  const total = shares.reduce((sum, share) => sum + share, 0)
  const percent = (share: number) => `${((100 * share) / total).toFixed(1)} %`
  console.log(
    `idle               ${idleCount} sandboxes made in ${ms(made.ms)}; each ${median(groups).toFixed(0)} MB in its control group, ${hostMb.toFixed(0)} MB of the machine`,
  )
  console.log(
    `busy               ${busyCount} at once for ${ms(BUSY_MS)}; shares of the work from ${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}, fair is ${percent(total / busyCount)}`,
  )
  console.log(`an idle one answers in ${ms(median(answers))} while they work, at most ${ms(Math.max(...answers))}`)
  console.log(`lost               ${faults.length || 'nothing'}`)
  for (const fault of faults) console.log(`                   ${fault}`)
} finally {
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = faults.length ? 1 : 0
