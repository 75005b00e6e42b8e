/** The conversation between an owner and the business analyst. */
import { z } from 'zod'
import { Answer, Question } from './brief.ts'
import { Id, Moment } from './values.ts'

/** What a message is about: the brief as a whole, or a comment on the spec or the plan and what came of it. */
export const ChatAbout = z.enum(['brief', 'spec', 'plan'])
export type ChatAbout = z.infer<typeof ChatAbout>

export const CHAT_IMAGES_MAX = 4
export const CHAT_IMAGE_BYTES_MAX = 5 * 1024 * 1024
/** In pixels; what vendors of models take. */
export const CHAT_IMAGE_SIDE_MAX = 8_000
export const CHAT_IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const

/** A picture of a message; its bytes are fetched by its id. */
export const ChatImage = z.object({
  id: Id,
  /** By its bytes, whatever it was called. */
  mediaType: z.enum(CHAT_IMAGE_TYPES),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  sizeBytes: z.number().int().positive(),
})
export type ChatImage = z.infer<typeof ChatImage>

/** A picture on its way in; what it is is read from its bytes. */
export const SentImage = z.object({
  base64: z
    .base64()
    .min(4)
    .max(Math.ceil(CHAT_IMAGE_BYTES_MAX / 3) * 4 + 4),
})
export type SentImage = z.infer<typeof SentImage>
export const SentImages = z.array(SentImage).max(CHAT_IMAGES_MAX).default([])
/** Of a request that carries them. */
export const CHAT_BODY_BYTES_MAX = 2 * 1024 * 1024 + Math.ceil((CHAT_IMAGES_MAX * CHAT_IMAGE_BYTES_MAX * 4) / 3)

export const ChatMessage = z.object({
  id: Id,
  featureId: Id,
  role: z.enum(['user', 'assistant']),
  about: ChatAbout,
  /** Markdown; untrusted, whoever wrote it. */
  content: z.string().max(40_000),
  questions: z.array(Question),
  answers: z.array(Answer),
  images: z.array(ChatImage).max(CHAT_IMAGES_MAX),
  createdAt: Moment,
})
export type ChatMessage = z.infer<typeof ChatMessage>
