/** Writes plan documents; the checks of the plan language run on them, and their findings go back to the model. */
import type { Spec } from '@slipway/domain'
import { checkPlans, makePlan, type NamedPlan, type PlanValues, printPlan } from '@slipway/plan'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

const Line = z.string().trim().min(1).max(600)
const Path = z.string().trim().min(1).max(200)

/** The values of the plan language that a model fills in; the document is printed from them. */
export const PlanDraft = z.object({
  phase: z.string().regex(/^\d{2}-[a-z0-9-]{1,60}$/),
  plan: z.string().regex(/^\d{2}$/),
  wave: z.number().int().min(1).max(20),
  dependsOn: z.array(z.string().regex(/^\d{2}-\d{2}$/)),
  filesModified: z.array(Path).min(1).max(30),
  requirements: z.array(z.string()).min(1),
  objective: z.string().trim().min(1).max(2_000),
  context: z.array(Line).max(20),
  mustHaves: z.object({
    truths: z.array(Line).min(1).max(12),
    artifacts: z.array(z.object({ path: Path, provides: Line, contains: z.array(Line).max(5) })).max(20),
    keyLinks: z.array(z.object({ from: Path, to: Path, via: Line, pattern: Line })).max(20),
  }),
  tasks: z
    .array(
      z.object({
        name: Line,
        files: z.array(Path).min(1).max(12),
        action: z.string().trim().min(1).max(4_000),
        verify: z.object({ automated: Line }),
        acceptanceCriteria: z.array(Line).min(1).max(10),
        done: Line,
      }),
    )
    .min(1)
    .max(4),
  verification: z.array(Line).min(1).max(10),
  successCriteria: z.array(Line).min(1).max(10),
})
export type PlanDraft = z.infer<typeof PlanDraft>

export const PlanDrafts = z.object({ plans: z.array(PlanDraft).min(1).max(20) })
export type PlanDrafts = z.infer<typeof PlanDrafts>

export interface PlanInput {
  readonly spec: Spec
  /** Stories as text, when there is a backlog. */
  readonly backlog?: string
  /** Paths of the compiled app. */
  readonly tree: readonly string[]
  /** Plan documents to be revised, by name, and what the owner wants changed. */
  readonly previous?: readonly { readonly name: string; readonly source: string }[]
  readonly comment?: string
}

export const writePlan: Agent<PlanInput, PlanDrafts> = {
  name: 'write-plan',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ spec, backlog, tree, previous, comment }) => ({
    text: [
      fencedJson('requirements', spec.requirements),
      fencedJson('blueprint', withoutSamples(spec)),
      ...(backlog ? [fenced('backlog', backlog)] : []),
      fenced('paths of the app', tree.join('\n')),
      ...(previous ?? []).map(({ name, source }) => fenced(`plan ${name} so far`, source)),
      ...(comment ? [fenced('what the owner wants changed', comment)] : []),
      previous ? 'Give all plans again, revised.' : 'Write the plans.',
    ].join('\n\n'),
  }),
  output: PlanDrafts,
  check: ({ plans }, { spec, tree }) => {
    const toBuild = spec.requirements.filter(({ delivery }) => delivery === 'model').map(({ id }) => id)
    const named = namedPlans(plans)
    const names = named.map(({ name }) => name)
    const known = new Set(spec.requirements.map(({ id }) => id))
    return [
      ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `plan ${name} is there twice`),
      ...plans.flatMap(({ requirements }, index) =>
        requirements.filter((id) => !known.has(id)).map((id) => `plan ${names[index]}: ${id} is no requirement of the spec`),
      ),
      ...plans.flatMap((plan, index) =>
        unplannedFiles(plan).map((path) => `plan ${names[index]}: ${path} is written by a task and missing in filesModified`),
      ),
      ...checkPlans(named, { requirements: toBuild, tree: new Set(tree) })
        .filter(({ severity }) => severity === 'error')
        .map((finding) => `plan ${finding.plan}: ${finding.message}`),
    ]
  },
  limits: { outputTokens: 24_000 },
  effort: 'medium',
}

const unplannedFiles = (plan: PlanDraft) =>
  [...new Set(plan.tasks.flatMap(({ files }) => files))].filter((path) => !plan.filesModified.includes(path))

const withoutSamples = ({ blueprint }: Spec) => ({ ...blueprint, entities: blueprint.entities.map(({ samples: _, ...entity }) => entity) })

const valuesOfDraft = (draft: PlanDraft): PlanValues => ({
  ...draft,
  type: 'execute',
  autonomous: true,
  mustHaves: { ...draft.mustHaves, prohibitions: [] },
  tasks: draft.tasks.map((task) => ({ type: 'auto', ...task })),
  output: '',
})

/** `01-02` of phase `01-booking` and plan `02`. */
export const planName = (draft: Pick<PlanDraft, 'phase' | 'plan'>) => `${draft.phase.slice(0, 2)}-${draft.plan}`

function namedPlans(drafts: readonly PlanDraft[]): NamedPlan[] {
  return drafts.map((draft) => ({ name: planName(draft), plan: makePlan(valuesOfDraft(draft)) }))
}

/** The documents of drafts, canonical, as they are stored and shown. */
export function planDocuments(drafts: readonly PlanDraft[]): { name: string; title: string; wave: number; source: string }[] {
  return namedPlans(drafts).map(({ name, plan }, index) => {
    const draft = drafts[index] as PlanDraft
    return { name, title: draft.objective.split(/[\n.]/)[0]?.slice(0, 200) ?? name, wave: draft.wave, source: printPlan(plan) }
  })
}
