/** Reads the four protocols' requests into one shape. Fake: as strict as the tests need. */
import type { FakeMessage, FakeRequest, Protocol } from './fake-script.ts'

type Json = Record<string, unknown>
type Read = Pick<FakeRequest, 'model' | 'system' | 'messages' | 'tools' | 'outputTokensMax'>

export function readRequest(protocol: Protocol, body: Json, path: string): Read {
  switch (protocol) {
    case 'anthropic':
      return readAnthropic(body)
    case 'chat':
      return readChat(body)
    case 'responses':
      return readResponses(body)
    case 'google':
      return readGoogle(body, path)
  }
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : list(value)
        .map((part) => String(part.text ?? ''))
        .join('')
const names = (tools: unknown) => list(tools).map((tool) => String(tool.name ?? (tool.function as Json | undefined)?.name))

function parse(value: unknown): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return value
  }
}

function readAnthropic(body: Json): Read {
  const messages = list(body.messages).flatMap((message): FakeMessage[] => {
    const parts = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : list(message.content)
    const results = parts.filter((part) => part.type === 'tool_result')
    const said: FakeMessage = {
      role: message.role === 'assistant' ? 'assistant' : 'user',
      text: parts
        .filter((part) => part.type === 'text')
        .map((part) => String(part.text))
        .join(''),
      calls: parts.filter((part) => part.type === 'tool_use').map((part) => ({ name: String(part.name), input: part.input })),
      images: parts.filter((part) => part.type === 'image').length,
    }
    const answered = results.map((part): FakeMessage => ({ role: 'tool', text: text(part.content), calls: [], images: 0 }))
    return said.text || said.calls.length || said.images || !answered.length ? [...answered, said] : answered
  })
  return {
    model: String(body.model),
    system: text(body.system),
    messages,
    tools: names(body.tools),
    outputTokensMax: Number(body.max_tokens),
  }
}

function readChat(body: Json): Read {
  const all = list(body.messages)
  const messages = all
    .filter((message) => message.role !== 'system')
    .map((message): FakeMessage => {
      const parts = Array.isArray(message.content) ? list(message.content) : []
      return {
        role: message.role as FakeMessage['role'],
        text: text(message.content),
        calls: list(message.tool_calls).map(({ function: call }) => ({
          name: String((call as Json).name),
          input: parse((call as Json).arguments),
        })),
        images: parts.filter((part) => part.type === 'image_url').length,
      }
    })
  const system = all
    .filter((message) => message.role === 'system')
    .map((message) => text(message.content))
    .join('\n')
  return { model: String(body.model), system, messages, tools: names(body.tools), outputTokensMax: Number(body.max_tokens) }
}

function readResponses(body: Json): Read {
  const items = list(body.input)
  const isSystem = (item: Json) => item.role === 'system' || item.role === 'developer'
  const messages = items
    .filter((item) => !isSystem(item) && item.type !== 'reasoning')
    .map((item): FakeMessage => {
      if (item.type === 'function_call')
        return { role: 'assistant', text: '', calls: [{ name: String(item.name), input: parse(item.arguments) }], images: 0 }
      if (item.type === 'function_call_output') return { role: 'tool', text: text(item.output), calls: [], images: 0 }
      const images = list(item.content).filter((part) => part.type === 'input_image').length
      return { role: item.role as FakeMessage['role'], text: text(item.content), calls: [], images }
    })
  const system = items
    .filter(isSystem)
    .map((item) => text(item.content))
    .join('\n')
  return { model: String(body.model), system, messages, tools: names(body.tools), outputTokensMax: Number(body.max_output_tokens) }
}

function readGoogle(body: Json, path: string): Read {
  const messages = list(body.contents).map((content): FakeMessage => {
    const parts = list(content.parts)
    const answers = parts.flatMap((part) => (part.functionResponse ? [JSON.stringify((part.functionResponse as Json).response)] : []))
    return {
      role: answers.length ? 'tool' : content.role === 'model' ? 'assistant' : 'user',
      text: parts.map((part) => String(part.text ?? '')).join('') + answers.join('\n'),
      calls: parts.flatMap(({ functionCall: call }) => (call ? [{ name: String((call as Json).name), input: (call as Json).args }] : [])),
      images: parts.filter((part) => part.inlineData).length,
    }
  })
  const tools = list(body.tools).flatMap((tool) => names(tool.functionDeclarations))
  const config = (body.generationConfig ?? {}) as Json
  const model = /models\/([^:]+):/.exec(path)?.[1] ?? ''
  return {
    model,
    system: text((body.systemInstruction as Json | undefined)?.parts),
    messages,
    tools,
    outputTokensMax: Number(config.maxOutputTokens),
  }
}
