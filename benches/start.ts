/** From the start of the server to its first page, beside PostgreSQL's own start in the same folder. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@slipway/storage'
import { startSlipway } from '../e2e/slipway.ts'
import { ms, ratio, timed } from './measure.ts'

export async function benchStart(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-start-'))
  const first = await timed(() => toFirstPage(folder))
  await first.value.end()
  const database = await timed(() => startPostgres({ folder: join(folder, 'postgres') }))
  await database.value.stop()
  const second = await timed(() => toFirstPage(folder))
  await second.value.stop()
  return [
    `start              ${ms(second.ms)} to the first page (${ms(first.ms)} the first time); PostgreSQL alone ${ms(database.ms)}: ${ratio(second.ms, database.ms)}`,
  ]
}

async function toFirstPage(folder: string) {
  const slipway = await startSlipway(folder)
  const page = await (await fetch(slipway.url)).text()
  if (!page.includes('Slipway')) throw new Error('The first page is not ours.')
  return slipway
}
