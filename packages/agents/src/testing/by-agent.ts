/** A script that answers each agent by its own part: who asks is told by the system text. */
import { analyzeCards } from '../agents/analyze-cards.ts'
import { businessAnalyst } from '../agents/business-analyst.ts'
import { coderSystem } from '../agents/coder.ts'
import { nameApp } from '../agents/name-app.ts'
import { planner } from '../agents/planner.ts'
import { refineNames } from '../agents/refine-names.ts'
import { reviewer } from '../agents/reviewer.ts'
import { security } from '../agents/security.ts'
import { tester } from '../agents/tester.ts'
import { writeEpics } from '../agents/write-epics.ts'
import { writePlan } from '../agents/write-plan.ts'
import { writeSpec } from '../agents/write-spec.ts'
import { writeStories } from '../agents/write-stories.ts'
import { writeSubtasks } from '../agents/write-subtasks.ts'
import type { FakeReply, FakeRequest, FakeScript } from './fake-script.ts'

const AGENTS = {
  'business-analyst': businessAnalyst.system,
  'write-spec': writeSpec.system,
  'name-app': nameApp.system,
  'refine-names': refineNames.system,
  'write-plan': writePlan.system,
  'analyze-cards': analyzeCards.system,
  'write-epics': writeEpics.system,
  'write-stories': writeStories.system,
  'write-subtasks': writeSubtasks.system,
  planner: planner.system,
  coder: coderSystem,
  reviewer: reviewer.system,
  tester: tester.system,
  security: security.system,
} as const
export type FakeAgent = keyof typeof AGENTS

/** A value that is no reply is sent as JSON text. `nth` counts the requests of that agent, from 0. */
export type AgentPart = (
  request: FakeRequest,
  nth: number,
) => FakeReply | { readonly json: unknown } | Promise<FakeReply | { readonly json: unknown }>

/** What an agent without a part asks is a fault of the test, and answered 500. */
export function byAgent(parts: Partial<Record<FakeAgent, AgentPart>>): FakeScript {
  const counts = new Map<FakeAgent, number>()
  return async (request) => {
    const agent = agentOf(request)
    if (!agent) throw new Error(`no agent of ours begins so: ${request.system.slice(0, 80)}`)
    const part = parts[agent]
    if (!part) throw new Error(`the script has no part for ${agent}`)
    const nth = counts.get(agent) ?? 0
    counts.set(agent, nth + 1)
    const reply = await part(request, nth)
    return 'json' in reply ? { text: JSON.stringify(reply.json) } : reply
  }
}

export function agentOf({ system }: Pick<FakeRequest, 'system'>): FakeAgent | null {
  const found = Object.entries(AGENTS).find(([, text]) => system.startsWith(text()))
  return (found?.[0] as FakeAgent | undefined) ?? null
}
