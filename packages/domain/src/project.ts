/** A project is the product being built; a feature is one change that travels from idea to built app. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'
import { Id, Moment } from './values.ts'

export const FEATURE = defineMachine({
  drafting: { 'confirm-brief': 'spec_generating' },
  spec_generating: { 'spec-written': 'spec_ready', 'spec-kept': 'spec_ready', 'spec-failed': 'drafting' },
  spec_ready: { 'approve-spec': 'plan_generating', 'revise-spec': 'spec_generating', 'reopen-brief': 'drafting' },
  plan_generating: { 'plan-written': 'plan_ready', 'plan-kept': 'plan_ready', 'plan-failed': 'spec_ready' },
  plan_ready: { 'approve-plan': 'plan_approved', 'revise-plan': 'plan_generating', 'reopen-spec': 'spec_ready' },
  plan_approved: { build: 'building', 'reopen-spec': 'spec_ready' },
  building: { 'build-ready': 'built', 'build-failed': 'build_failed', 'build-cancelled': 'plan_approved' },
  built: { build: 'building', 'reopen-spec': 'spec_ready' },
  build_failed: { build: 'building', 'reopen-spec': 'spec_ready' },
})
export const FeatureStatus = z.enum(FEATURE.statuses)
export type FeatureStatus = z.infer<typeof FeatureStatus>
export type FeatureEvent = (typeof FEATURE.events)[number]

const AT_WORK: readonly FeatureStatus[] = ['spec_generating', 'plan_generating', 'building']

/** Something is made by itself; the owner's next word comes when it has ended. */
export const isAtWork = (status: FeatureStatus): boolean => AT_WORK.includes(status)

/** The six stages a person sees, in order, and the statuses in which each is the one at work. */
export const STAGES = {
  brief: ['drafting'],
  spec: ['spec_generating', 'spec_ready'],
  plan: ['plan_generating', 'plan_ready'],
  build: ['plan_approved', 'building', 'build_failed'],
  preview: ['built'],
} as const satisfies Record<string, readonly FeatureStatus[]>
export type Stage = keyof typeof STAGES

/** The stage a feature with `status` stands in. */
export function stageOf(status: FeatureStatus): Stage {
  for (const [stage, statuses] of Object.entries(STAGES)) {
    if ((statuses as readonly FeatureStatus[]).includes(status)) return stage as Stage
  }
  throw new Error(`The status "${status}" belongs to no stage.`)
}

export const TITLE_LENGTH_MAX = 200
export const Title = z.string().trim().min(1, 'a title needs at least one character').max(TITLE_LENGTH_MAX)
export const IDEA_LENGTH_MAX = 20_000
export const Idea = z.string().trim().min(3, 'tell the idea in at least three characters').max(IDEA_LENGTH_MAX)

export const Project = z.object({
  id: Id,
  name: Title,
  createdAt: Moment,
  updatedAt: Moment,
})
export type Project = z.infer<typeof Project>

export const Feature = z.object({
  id: Id,
  projectId: Id,
  title: Title,
  idea: Idea,
  status: FeatureStatus,
  createdAt: Moment,
  updatedAt: Moment,
})
export type Feature = z.infer<typeof Feature>
