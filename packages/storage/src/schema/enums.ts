/** Database enums, each read off the table in `@slipway/domain` that defines it. */
import {
  AGENT_SESSION,
  AGENT_TYPES,
  ATTEMPT_RESULTS,
  CHARGE_OUTCOMES,
  ChatMessage,
  Evidence,
  FEATURE,
  JOB,
  MODEL_ROLES,
  PROTOTYPE_SESSION,
  Requirement,
  RUN_ITEM,
  RUN_STAGES,
  WORKFLOW,
} from '@slipway/domain'
import { pgEnum } from 'drizzle-orm/pg-core'

const labels = <L extends string>(options: readonly L[]) => options as readonly [L, ...L[]]

export const featureStatus = pgEnum('feature_status', FEATURE.statuses)
export const jobStatus = pgEnum('job_status', JOB.statuses)
export const messageRole = pgEnum('message_role', labels(ChatMessage.shape.role.options))
export const evidenceKind = pgEnum('evidence_kind', labels(Evidence.shape.kind.options))
export const evidenceVerdict = pgEnum('evidence_verdict', labels(Evidence.shape.verdict.options))
export const requirementPriority = pgEnum('requirement_priority', labels(Requirement.shape.priority.unwrap().options))
export const requirementDelivery = pgEnum('requirement_delivery', labels(Requirement.shape.delivery.unwrap().options))
export const runStage = pgEnum('run_stage', RUN_STAGES)
export const runItemStatus = pgEnum('run_item_status', RUN_ITEM.statuses)
export const workflowStatus = pgEnum('workflow_status', WORKFLOW.statuses)
export const agentSessionStatus = pgEnum('agent_session_status', AGENT_SESSION.statuses)
export const agentType = pgEnum('agent_type', AGENT_TYPES)
export const prototypeSessionStatus = pgEnum('prototype_session_status', PROTOTYPE_SESSION.statuses)

/** What became of the money: it helped, it was spent on a second try, or on nothing. */
export const ledgerOutcome = pgEnum('ledger_outcome', CHARGE_OUTCOMES)
export const attemptResult = pgEnum('attempt_result', ATTEMPT_RESULTS)
export const modelRole = pgEnum('model_role', MODEL_ROLES)
