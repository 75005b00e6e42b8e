/** Our request in the words of the AI SDK's provider layer. */
import type { LanguageModelV4CallOptions, LanguageModelV4Message, SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { JsonSchema, Message, ModelRequest, Opaque, ReplyPart } from '../model.ts'
import type { Dialect } from './providers.ts'

/** Anthropic takes four marks and looks back 20 blocks: one mark on the system text, three along the conversation. */
const CACHE_MARKS = 3
const CACHE_STRIDE = 15

export function callOptions(request: ModelRequest, dialect: Dialect): LanguageModelV4CallOptions {
  const marked = request.cache === 'conversation' ? cacheMarks(request.messages) : new Set<number>()
  const isInText = request.output !== undefined && !dialect.hasJsonSchema
  const system = isInText ? `${request.system}\n\n${schemaInWords(request.output.schema)}` : request.system
  return {
    prompt: [
      { role: 'system', content: system, ...(request.cache && { providerOptions: CACHE_MARK }) },
      ...request.messages.map((message, index) => ({
        ...toPrompt(message),
        ...(marked.has(index) && { providerOptions: CACHE_MARK }),
      })),
    ],
    maxOutputTokens: request.outputTokensMax,
    abortSignal: request.signal,
    includeRawChunks: true,
    ...(request.tools?.length && {
      tools: request.tools.map((tool) => ({
        type: 'function' as const,
        name: tool.name,
        description: tool.description,
        inputSchema: tool.input,
        strict: false,
      })),
      toolChoice: { type: 'auto' as const },
    }),
    ...(request.output &&
      !isInText && { responseFormat: { type: 'json' as const, name: request.output.name, schema: request.output.schema } }),
    ...(request.effort && dialect.takesEffort && { reasoning: request.effort }),
    ...(dialect.options && { providerOptions: dialect.options(request) as SharedV4ProviderOptions }),
  }
}

/** For five minutes, renewed by every use: one that lasts longer has another price, and a loop does not pause that long. */
const CACHE_MARK: SharedV4ProviderOptions = { anthropic: { cacheControl: { type: 'ephemeral', ttl: '5m' } } }

/** The last message and those about 15 blocks apart before it, so that a turn of many parallel calls still finds its prefix. */
function cacheMarks(messages: readonly Message[]): Set<number> {
  const marks = new Set<number>()
  let blocks = CACHE_STRIDE
  for (let index = messages.length - 1; index >= 0 && marks.size < CACHE_MARKS; index--) {
    if (blocks >= CACHE_STRIDE) {
      marks.add(index)
      blocks = 0
    }
    blocks += blocksOf(messages[index] as Message)
  }
  return marks
}

const blocksOf = (message: Message) =>
  message.role === 'user' ? 1 + (message.images?.length ?? 0) : message.role === 'assistant' ? message.parts.length : message.results.length

const schemaInWords = (schema: JsonSchema) =>
  `Answer with one JSON value and nothing else: no prose, no code fence. It must match this JSON Schema:\n${JSON.stringify(schema)}`

function toPrompt(message: Message): LanguageModelV4Message {
  switch (message.role) {
    case 'user':
      return {
        role: 'user',
        content: [
          { type: 'text', text: message.text },
          ...(message.images ?? []).map((image) => ({
            type: 'file' as const,
            mediaType: image.mediaType,
            data: { type: 'data' as const, data: image.base64 },
          })),
        ],
      }
    case 'assistant':
      return { role: 'assistant', content: message.parts.map(toContent) }
    case 'tool':
      return {
        role: 'tool',
        content: message.results.map((result) => ({
          type: 'tool-result' as const,
          toolCallId: result.callId,
          toolName: result.name,
          output: { type: result.isError ? ('error-text' as const) : ('text' as const), value: result.text },
        })),
      }
  }
}

function toContent(part: ReplyPart) {
  const options = part.opaque ? { providerOptions: part.opaque as SharedV4ProviderOptions } : {}
  if (part.kind !== 'call') return { type: part.kind, text: part.text, ...options }
  const input = isObject(part.call.input) ? part.call.input : {}
  return { type: 'tool-call' as const, toolCallId: part.call.id, toolName: part.call.name, input, ...options }
}

const isObject = (value: unknown): value is Opaque => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether every object says exactly what it holds: what OpenAI's strict mode asks for. */
export function isStrictSchema(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrictSchema)
  if (!isObject(schema)) return true
  if (isObject(schema.properties)) {
    const required = Array.isArray(schema.required) ? schema.required : []
    if (schema.additionalProperties !== false || Object.keys(schema.properties).some((name) => !required.includes(name))) return false
  } else if (schema.type === 'object') return false
  return Object.values(schema).every(isStrictSchema)
}
