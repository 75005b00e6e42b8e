/** A model as the rest of Slipway knows it: one exchange, streamed parts, one reply. Vendors are behind it, in ./drivers. */

import type { Usage } from '@slipway/domain'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Image {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
  readonly base64: string
}

/** What a vendor wants to have back unchanged with the part it came with: signatures of reasoning, item ids. Never read by us. */
export type Opaque = Readonly<Record<string, unknown>>

export interface ToolCall {
  readonly id: string
  readonly name: string
  /** Parsed, not checked against the tool's schema. `undefined` when the model wrote no JSON: then `inputText` is what it wrote. */
  readonly input: unknown
  readonly inputText: string
}

export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string; readonly opaque?: Opaque }
  | { readonly kind: 'reasoning'; readonly text: string; readonly opaque?: Opaque }
  | { readonly kind: 'call'; readonly call: ToolCall; readonly opaque?: Opaque }

export interface ToolResult {
  readonly callId: string
  readonly name: string
  readonly text: string
  readonly isError: boolean
}

export type Message =
  | { readonly role: 'user'; readonly text: string; readonly images?: readonly Image[] }
  | { readonly role: 'assistant'; readonly parts: readonly ReplyPart[] }
  | { readonly role: 'tool'; readonly results: readonly ToolResult[] }

export interface ToolSpec {
  readonly name: string
  readonly description: string
  readonly input: JsonSchema
}

/** What comes while the model writes. After `restart`, everything shown of this exchange so far is void: it is being asked again. */
export type StreamPart =
  | { readonly kind: 'text'; readonly delta: string }
  | { readonly kind: 'reasoning'; readonly delta: string }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'restart'; readonly reason: string }

export interface ModelRequest {
  /** Names this exchange for ledger and record: unique within its run, and the same again when the run repeats it. */
  readonly key: string
  /** The agent that asks. */
  readonly agent: string
  /** The charge whose answer was rejected, when this asks for a better one. */
  readonly retryOf?: string
  readonly system: string
  readonly messages: readonly Message[]
  readonly tools?: readonly ToolSpec[]
  /** The reply's text is JSON of this shape, as far as the vendor can promise it: check it again. Not together with tools. */
  readonly output?: { readonly name: string; readonly schema: JsonSchema }
  readonly outputTokensMax: number
  readonly effort?: 'none' | 'low' | 'medium' | 'high'
  /** What will be sent again soon: the system text, or the whole conversation as it grows. */
  readonly cache?: 'system' | 'conversation'
  readonly signal: AbortSignal
  /** Called in order, never after the exchange has ended; must not throw. */
  readonly onPart?: (part: StreamPart) => void
}

export interface Reply {
  readonly parts: readonly ReplyPart[]
  /** All text parts, joined. */
  readonly text: string
  readonly calls: readonly ToolCall[]
  /** `length`: the token cap was reached, the text is cut. `refused`: the vendor's or the model's own filter. */
  readonly stop: 'end' | 'calls' | 'length' | 'refused'
  readonly usage: Usage
  /** The ledger row that paid for it, when there is a ledger: what `Ledger.judge` takes. */
  readonly chargeId?: string
}

export interface Model {
  readonly provider: string
  readonly model: string
  /** Input and output together; null when the vendor does not say. */
  readonly contextTokens: number | null
  /**
   * One exchange, with its retries. Owns nothing after it returns; a cancelled one has closed its connection.
   * @throws MODEL_UNAVAILABLE when the last attempt failed and a later one may not
   * @throws MODEL_KEY_REFUSED, MODEL_CREDIT_EMPTY, MODEL_REQUEST_REFUSED when asking again is no use
   * @throws CAP_REACHED, PRICE_UNKNOWN before anything is sent
   * @throws the signal's own reason when it is aborted
   */
  exchange(request: ModelRequest): Promise<Reply>
}

/** Four characters are a token, roughly, in English and in code: for what no vendor has counted. */
export const tokensOf = (text: string) => Math.ceil(text.length / 4)

const IMAGE_TOKENS = 1_600

/** An upper guess of the input of a request, in tokens. */
export function inputTokensOf(request: Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'output'>): number {
  return promptTokensOf(request) + messagesTokens(request.messages)
}

/** Of what stands before the messages: the same in every exchange of an agent. */
export function promptTokensOf({ system, tools, output }: Pick<ModelRequest, 'system' | 'tools' | 'output'>): number {
  return tokensOf(system) + tokensOf(JSON.stringify(tools ?? [])) + tokensOf(JSON.stringify(output ?? ''))
}

export function messagesTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + messageTokens(message), 0)
}

function messageTokens(message: Message): number {
  switch (message.role) {
    case 'user':
      return tokensOf(message.text) + (message.images?.length ?? 0) * IMAGE_TOKENS
    case 'assistant':
      return message.parts.reduce((sum, part) => sum + tokensOf(part.kind === 'call' ? part.call.inputText : part.text), 0)
    case 'tool':
      return message.results.reduce((sum, result) => sum + tokensOf(result.text), 0)
  }
}
