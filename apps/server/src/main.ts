/** `npm start`: one process that serves Slipway until it is told to stop. */
import { isFailure } from '@slipway/domain'
import { ownConfig } from './config.ts'
import { runningServer } from './data-folder.ts'
import { openLog } from './log-file.ts'
import { startServer } from './server.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const config = ownConfig()
  const before = config.role === 'worker' ? undefined : await runningServer(config.dataFolder)
  if (before) {
    say(`Slipway runs already: ${before.url}`)
    process.send?.(before)
    return
  }
  const log = openLog(config.dataFolder, config.logLevel)
  process.on('unhandledRejection', (error) =>
    log.write({ level: 'error', at: 'unhandled', error: String((error as Error)?.stack ?? error) }),
  )
  let isStopping = false
  let stop: (() => Promise<void>) | undefined
  const end = () => {
    if (isStopping) process.exit(1) // asked twice: at once
    isStopping = true
    say('Stopping …')
    Promise.resolve(stop?.()).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)

  const server = await startServer(config, log.write)
  stop = server.stop
  for (const note of server.notes) say(note)
  say(server.url ? `Slipway is ready: ${server.url}` : 'A worker of Slipway is ready.')
  process.send?.({ url: server.url, pid: process.pid })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${isFailure(error) ? error.message : String((error as Error).stack ?? error)}\n`)
  process.exit(1)
}
