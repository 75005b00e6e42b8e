/** Finds the running server of this machine, or starts one, and gives a client that may use it. */
import { fork } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, createClient, failure } from '@slipway/domain'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), '../../server/src/main.ts')

export interface Connection {
  readonly url: string
  readonly client: Client
  readonly headers: Readonly<Record<string, string>>
}

/** What a running server leaves in its data folder for tools of the same user. */
interface ServerFile {
  readonly url: string
  readonly pid: number
}

/**
 * @param options.url a server elsewhere; then nothing is started
 * @throws STORE_UNREACHABLE when there is no server and none could be started
 */
export async function connect(options: {
  dataFolder: string
  url?: string | undefined
  token?: string | undefined
  say: (line: string) => void
}): Promise<Connection> {
  const url = options.url ?? (await runningUrl(options.dataFolder)) ?? (await startServer(options))
  const token = options.token ?? (await readFile(join(options.dataFolder, 'cli-token'), 'utf8').catch(() => '')).trim()
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  return { url, headers, client: createClient({ fetch, baseUrl: url, headers: () => headers }) }
}

/** The server that `server.json` names, when it still answers. */
export async function runningServer(dataFolder: string): Promise<ServerFile | undefined> {
  const text = await readFile(join(dataFolder, 'server.json'), 'utf8').catch(() => undefined)
  if (!text) return undefined
  const server = JSON.parse(text) as ServerFile
  const answer = await fetch(`${server.url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  return answer?.ok ? server : undefined
}

const runningUrl = async (dataFolder: string) => (await runningServer(dataFolder))?.url

/** Starts a server that outlives this command and says over its channel when it is ready. */
async function startServer({ dataFolder, say }: { dataFolder: string; say: (line: string) => void }): Promise<string> {
  say('Starting Slipway …')
  mkdirSync(join(dataFolder, 'logs'), { recursive: true })
  const logPath = join(dataFolder, 'logs/background.log')
  const log = openSync(logPath, 'a')
  const child = fork(MAIN, ['--data', dataFolder], {
    detached: true,
    execArgv: ['--disable-warning=DeprecationWarning'],
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  try {
    return await new Promise<string>((resolve, reject) => {
      child.once('message', (message: ServerFile) => resolve(message.url))
      child.once('exit', (code) => {
        reject(failure('STORE_UNREACHABLE', { what: 'Slipway', reason: `it ended with ${code} while starting; ${logPath} says why` }))
      })
    })
  } finally {
    if (child.connected) child.disconnect()
    child.unref()
  }
}
