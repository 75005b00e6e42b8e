/** What the next stage will probably cost with the models that an owner has chosen, from their own past where there is one. */
import type { Charge, Estimate, ModelRole, ModelSettings } from '@slipway/domain'
import { analyzeCards } from './agents/analyze-cards.ts'
import { businessAnalyst } from './agents/business-analyst.ts'
import { nameApp } from './agents/name-app.ts'
import { planner } from './agents/planner.ts'
import { refineNames } from './agents/refine-names.ts'
import { reviewer } from './agents/reviewer.ts'
import { security } from './agents/security.ts'
import { tester } from './agents/tester.ts'
import { writeEpics } from './agents/write-epics.ts'
import { writePlan } from './agents/write-plan.ts'
import { writeSpec } from './agents/write-spec.ts'
import { writeStories } from './agents/write-stories.ts'
import { writeSubtasks } from './agents/write-subtasks.ts'
import { choiceOf, pricesOf } from './choose-model.ts'
import { estimateOf, fromHistory, plannedCalls, type StageSize } from './estimate.ts'
import type { PriceTable } from './prices.ts'

const AGENTS = [
  analyzeCards,
  businessAnalyst,
  nameApp,
  planner,
  refineNames,
  reviewer,
  security,
  tester,
  writeEpics,
  writePlan,
  writeSpec,
  writeStories,
  writeSubtasks,
]
/** The coder is a loop and no agent of one answer. */
const ROLE_OF: Readonly<Record<string, ModelRole>> = {
  coder: 'coder',
  ...Object.fromEntries(AGENTS.map(({ name, role }) => [name, role])),
}

export interface EstimateSource {
  readonly settings: ModelSettings
  readonly known: PriceTable
  /** The newest settled charges of these agents. */
  readonly history: (agents: readonly string[]) => Promise<readonly Charge[]>
}

export async function estimateStage(size: StageSize, { settings, known, history }: EstimateSource): Promise<Estimate> {
  const planned = plannedCalls(size)
  const priceOf = pricesOf(settings, known)
  const past = await history(planned.map(({ agent }) => agent))
  return estimateOf(fromHistory(planned, past), (agent) => {
    const role = ROLE_OF[agent]
    const choice = role && choiceOf(settings, role)
    return choice ? priceOf(choice.provider, choice.model) : null
  })
}
