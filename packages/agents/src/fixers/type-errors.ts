/** Reads what the TypeScript compiler says. */

export interface TypeFault {
  readonly path: string
  /** Both from 1. */
  readonly line: number
  readonly column: number
  /** `TS2304` */
  readonly code: string
  readonly message: string
}

/** Lines of both its plain and its coloured form; everything else is left out. */
export function typeErrorsIn(output: string): TypeFault[] {
  return output.split('\n').flatMap((line) => {
    const [, path, row, column, code, message] =
      /^(\S[^(:]*?)(?:\(|:)(\d+)(?:,|:)(\d+)\)?:? (?:- )?error (TS\d+): (.*)$/.exec(line.trim()) ?? []
    if (!path || !row || !column || !code || message === undefined) return []
    return [{ path: path.replace(/^\.\//, ''), line: Number(row), column: Number(column), code, message }]
  })
}
