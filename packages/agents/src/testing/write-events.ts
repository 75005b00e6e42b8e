/** Writes a reply as the events of each protocol's stream. Fake: the events that today's clients read, no others. */
import type { FakeCall, FakeReply, Protocol } from './fake-script.ts'

export interface Tokens {
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly cacheWriteTokens: number
  readonly outputTokens: number
}

/** Events in order, each whole. `jsonTool`: the name of the tool that the client forces for structured output. */
export function writeEvents(protocol: Protocol, reply: FakeReply, tokens: Tokens, model: string, jsonTool: string | null): string[] {
  switch (protocol) {
    case 'anthropic':
      return anthropicEvents(reply, tokens, model, jsonTool)
    case 'chat':
      return chatEvents(reply, tokens, model)
    case 'responses':
      return responsesEvents(reply, tokens, model)
    case 'google':
      return googleEvents(reply, tokens)
  }
}

export function errorEvent(protocol: Protocol, message: string): string {
  switch (protocol) {
    case 'anthropic':
      return named({ type: 'error', error: { type: 'overloaded_error', message } })
    case 'chat':
    case 'google':
      return data({ error: { message, type: 'server_error', code: 503, status: 'UNAVAILABLE' } })
    case 'responses':
      return named({ type: 'error', sequence_number: 9, error: { type: 'server_error', code: 'server_error', message, param: null } })
  }
}

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const named = (value: { type: string } & Record<string, unknown>) => `event: ${value.type}\n${data(value)}`
const inputOf = (call: FakeCall) => (typeof call.input === 'string' ? call.input : JSON.stringify(call.input))

function pieces(text: string, reply: FakeReply): string[] {
  const size = reply.chunkCharacters ?? 40
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size))
}

function anthropicEvents(reply: FakeReply, tokens: Tokens, model: string, jsonTool: string | null): string[] {
  const usage = {
    input_tokens: tokens.inputTokens - tokens.cachedTokens - tokens.cacheWriteTokens,
    cache_read_input_tokens: tokens.cachedTokens,
    cache_creation_input_tokens: tokens.cacheWriteTokens,
    output_tokens: 1,
  }
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage }
  const calls: readonly FakeCall[] = jsonTool && reply.text ? [{ name: jsonTool, input: reply.text }] : (reply.calls ?? [])
  const blocks = [...(reply.text && !jsonTool ? [reply.text] : []), ...calls]
  const events = blocks.flatMap((block, index) => {
    const isText = typeof block === 'string'
    const content_block = isText ? { type: 'text', text: '' } : { type: 'tool_use', id: `toolu_${index}`, name: block.name, input: {} }
    const deltas = pieces(isText ? block : inputOf(block), reply).map((piece) => ({
      type: 'content_block_delta',
      index,
      delta: isText ? { type: 'text_delta', text: piece } : { type: 'input_json_delta', partial_json: piece },
    }))
    return [{ type: 'content_block_start', index, content_block }, ...deltas, { type: 'content_block_stop', index }].map(named)
  })
  const stop_reason = reply.stop === 'length' ? 'max_tokens' : reply.stop === 'refused' ? 'refusal' : calls.length ? 'tool_use' : 'end_turn'
  return [
    named({ type: 'message_start', message }),
    named({ type: 'ping' }),
    ...events,
    named({ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: tokens.outputTokens } }),
    named({ type: 'message_stop' }),
  ]
}

function chatEvents(reply: FakeReply, tokens: Tokens, model: string): string[] {
  const chunk = (choices: unknown[], rest: Record<string, unknown> = {}) =>
    data({ id: 'chat_1', object: 'chat.completion.chunk', created: 1, model, choices, ...rest })
  const delta = (value: Record<string, unknown>) => chunk([{ index: 0, delta: value, finish_reason: null }])
  const calls = (reply.calls ?? []).flatMap((call, index) => [
    delta({ tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name: call.name, arguments: '' } }] }),
    ...pieces(inputOf(call), reply).map((piece) => delta({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ])
  const finish_reason =
    reply.stop === 'length' ? 'length' : reply.stop === 'refused' ? 'content_filter' : reply.calls?.length ? 'tool_calls' : 'stop'
  const usage = {
    prompt_tokens: tokens.inputTokens,
    completion_tokens: tokens.outputTokens,
    total_tokens: tokens.inputTokens + tokens.outputTokens,
    prompt_tokens_details: { cached_tokens: tokens.cachedTokens },
  }
  return [
    delta({ role: 'assistant', content: '' }),
    ...pieces(reply.text ?? '', reply).map((content) => delta({ content })),
    ...calls,
    chunk([{ index: 0, delta: {}, finish_reason }]),
    chunk([], { usage }),
    'data: [DONE]\n\n',
  ]
}

function responsesEvents(reply: FakeReply, tokens: Tokens, model: string): string[] {
  const response = { id: 'resp_1', object: 'response', created_at: 1, model }
  const said = reply.text
    ? [
        { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'msg_0', role: 'assistant', content: [] } },
        ...pieces(reply.text, reply).map((delta) => ({ type: 'response.output_text.delta', item_id: 'msg_0', output_index: 0, delta })),
        { type: 'response.output_item.done', output_index: 0, item: { type: 'message', id: 'msg_0', role: 'assistant', content: [] } },
      ]
    : []
  const calls = (reply.calls ?? []).flatMap((call, index) => {
    const output_index = index + 1
    const item = { type: 'function_call', id: `fc_${index}`, call_id: `call_${index}`, name: call.name }
    return [
      { type: 'response.output_item.added', output_index, item: { ...item, arguments: '', status: 'in_progress' } },
      ...pieces(inputOf(call), reply).map((delta) => ({
        type: 'response.function_call_arguments.delta',
        item_id: item.id,
        output_index,
        delta,
      })),
      { type: 'response.output_item.done', output_index, item: { ...item, arguments: inputOf(call), status: 'completed' } },
    ]
  })
  const usage = {
    input_tokens: tokens.inputTokens,
    input_tokens_details: { cached_tokens: tokens.cachedTokens },
    output_tokens: tokens.outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: tokens.inputTokens + tokens.outputTokens,
  }
  const reason = reply.stop === 'length' ? 'max_output_tokens' : reply.stop === 'refused' ? 'content_filter' : null
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
    ...said,
    ...calls,
    {
      type: reason ? 'response.incomplete' : 'response.completed',
      response: { ...response, status: reason ? 'incomplete' : 'completed', incomplete_details: reason ? { reason } : null, usage },
    },
  ].map(named)
}

function googleEvents(reply: FakeReply, tokens: Tokens): string[] {
  const usageMetadata = {
    promptTokenCount: tokens.inputTokens,
    cachedContentTokenCount: tokens.cachedTokens,
    candidatesTokenCount: tokens.outputTokens,
    totalTokenCount: tokens.inputTokens + tokens.outputTokens,
  }
  const chunk = (parts: unknown[], rest: Record<string, unknown> = {}) =>
    data({ candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }], usageMetadata })
  const finishReason = reply.stop === 'length' ? 'MAX_TOKENS' : reply.stop === 'refused' ? 'SAFETY' : 'STOP'
  const args = (call: FakeCall) => (typeof call.input === 'string' ? { text: call.input } : call.input)
  return [
    ...pieces(reply.text ?? '', reply).map((text) => chunk([{ text }])),
    ...(reply.calls ?? []).map((call) => chunk([{ functionCall: { name: call.name, args: args(call) } }])),
    chunk([{ text: '' }], { finishReason }),
  ]
}
