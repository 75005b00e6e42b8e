/** Runs a command of the user, or one that the user chose to trust, in a folder on this machine: not a sandbox. */
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'

const OUTPUT_LENGTH_MAX = 20_000

export interface CommandResult {
  readonly isPassed: boolean
  /** `exit code 1`, `signal SIGKILL`, `no end within 600 s` */
  readonly end: string
  /** The last 20,000 characters of both streams. */
  readonly output: string
}

export type CommandRunner = (run: {
  readonly command: string
  readonly folder: string
  readonly input?: string
  readonly parameters?: readonly string[]
}) => Promise<CommandResult>

/** @param options.logPath  everything that commands say is added there */
export function commandRunner(options: { logPath: string; timeoutMs?: number }): CommandRunner {
  return ({ command, folder, input = '', parameters = [] }) =>
    new Promise((resolve) => {
      const child = spawn('sh', ['-c', command, 'slipway', ...parameters], { cwd: folder, detached: true, stdio: 'pipe' })
      let output = ''
      let isLate = false
      const endAll = (signal: NodeJS.Signals) => {
        if (child.pid === undefined) return
        try {
          process.kill(-child.pid, signal)
        } catch {
          child.kill(signal) // the group is gone already
        }
      }
      const interrupt = () => endAll('SIGTERM')
      const timer =
        options.timeoutMs === undefined
          ? undefined
          : setTimeout(() => {
              isLate = true
              endAll('SIGKILL')
            }, options.timeoutMs)
      process.once('SIGINT', interrupt)
      process.once('exit', interrupt)
      const settle = (end: string, isPassed: boolean) => {
        clearTimeout(timer)
        process.off('SIGINT', interrupt)
        process.off('exit', interrupt)
        resolve({ isPassed, end, output: output.trim() })
      }
      const take = (chunk: Buffer) => {
        appendFileSync(options.logPath, chunk)
        output = (output + chunk.toString('utf8')).slice(-OUTPUT_LENGTH_MAX)
      }
      appendFileSync(options.logPath, `$ ${command}\n`)
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.stdin.on('error', () => undefined) // a command may end without reading its input
      child.on('error', (error) => settle(error.message, false))
      child.on('close', (code, signal) => {
        const end = isLate ? `no end within ${(options.timeoutMs ?? 0) / 1000} s` : signal ? `signal ${signal}` : `exit code ${code}`
        settle(end, code === 0 && !isLate)
      })
      child.stdin.end(input)
    })
}
