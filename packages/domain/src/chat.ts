/** The conversation between an owner and the business analyst. */
import { z } from 'zod'
import { Answer, Question } from './brief.ts'
import { Id, Moment } from './values.ts'

export const ChatMessage = z.object({
  id: Id,
  featureId: Id,
  role: z.enum(['user', 'assistant']),
  /** Markdown; untrusted, whoever wrote it. */
  content: z.string().max(40_000),
  questions: z.array(Question),
  answers: z.array(Answer),
  createdAt: Moment,
})
export type ChatMessage = z.infer<typeof ChatMessage>
