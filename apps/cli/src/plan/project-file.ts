/** A planning folder as one JSON file: project, requirements and phases as data, plans and all other files as their text. */

import { failure } from '@slipway/domain'
import { type PlanningFolder, parsePlan, printPlan } from '@slipway/plan'
import * as z from 'zod'

const ProjectFile = z.object({
  version: z.literal(1),
  project: z.object({ name: z.string(), summary: z.string(), coreValue: z.string() }),
  requirements: z.array(
    z.object({ id: z.string(), text: z.string(), isDone: z.boolean(), category: z.string(), scope: z.enum(['now', 'later']) }),
  ),
  phases: z.array(
    z.object({
      number: z.string(),
      name: z.string(),
      goal: z.string(),
      dependsOn: z.array(z.string()),
      requirements: z.array(z.string()),
      successCriteria: z.array(z.string()),
      isDone: z.boolean(),
    }),
  ),
  plans: z.array(z.object({ name: z.string(), path: z.string(), isDone: z.boolean(), source: z.string() })),
  files: z.record(z.string(), z.string()),
})

export function toProjectFile(folder: PlanningFolder): z.infer<typeof ProjectFile> {
  const ofPlans = new Set(folder.plans.map((plan) => plan.path))
  return {
    version: 1,
    project: { ...folder.project },
    requirements: folder.requirements.map((requirement) => ({ ...requirement })),
    phases: folder.phases.map((phase) => ({
      ...phase,
      dependsOn: [...phase.dependsOn],
      requirements: [...phase.requirements],
      successCriteria: [...phase.successCriteria],
    })),
    plans: folder.plans.map(({ name, path, isDone, plan }) => ({ name, path, isDone, source: printPlan(plan) })),
    files: Object.fromEntries([...folder.files].filter(([path]) => !ofPlans.has(path))),
  }
}

/** @throws INPUT_INVALID when the text is no such file; the places of all faults are named */
export function fromProjectFile(name: string, text: string): PlanningFolder {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw failure('INPUT_INVALID', { what: name, faults: [(error as Error).message] }, error)
  }
  const read = ProjectFile.safeParse(data)
  if (!read.success)
    throw failure('INPUT_INVALID', { what: name, faults: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) })
  const { project, requirements, phases, plans, files } = read.data
  return {
    project,
    requirements,
    phases,
    plans: plans.map(({ source, ...rest }) => ({ ...rest, plan: parsePlan(source).plan })),
    files: new Map(Object.entries(files)),
  }
}
