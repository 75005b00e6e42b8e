/** One door to the API: JSON in, JSON out, refusals as `ApiError`. */

export class ApiError extends Error {
  readonly status: number
  /** What is wrong with each field, by name. */
  readonly fields: Readonly<Record<string, string>>

  constructor(status: number, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.fields = fields
  }
}

interface Options {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** @throws ApiError when the server refuses, or cannot be reached (status 0) */
export async function request<Answer>(path: string, { method = 'GET', body, signal }: Options = {}): Promise<Answer> {
  const response = await fetch(`/api/${path}`, {
    method,
    signal,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new ApiError(0, 'The server cannot be reached. Please check your connection.')
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiError(response.status, answer.message ?? 'Something went wrong.', answer.fields)
  return answer as Answer
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Something went wrong.')
