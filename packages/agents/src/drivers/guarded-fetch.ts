/** The fetch that vendor packages are given: follows no redirect (a key in a header would go along), and tells when bytes arrive. */
import type { Fetch } from './driver.ts'

export function guardedFetch(fetch: Fetch, onBytes: () => void): Fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' })
    onBytes()
    if (!response.body) return response
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          onBytes()
          controller.enqueue(chunk)
        },
      }),
    )
    return new Response(watched, { status: response.status, statusText: response.statusText, headers: response.headers })
  }
}
