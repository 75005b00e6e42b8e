/** The shape of a recorded exchange, for recordings that come from elsewhere. */
import { z } from 'zod'
import type { Message, Reply, ReplyPart } from './model.ts'
import type { RecordedExchange } from './record.ts'

const count = z.number().nonnegative()
const opaque = z.exactOptional(z.record(z.string(), z.unknown()))
const Call = z.object({ id: z.string(), name: z.string(), input: z.unknown(), inputText: z.string() })

const Part: z.ZodType<ReplyPart> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), opaque }),
  z.object({ kind: z.literal('reasoning'), text: z.string(), opaque }),
  z.object({ kind: z.literal('call'), call: Call, opaque }),
])

const Picture = z.object({ mediaType: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']), base64: z.string() })
const Told: z.ZodType<Message> = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), text: z.string(), images: z.exactOptional(z.array(Picture)) }),
  z.object({ role: z.literal('assistant'), parts: z.array(Part) }),
  z.object({
    role: z.literal('tool'),
    results: z.array(z.object({ callId: z.string(), name: z.string(), text: z.string(), isError: z.boolean() })),
  }),
])

const Said: z.ZodType<Reply> = z.object({
  parts: z.array(Part),
  text: z.string(),
  calls: z.array(Call),
  stop: z.enum(['end', 'calls', 'length', 'refused']),
  usage: z.object({
    inputTokens: count,
    cachedTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    isEstimated: z.boolean(),
  }),
  chargeId: z.exactOptional(z.string()),
})

/** Reads what `recorded` wrote. */
export const RecordedExchangeLine: z.ZodType<RecordedExchange> = z.object({
  version: z.literal(1),
  key: z.string().min(1),
  agent: z.string().min(1),
  provider: z.string(),
  model: z.string(),
  requestHash: z.string(),
  askHash: z.string(),
  asked: z.exactOptional(z.object({ promptHash: z.string(), promptTokens: count, inputTokens: count })),
  request: z.object({ system: z.string(), messages: z.array(Told), tools: z.array(z.string()) }),
  reply: Said,
})
