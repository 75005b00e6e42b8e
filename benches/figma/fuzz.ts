/** Damages the real designs of a folder thousands of times and sends each through the compiler: no throw, no hang, nothing unescaped. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type FuzzFinding, fuzzOnce } from '../../packages/figma/src/testing/fuzz.ts'

/** Longer than this for one design counts as a hang. */
const HANG_MS = 10_000

interface Source {
  readonly name: string
  readonly design: unknown
  readonly sizeBytes: number
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]))

function readSources(folder: string): Source[] {
  return filesOf(folder)
    .filter((path) => path.endsWith('.json'))
    .flatMap((path) => {
      try {
        return [{ name: relative(folder, path), design: JSON.parse(readFileSync(path, 'utf8')) as unknown, sizeBytes: statSync(path).size }]
      } catch {
        return []
      }
    })
}

/** Every file takes about the same time: small ones are damaged more often than large ones, each at least twice. */
function sharesOf(sources: readonly Source[], runs: number): number[] {
  const weights = sources.map(({ sizeBytes }) => 1 / Math.max(4_000, sizeBytes))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const shares = weights.map((weight) => Math.max(2, Math.floor((runs * weight) / sum)))
  const smallest = weights.indexOf(Math.max(...weights))
  shares[smallest] = (shares[smallest] ?? 0) + Math.max(0, runs - shares.reduce((total, share) => total + share, 0))
  return shares
}

/** @returns whether nothing was found */
export function fuzzFolder(folder: string, runs: number, seed: number): boolean {
  const sources = readSources(folder)
  const shares = sharesOf(sources, runs)
  const findings: FuzzFinding[] = []
  const startedMs = performance.now()
  let done = 0
  let slowest = { name: '', seed: 0, elapsedMs: 0 }
  for (const [index, source] of sources.entries()) {
    for (let run = 0; run < (shares[index] ?? 0); run++) {
      const own = seed + done++
      const { findings: found, elapsedMs } = fuzzOnce(source.name, source.design, {}, own)
      findings.push(...found)
      if (elapsedMs > HANG_MS) findings.push({ seed: own, design: source.name, fault: `took ${Math.round(elapsedMs)} ms` })
      if (elapsedMs > slowest.elapsedMs) slowest = { name: source.name, seed: own, elapsedMs }
    }
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done} of ${runs}`)
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000)
  console.log(`${done} damaged designs of ${sources.length} real files in ${seconds} s, seed ${seed}: ${findings.length} findings`)
  console.log(`slowest: ${Math.round(slowest.elapsedMs)} ms (${slowest.name}, seed ${slowest.seed})`)
  for (const finding of findings.slice(0, 20)) console.log(`${finding.design}, seed ${finding.seed}: ${finding.fault}`)
  return findings.length === 0
}
