/** Reads one vendor's stream of parts into a reply; what is missing at its end is a fault, never a short answer. */
import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import type { Usage } from '@slipway/domain'
import type { Opaque, Reply, ReplyPart, StreamPart } from '../model.ts'

export type StreamEnd =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'truncated' }

type Growing = { kind: 'text' | 'reasoning'; text: string; opaque?: Opaque }

/** What has been read so far, also when the stream breaks. */
export class StreamReader {
  private readonly parts: ReplyPart[] = []
  private readonly open = new Map<string, Growing>()
  private readonly onPart: (part: StreamPart) => void
  private readonly inputTokensGuess: number
  private begun: Partial<Usage> = {}
  private characters = 0

  constructor(inputTokensGuess: number, onPart: (part: StreamPart) => void) {
    this.inputTokensGuess = inputTokensGuess
    this.onPart = onPart
  }

  /** @throws whatever the stream throws when its connection breaks */
  async read(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<StreamEnd> {
    let end: StreamEnd = { kind: 'truncated' }
    for await (const part of stream) {
      if (end.kind === 'error') continue // drained, so that the connection closes
      if (part.type === 'error') end = { kind: 'error', error: part.error }
      else if (part.type === 'finish') end = this.finish(part.finishReason, part.usage)
      else this.take(part)
    }
    return end
  }

  /** For a stream that broke: what the vendor said at its beginning, and characters for the rest. */
  usageSoFar(): Usage {
    return {
      inputTokens: this.begun.inputTokens ?? this.inputTokensGuess,
      cachedTokens: this.begun.cachedTokens ?? 0,
      cacheWriteTokens: this.begun.cacheWriteTokens ?? 0,
      outputTokens: Math.ceil(this.characters / 4),
      isEstimated: true,
    }
  }

  private take(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.begin(part.id, part.type === 'text-start' ? 'text' : 'reasoning', part.providerMetadata)
        break
      case 'text-delta':
      case 'reasoning-delta': {
        const kind = part.type === 'text-delta' ? 'text' : 'reasoning'
        const growing = this.open.get(kind + part.id) ?? this.begin(part.id, kind, undefined)
        growing.text += part.delta
        this.characters += part.delta.length
        keepOpaque(growing, part.providerMetadata)
        if (part.delta) this.onPart({ kind, delta: part.delta })
        break
      }
      case 'text-end':
      case 'reasoning-end': {
        const key = (part.type === 'text-end' ? 'text' : 'reasoning') + part.id
        const growing = this.open.get(key)
        if (growing) keepOpaque(growing, part.providerMetadata)
        this.open.delete(key)
        break
      }
      case 'tool-input-start':
        this.onPart({ kind: 'call', name: part.toolName })
        break
      case 'tool-input-delta':
        this.characters += part.delta.length
        break
      case 'tool-call': {
        const call = { id: part.toolCallId, name: part.toolName, input: parseInput(part.input), inputText: part.input }
        this.parts.push({ kind: 'call', call, ...(part.providerMetadata && { opaque: part.providerMetadata }) })
        break
      }
      case 'raw':
        this.begun = { ...this.begun, ...usageAtStart(part.rawValue) }
        break
      default: // citations, files and sources are nothing we ask for
    }
  }

  private begin(id: string, kind: 'text' | 'reasoning', metadata: Opaque | undefined): Growing {
    const growing: Growing = { kind, text: '', ...(metadata && { opaque: metadata }) }
    this.open.set(kind + id, growing)
    this.parts.push(growing)
    return growing
  }

  private finish(reason: LanguageModelV4FinishReason, usage: LanguageModelV4Usage): StreamEnd {
    const parts = this.parts.filter((part) => part.kind === 'call' || part.text !== '' || part.opaque !== undefined)
    const calls = parts.flatMap((part) => (part.kind === 'call' ? [part.call] : []))
    const stop = stopOf(reason.unified, calls.length > 0)
    if (stop === null) return { kind: 'truncated' }
    const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('')
    return { kind: 'reply', reply: { parts, text, calls, stop, usage: this.counted(usage) } }
  }

  /** Some servers say nothing of tokens, or only of some: what they leave out is guessed, and said to be. */
  private counted(usage: LanguageModelV4Usage): Usage {
    const { total, cacheRead, cacheWrite } = usage.inputTokens
    const guess = this.usageSoFar()
    return {
      inputTokens: total ?? guess.inputTokens,
      cachedTokens: cacheRead ?? 0,
      cacheWriteTokens: cacheWrite ?? 0,
      outputTokens: usage.outputTokens.total ?? guess.outputTokens,
      isEstimated: total === undefined || usage.outputTokens.total === undefined,
    }
  }
}

function keepOpaque(growing: Growing, metadata: Opaque | undefined): void {
  if (metadata) growing.opaque = { ...growing.opaque, ...metadata }
}

/** null: the stream ended without the vendor's word for an end. */
function stopOf(reason: LanguageModelV4FinishReason['unified'], hasCalls: boolean): Reply['stop'] | null {
  switch (reason) {
    case 'interrupted':
    case 'error':
      return null
    case 'length':
      return 'length'
    case 'content-filter':
      return 'refused'
    case 'tool-calls':
    case 'stop':
    case 'other':
      return hasCalls ? 'calls' : 'end'
  }
}

function parseInput(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the model wrote no JSON: it is told so with the tool's result
  }
}

/** Anthropic says with its first event what the input costs: known also for calls that break later. */
function usageAtStart(raw: unknown): Partial<Usage> {
  const event = raw as { type?: unknown; message?: { usage?: Record<string, unknown> } } | null
  const usage = event?.type === 'message_start' ? event.message?.usage : undefined
  if (!usage) return {}
  const count = (name: string) => (typeof usage[name] === 'number' ? usage[name] : 0)
  const cachedTokens = count('cache_read_input_tokens')
  const cacheWriteTokens = count('cache_creation_input_tokens')
  return { inputTokens: count('input_tokens') + cachedTokens + cacheWriteTokens, cachedTokens, cacheWriteTokens }
}

/** What was certainly not processed costs nothing; what was sent and then lost is guessed from its characters. */
export const NO_USAGE: Usage = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0, isEstimated: false }
