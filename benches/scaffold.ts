/** Scaffold: from a blueprint to every file of an app, beside Vite's build of the same app. */
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inShell, writeApp } from './by-hand.ts'
import { median, ms, ratio, timed } from './measure.ts'
import { compiledApp } from './parts.ts'

const ROUNDS = 9

export async function benchScaffold(): Promise<string[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push((await timed(compiledApp)).ms)
  const folder = mkdtempSync(join(tmpdir(), 'slipway-scaffold-'))
  await writeApp(folder, compiledApp())
  await inShell('npm ci --no-audit --no-fund --prefer-offline', folder)
  const builds: number[] = []
  for (let round = 0; round < 3; round++) builds.push((await timed(() => inShell('npm run build', folder))).ms)
  await rm(folder, { recursive: true, force: true })
  const scaffold = median(times)
  return [
    `scaffold           ${ms(scaffold)} from spec to ${compiledApp().length} files; vite build of them ${ms(median(builds))}: ${ratio(scaffold, median(builds))}`,
  ]
}
