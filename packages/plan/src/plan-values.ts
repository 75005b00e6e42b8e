/** A plan as plain typed values: what a maker of plans fills in, and what a reader of plans wants to know. */

import { unescapeTags } from './escape-tags.ts'
import { checklist } from './list-text.ts'
import type { MustHaves, Plan, Task } from './plan.ts'
import { sectionText } from './plan.ts'

export interface ArtifactValues {
  readonly path: string
  readonly provides?: string
  readonly contains?: readonly string[]
  readonly exports?: readonly string[]
  readonly minLines?: number
}

export interface KeyLinkValues {
  readonly from: string
  readonly to: string
  readonly via?: string
  readonly pattern?: string
}

export interface MustHaveValues {
  readonly truths: readonly string[]
  readonly artifacts: readonly ArtifactValues[]
  readonly keyLinks: readonly KeyLinkValues[]
  readonly prohibitions: readonly string[]
}

export interface TaskValues {
  /** `auto`, `checkpoint:human-verify`, `checkpoint:decision`, `checkpoint:human-action` */
  readonly type: string
  readonly name: string
  readonly files: readonly string[]
  readonly action: string
  readonly verify: { readonly automated?: string; readonly prose?: string }
  readonly acceptanceCriteria: readonly string[]
  readonly done: string
  readonly behavior?: string
  /** Other elements by name: those of checkpoints, `read_first`, `instructions`, … */
  readonly others?: Readonly<Record<string, string>>
}

export interface PlanValues {
  /** `NN-slug` */
  readonly phase: string
  /** `NN` */
  readonly plan: string
  readonly type: string
  readonly wave: number
  readonly dependsOn: readonly string[]
  readonly filesModified: readonly string[]
  readonly autonomous: boolean
  readonly requirements: readonly string[]
  readonly mustHaves: MustHaveValues
  readonly objective: string
  /** One line each: `@path` references or remarks. */
  readonly context: readonly string[]
  readonly tasks: readonly TaskValues[]
  readonly verification: readonly string[]
  readonly successCriteria: readonly string[]
  readonly output: string
}

/** What the document says, with the defaults of the format where it says nothing. */
export function valuesOf(plan: Plan): PlanValues {
  const front = plan.frontMatter
  const section = (name: string) => unescapeTags(sectionText(plan, name))
  return {
    phase: front.phase,
    plan: front.plan,
    type: front.type || 'execute',
    wave: front.wave ?? 1,
    dependsOn: front.dependsOn,
    filesModified: front.filesModified,
    autonomous: front.autonomous ?? !plan.tasks.some((task) => task.type.startsWith('checkpoint')),
    requirements: front.requirements,
    mustHaves: mustHaveValues(front.mustHaves),
    objective: section('objective'),
    context: section('context')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
    tasks: plan.tasks.map(taskValues),
    verification: checklist(section('verification')),
    successCriteria: checklist(section('success_criteria')),
    output: section('output'),
  }
}

function mustHaveValues(mustHaves: MustHaves | null): MustHaveValues {
  if (!mustHaves) return { truths: [], artifacts: [], keyLinks: [], prohibitions: [] }
  return {
    truths: mustHaves.truths.map((truth) => truth.text),
    artifacts: mustHaves.artifacts.map(({ path, provides, contains, exports, minLines }) => ({
      path,
      ...(provides && { provides }),
      ...(contains.length && { contains }),
      ...(exports.length && { exports }),
      ...(minLines !== null && { minLines }),
    })),
    keyLinks: mustHaves.keyLinks.map(({ from, to, via, pattern }) => ({ from, to, ...(via && { via }), ...(pattern && { pattern }) })),
    prohibitions: mustHaves.prohibitions.map((prohibition) => prohibition.text),
  }
}

const NAMED = new Set(['name', 'files', 'action', 'implementation', 'verify', 'acceptance_criteria', 'done', 'behavior'])

function taskValues(task: Task): TaskValues {
  const others = Object.fromEntries(Object.entries(task.elements).filter(([name]) => !NAMED.has(name)))
  const automated = task.verify?.automated.join('\n') ?? ''
  return {
    type: task.type,
    name: task.name,
    files: task.files,
    action: task.action,
    verify: { ...(automated && { automated }), ...(task.verify?.prose && { prose: task.verify.prose }) },
    acceptanceCriteria: task.acceptanceCriteria,
    done: task.done,
    ...(task.behavior && { behavior: task.behavior }),
    ...(Object.keys(others).length && { others }),
  }
}
