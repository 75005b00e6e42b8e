/** What a script of the fake vendor sees and says, the same for every protocol. */

export type Protocol = 'anthropic' | 'chat' | 'responses' | 'google'

export interface FakeMessage {
  readonly role: 'user' | 'assistant' | 'tool'
  readonly text: string
  readonly calls: readonly { readonly name: string; readonly input: unknown }[]
  readonly images: number
}

export interface FakeRequest {
  readonly protocol: Protocol
  readonly model: string
  readonly system: string
  readonly messages: readonly FakeMessage[]
  /** Names of the tools offered. */
  readonly tools: readonly string[]
  readonly outputTokensMax: number
  /** How many requests came before it. */
  readonly index: number
  /** Everything as it came over the wire: what a test greps for a key. */
  readonly rawBody: string
  readonly headers: Readonly<Record<string, string>>
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal
}

/** Events are counted in the stream that would have been sent; default is half of them. */
export type FakeFault =
  | { readonly kind: 'http'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  /** The socket is destroyed. */
  | { readonly kind: 'cut'; readonly afterEvents?: number }
  /** The stream ends cleanly, too early. */
  | { readonly kind: 'truncated'; readonly afterEvents?: number }
  /** Nothing more comes, the socket stays open. */
  | { readonly kind: 'stall'; readonly afterEvents?: number }
  /** An error inside the stream. */
  | { readonly kind: 'error-event'; readonly afterEvents?: number; readonly message?: string }

export interface FakeCall {
  readonly name: string
  /** A string is sent as it is, so that a script can send bad JSON. */
  readonly input: unknown
}

export interface FakeReply {
  readonly text?: string
  readonly calls?: readonly FakeCall[]
  readonly stop?: 'length' | 'refused'
  /** Counted from characters where it is not given. */
  readonly usage?: { readonly inputTokens: number; readonly cachedTokens?: number; readonly outputTokens: number }
  readonly chunkCharacters?: number
  readonly fault?: FakeFault
}

export type FakeScript = (request: FakeRequest) => FakeReply | Promise<FakeReply>

/** Replies in order; what is asked beyond the last one is a fault of the test. */
export function inOrder(replies: readonly FakeReply[]): FakeScript {
  return ({ index }) => {
    const reply = replies[index]
    if (!reply) throw new Error(`the script has ${replies.length} replies; this is request ${index + 1}`)
    return reply
  }
}
