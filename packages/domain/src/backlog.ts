/** The backlog: cards become epics, stories and subtasks, one run at a time. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'

export const RUN_STAGES = ['ANALYZE_CARDS', 'GENERATE_EPICS', 'GENERATE_STORIES', 'GENERATE_SUBTASKS'] as const
export const RunStage = z.enum(RUN_STAGES)
export type RunStage = z.infer<typeof RunStage>

/** One epic or story inside a run. */
export const RUN_ITEM = defineMachine({
  PENDING: { generate: 'GENERATING', skip: 'SKIPPED' },
  GENERATING: { save: 'SAVING', fail: 'FAILED' },
  SAVING: { complete: 'COMPLETED', fail: 'FAILED' },
  COMPLETED: { reset: 'PENDING' },
  FAILED: { reset: 'PENDING', skip: 'SKIPPED' },
  SKIPPED: { reset: 'PENDING' },
})
export const RunItemStatus = z.enum(RUN_ITEM.statuses)
export type RunItemStatus = z.infer<typeof RunItemStatus>

export const EFFORTS = ['XS', 'S', 'M', 'L', 'XL'] as const
export const Effort = z.enum(EFFORTS)
export type Effort = z.infer<typeof Effort>
