/** What the built-in analyst made of one idea, kept as data: the brief, questions, spec and plans that the fake hands out. */
import { Brief, Question, Spec } from '@slipway/domain'
import { z } from 'zod'
import stored from './bike-workshop.json' with { type: 'json' }

const Sample = z.object({
  idea: z.string(),
  greeting: z.string(),
  brief: Brief,
  questions: z.array(Question),
  spec: Spec,
  plans: z.array(z.object({ name: z.string(), title: z.string(), wave: z.number(), source: z.string() })),
})

export const BIKE_WORKSHOP = Sample.parse(stored)
