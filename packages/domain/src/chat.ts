/** The conversation between an owner and the business analyst. */
import { z } from 'zod'
import { Answer, Question } from './brief.ts'
import { Id, Moment } from './values.ts'

/** What a message is about: the brief as a whole, or a comment on the spec or the plan and what came of it. */
export const ChatAbout = z.enum(['brief', 'spec', 'plan'])
export type ChatAbout = z.infer<typeof ChatAbout>

export const ChatMessage = z.object({
  id: Id,
  featureId: Id,
  role: z.enum(['user', 'assistant']),
  about: ChatAbout,
  /** Markdown; untrusted, whoever wrote it. */
  content: z.string().max(40_000),
  questions: z.array(Question),
  answers: z.array(Answer),
  createdAt: Moment,
})
export type ChatMessage = z.infer<typeof ChatMessage>
