/** A plan document at work: one workflow, made of agent sessions. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'

export const WORKFLOW = defineMachine({
  pending: { start: 'in_progress', fail: 'failed' },
  in_progress: { complete: 'completed', fail: 'failed' },
  completed: {},
  failed: { retry: 'pending' },
})
export const WorkflowStatus = z.enum(WORKFLOW.statuses)
export type WorkflowStatus = z.infer<typeof WorkflowStatus>

export const AGENT_SESSION = defineMachine({
  idle: { start: 'running' },
  running: { complete: 'completed', fail: 'failed' },
  completed: {},
  failed: {},
})
export const AgentSessionStatus = z.enum(AGENT_SESSION.statuses)
export type AgentSessionStatus = z.infer<typeof AgentSessionStatus>

export const AGENT_TYPES = ['planner', 'coder', 'reviewer'] as const
export const AgentType = z.enum(AGENT_TYPES)
export type AgentType = z.infer<typeof AgentType>
