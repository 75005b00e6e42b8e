/** `slipway start` and `slipway stop`: Slipway in the background. */
import { type Connection, runningServer } from '../connect.ts'
import type { Terminal } from '../terminal.ts'

export async function start(deps: { server: () => Promise<Connection>; terminal: Terminal }): Promise<void> {
  const { url } = await deps.server()
  deps.terminal.say(`Slipway runs at ${url}. "slipway stop" ends it.`, 'pass')
}

/** @returns the exit code */
export async function stop(deps: { dataFolder: string; terminal: Terminal }): Promise<number> {
  const running = await runningServer(deps.dataFolder)
  if (!running) {
    deps.terminal.say('Slipway is not running.')
    return 0
  }
  process.kill(running.pid, 'SIGTERM')
  deps.terminal.say(`Slipway at ${running.url} is stopping.`, 'pass')
  return 0
}
