/** The brief: what the business analyst understood, and what it still asks. */
import { z } from 'zod'

export const QUESTIONS_MAX = 5

/** A question with options; `answer` of the owner is an option's value, several of them, or words of their own. */
export const Question = z.object({
  /** Stable per topic, so that a topic is never asked twice. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  text: z.string().min(1).max(300),
  why: z.string().max(300).default(''),
  options: z
    .array(z.object({ value: z.string().min(1).max(80), label: z.string().min(1).max(120) }))
    .min(2)
    .max(8),
  isMultiple: z.boolean().default(false),
  /** What is taken when the owner skips it; values of `options`. */
  defaults: z.array(z.string()),
})
export type Question = z.infer<typeof Question>

/** `values` may hold values of the options and words of the owner's own; empty means the default was taken. */
export const Answer = z.object({ questionId: z.string().max(40), values: z.array(z.string().trim().min(1).max(500)).max(10) })
export type Answer = z.infer<typeof Answer>

export const Brief = z.object({
  version: z.literal(1),
  name: z.string().trim().min(1).max(60),
  purpose: z.string().trim().max(2_000),
  audience: z.array(z.string().max(120)).max(8),
  /** What people can do in it, one plain sentence each. */
  goals: z.array(z.string().max(300)).max(40),
  /** The things it keeps records of, in the owner's words. */
  things: z.array(z.string().max(80)).max(24),
  signIn: z.enum(['none', 'optional', 'required']),
  roles: z.array(z.string().max(60)).max(8),
  look: z.object({
    background: z.string().max(40).optional(),
    primary: z.string().max(40).optional(),
    mood: z.string().max(80).optional(),
  }),
  assumptions: z.array(z.string().max(300)).max(40),
  outOfScope: z.array(z.string().max(300)).max(40),
})
export type Brief = z.infer<typeof Brief>
