/** The type checker of the app, asked about single files right after they were changed. */
import type { Sandbox } from '@slipway/sandbox'
import { typeErrorsIn } from './fixers/type-errors.ts'
import type { Diagnose } from './tools/tool.ts'

export interface TypeCheckOptions {
  readonly folder?: string
  /** Prints faults as `path(line,column): error TSnnnn: message`. */
  readonly command?: string
  readonly timeoutMs?: number
}

const COMMAND = 'node_modules/.bin/tsc --noEmit --pretty false'
const CHECKED = /\.(?:[cm]?ts|tsx)$/

/** Says nothing where there is no type checker yet, or when it takes too long: the task's own verification decides then. */
export function diagnoseTypes(sandbox: Sandbox, options: TypeCheckOptions = {}): Diagnose {
  const { folder, command = COMMAND, timeoutMs = 60_000 } = options
  return async (paths, signal) => {
    const checked = paths.filter((path) => CHECKED.test(path))
    if (!checked.length) return null
    const result = await sandbox.exec(['/bin/bash', '-c', command], {
      timeoutMs,
      signal,
      env: { NO_COLOR: '1' },
      ...(folder && { cwd: folder }),
    })
    signal.throwIfAborted()
    if (result.ended !== 'exit') return null
    const errors = typeErrorsIn(result.output).filter(({ path }) => checked.includes(path))
    return errors.map(({ path, line, column, code, message }) => `${path}:${line}:${column} ${code} ${message}`).join('\n') || null
  }
}
