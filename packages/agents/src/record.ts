/** Records every exchange under its key, so that a run can go on where it was killed, and be replayed offline. */
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withoutChance } from './failure-signature.ts'
import { inputTokensOf, type Message, type Model, type ModelRequest, promptTokensOf, type Reply } from './model.ts'

/** One line of a recording. */
export interface RecordedExchange {
  readonly version: 1
  readonly key: string
  readonly agent: string
  readonly provider: string
  readonly model: string
  /** Hex SHA-256 over everything that the model was told. */
  readonly requestHash: string
  /** Hex SHA-256 over what was asked at first: system text, tools, shape of the answer, first message. */
  readonly askHash: string
  /** Absent in records of before 2026-11. */
  readonly asked?: AskedPrompt
  /** `messages`: those that are new since the exchange before; the ones before are in its record. */
  readonly request: { readonly system: string; readonly messages: readonly Message[]; readonly tools: readonly string[] }
  readonly reply: Reply
}

/** What a replay holds its own question against. */
export interface AskedPrompt {
  /** Hex SHA-256 over system text, tools and shape of the answer. */
  readonly promptHash: string
  /** Of these three, estimated. */
  readonly promptTokens: number
  /** Of everything that the model was told, estimated. */
  readonly inputTokens: number
}

/** Where exchanges are kept. Nothing in it is a key: requests hold none. */
export interface Recording {
  get(key: string): Promise<RecordedExchange | undefined>
  /** Replaces what was under the key. Durable when it returns. */
  put(exchange: RecordedExchange): Promise<void>
}

/** A file of JSON lines; the last line of a key counts, a torn last line is left out. */
export function fileRecording(path: string): Recording {
  let known: Promise<Map<string, RecordedExchange>> | undefined
  const read = async () =>
    new Map(parseLines(await readFile(path, 'utf8').catch(emptyWhenAbsent)).map((exchange) => [exchange.key, exchange]))
  const load = () => (known ??= read())
  return {
    async get(key) {
      return (await load()).get(key)
    },
    async put(exchange) {
      const exchanges = await load()
      await mkdir(dirname(path), { recursive: true })
      await appendFile(path, `${JSON.stringify(exchange)}\n`)
      exchanges.set(exchange.key, exchange)
    },
  }
}

function emptyWhenAbsent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}

function parseLines(text: string): RecordedExchange[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line ? [JSON.parse(line) as RecordedExchange] : []
    } catch {
      return [] // torn by a crash while it was written; the exchange is asked again
    }
  })
}

export type Asked = Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'output'>

/** The same for the same conversation; streams, signals and limits do not count, nor do durations and times in the output of tools. */
export function requestHash({ system, messages, tools = [], output }: Asked): string {
  return createHash('sha256')
    .update(withoutChance(JSON.stringify([system, messages, tools, output ?? null])))
    .digest('hex')
}

export const askedPrompt = (request: Asked): AskedPrompt => ({
  promptHash: requestHash({ ...request, messages: [] }),
  promptTokens: promptTokensOf(request),
  inputTokens: inputTokensOf(request),
})

/** The same for every exchange of one conversation. */
export const askHash = (request: Asked) => requestHash({ ...request, messages: request.messages.slice(0, 1) })

/**
 * A model that remembers. An exchange of the same key in a conversation that began with the same words is answered from the
 * recording, at no cost; everything else is asked and recorded before it is given out. After a kill, the same run goes through
 * its finished exchanges again without paying for them; at most the one in flight is paid twice. Later messages are not compared:
 * commands that are run again say other times, ids and orders, and their answers are taken as they were.
 */
export function recorded(model: Model, recording: Recording): Model {
  return {
    provider: model.provider,
    model: model.model,
    contextTokens: model.contextTokens,
    async exchange(request) {
      const asked = askHash(request)
      const known = await recording.get(request.key)
      if (known?.askHash === asked) return saidAgain(known.reply, request)
      const reply = await model.exchange(request)
      const { key, agent, system, messages, tools = [] } = request
      await recording.put({
        version: 1,
        key,
        agent,
        provider: model.provider,
        model: model.model,
        requestHash: requestHash(request),
        askHash: asked,
        asked: askedPrompt(request),
        request: { system, messages: newMessages(messages), tools: tools.map((tool) => tool.name) },
        reply,
      })
      return reply
    },
  }
}

/** What was said since the model's last reply; of a picture its hash stands for its bytes, which are kept elsewhere. */
export const newMessages = (messages: readonly Message[]): Message[] =>
  messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1).map(withoutPictures)

const withoutPictures = (message: Message): Message => {
  if (message.role !== 'user' || !message.images) return message
  const images = message.images.map(({ mediaType, base64 }) => ({
    mediaType,
    base64: `sha256:${createHash('sha256').update(base64).digest('hex')}`,
  }))
  return { ...message, images }
}

/** A recorded reply, shown like a fresh one. */
export function saidAgain(reply: Reply, request: ModelRequest): Reply {
  request.signal.throwIfAborted()
  if (reply.text) request.onPart?.({ kind: 'text', delta: reply.text })
  for (const call of reply.calls) request.onPart?.({ kind: 'call', name: call.name })
  return reply
}
