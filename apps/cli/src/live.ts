/** The server's events as an async sequence that survives cut connections without a gap or a repetition. */
import { LiveEvent, Problem, ProblemError, STREAMS } from '@slipway/domain'

const RECONNECT_MS = 500

/**
 * @param after the last event already known; the first one yielded lies behind it
 * @throws ProblemError when the server refuses; a cut connection is taken up again where it ended
 */
export async function* liveEvents(
  connection: { url: string; headers: Readonly<Record<string, string>> },
  options: { featureId: string; after: number; signal: AbortSignal },
): AsyncGenerator<LiveEvent> {
  let last = options.after
  while (!options.signal.aborted) {
    try {
      const address = `${connection.url}${STREAMS.events.path}?featureId=${options.featureId}&after=${last}`
      const answer = await fetch(address, { headers: { ...connection.headers, accept: 'text/event-stream' }, signal: options.signal })
      if (!answer.ok || !answer.body) throw new ProblemError(Problem.parse(await answer.json()))
      for await (const data of eventData(answer.body.pipeThrough(new TextDecoderStream()))) {
        const event = LiveEvent.parse(JSON.parse(data))
        if (event.id <= last) continue
        last = event.id
        yield event
      }
    } catch (error) {
      if (options.signal.aborted) return
      if (error instanceof ProblemError) throw error
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS)) // the server restarts; its events wait for us
    }
  }
}

/** The `data` of each message of a text/event-stream. @see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function* eventData(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const messages = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const data = message
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).replace(/^ /, ''))
      if (data.length) yield data.join('\n')
    }
  }
}
