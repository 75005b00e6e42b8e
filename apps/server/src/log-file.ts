/** The log: JSON lines in a file, begun anew when it grew large; warnings also in plain words on the terminal. */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

export interface LogFile {
  readonly path: string
  write(line: object): void
  close(): void
}

const BYTES_MAX = 20 * 1024 * 1024
/** Model keys and tokens as vendors shape them: whatever leaves by accident is blotted out before it is written. */
const SECRET = /\b(?:sk|pk|rk|ghp|gho|figd|AIza|xox[bp])[-_][\w-]{16,}|Bearer [\w.~+/-]{16,}/g
const LEVELS = new Set(['debug', 'info', 'warn', 'error'])

export function openLog(dataFolder: string, level: string): LogFile {
  const folder = join(dataFolder, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'slipway.log')
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > BYTES_MAX) renameSync(path, `${path}.1`)
  const target = pino.destination({ dest: path, sync: true, mode: 0o600 })
  const logger = pino({ level, base: { pid: process.pid }, hooks: { streamWrite: (text) => text.replace(SECRET, '[secret]') } }, target)
  return {
    path,
    write(line) {
      const { level: named, ...rest } = line as { level?: string; message?: string }
      const kind = named && LEVELS.has(named) ? (named as 'info') : 'info'
      logger[kind](rest)
    },
    close: () => target.end(),
  }
}
