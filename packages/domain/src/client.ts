/** A typed caller of ROUTES, for whatever can `fetch`: the web app, the CLI, tests. */
import type { z } from 'zod'
import type { Route } from './route.ts'
import { Problem, ROUTES, type RouteName } from './routes.ts'

type Given<T> = T extends z.ZodType ? z.input<T> : Record<never, never>
type Input<N extends RouteName> = Given<(typeof ROUTES)[N]['params']> &
  Given<(typeof ROUTES)[N]['query']> &
  Given<(typeof ROUTES)[N]['body']>
export type Output<N extends RouteName> = z.output<(typeof ROUTES)[N]['response']>

interface Answer {
  readonly ok: boolean
  readonly status: number
  text(): Promise<string>
}
type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; credentials?: 'same-origin' },
) => Promise<Answer>

/** The server said no, in words for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

export type Client = { readonly [N in RouteName]: (input: Input<N>) => Promise<Output<N>> }

/**
 * One function per route; path, query and body are filled from the one input by their names.
 * @throws ProblemError when the server answers with a problem, or with something that is no answer of this API
 */
export function createClient(deps: { fetch: Fetch; baseUrl: string; headers?: () => Record<string, string> }): Client {
  const call = async (name: RouteName, input: Record<string, unknown>) => {
    const route: Route = ROUTES[name]
    const rest = { ...input }
    const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = String(rest[key])
      delete rest[key]
      return encodeURIComponent(value)
    })
    const query = route.query ? `?${encodeQuery(rest)}` : ''
    const answer = await deps.fetch(deps.baseUrl + path + query, {
      method: route.method,
      headers: { accept: 'application/json', ...(route.body ? { 'content-type': 'application/json' } : {}), ...deps.headers?.() },
      credentials: 'same-origin',
      ...(route.body ? { body: JSON.stringify(rest) } : {}),
    })
    const text = await answer.text()
    const json = parseJson(text)
    if (!answer.ok) throw new ProblemError(Problem.safeParse(json).data ?? unknownProblem(answer.status, text))
    return route.response.parse(json)
  }
  const functions = Object.keys(ROUTES).map((name) => [name, (input: Record<string, unknown>) => call(name as RouteName, input)])
  return Object.fromEntries(functions) as Client
}

const encodeQuery = (values: Record<string, unknown>) =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a proxy's HTML page, a cut connection: told as an unknown problem
  }
}

const unknownProblem = (status: number, text: string): Problem => ({
  type: 'about:blank',
  title: 'Unexpected answer',
  status,
  code: 'UNEXPECTED',
  detail: `The server answered ${status}${text ? ` with something that is not Slipway's: ${text.slice(0, 120)}` : ''}. Check that Slipway is running and try again.`,
})
