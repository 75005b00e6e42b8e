/** What a line of the table of routes says. */
import { z } from 'zod'

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `{name}` marks a part that `params` describes. */
  readonly path: string
  readonly summary: string
  readonly tag: 'session' | 'projects' | 'features' | 'chat' | 'builds' | 'settings' | 'prototypes' | 'backlog'
  /** Whether it answers without a signed-in person. */
  readonly isOpen?: boolean
  /** How large a request may be, where the usual 2 MB are too little. */
  readonly bodyBytesMax?: number
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly response: Response
}

const None = z.object({})

/** Keeps the exact types of a route's schemas. */
export const route = <
  P extends z.ZodType = typeof None,
  Q extends z.ZodType = typeof None,
  B extends z.ZodType = typeof None,
  R extends z.ZodType = z.ZodType,
>(
  value: Route<P, Q, B, R>,
): Route<P, Q, B, R> => value
