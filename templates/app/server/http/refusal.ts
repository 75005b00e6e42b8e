/** What the API says when it refuses, and how database errors become such answers. */
import type { ErrorHandler } from 'hono'
import { ZodError, type z } from 'zod'

type Status = 400 | 401 | 403 | 404 | 409 | 422

/** Throw it anywhere in a route; the client gets `{ message, fields }` with the status. */
export class Refusal extends Error {
  readonly status: Status
  readonly fields: Record<string, string>

  constructor(status: Status, message: string, fields: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.fields = fields
  }
}

export const notFound = (what: string) => new Refusal(404, `This ${what} does not exist, or was deleted.`)

/** The one row that a statement must have returned. */
export function one<Row>([row]: readonly Row[]): Row {
  if (!row) throw new Error('The database returned no row')
  return row
}

/** Checks a request body against a schema; the first message of each field goes back to the form. */
export function check<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) fields[String(issue.path[0] ?? '')] ??= issue.message
  throw new Refusal(422, 'Some fields need attention.', fields)
}

/** The id in the path, as a number. */
export function idOf(value: string | undefined, what: string): number {
  const id = Number(value)
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) throw notFound(what)
  return id
}

interface DatabaseError {
  readonly code?: string
  readonly detail?: string
}

const camelCase = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof SyntaxError) return new Refusal(400, 'The request is not valid JSON.')
  if (error instanceof ZodError) return new Refusal(400, 'The address holds a value that cannot be read.')
  const { code, detail = '' } = ((error as Error).cause ?? error) as DatabaseError
  if (code === '23505') {
    const column = /^Key \((\w+)\)/.exec(detail)?.[1]
    return new Refusal(409, 'Another record has this value already.', {
      [column ? camelCase(column) : '']: 'Another record has this value already.',
    })
  }
  // Postgres 18 tells a refused delete (23001) from a missing target (23503); before, both were 23503.
  if (code === '23001' || code === '23503') {
    return detail.includes('is not present')
      ? new Refusal(422, 'It refers to a record that no longer exists.')
      : new Refusal(409, 'Other records still refer to this one. Change or delete them first.')
  }
  return undefined
}

export const onError: ErrorHandler = (error, c) => {
  const refusal = asRefusal(error)
  if (refusal) return c.json({ message: refusal.message, fields: refusal.fields }, refusal.status)
  console.error(error)
  return c.json({ message: 'Something went wrong on our side. Please try again.', fields: {} }, 500)
}
