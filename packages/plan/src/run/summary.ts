/** The summary document of a finished plan: what was done, what deviated, and the evidence. */
import { stringify } from 'yaml'
import type { Plan } from '../plan.ts'
import type { PlanVerdict } from '../verify/verify-plan.ts'
import type { FileChange } from './merge.ts'

export interface FinishedTask {
  readonly name: string
  readonly commit: string
  /** The command that passed, when there was one. */
  readonly command?: string
}

export interface SummaryInput {
  readonly name: string
  readonly plan: Plan
  readonly subsystem: string
  readonly tasks: readonly FinishedTask[]
  readonly changes: readonly FileChange[]
  readonly verdict: PlanVerdict
  readonly deviations: readonly string[]
  readonly decisions: readonly string[]
  readonly durationMs: number
  /** Day of completion, `YYYY-MM-DD`. */
  readonly completed: string
}

/** Markdown with front matter, in the shape that other tools of this format read. */
export function summaryDocument(input: SummaryInput): string {
  const { plan, changes, verdict } = input
  const { frontMatter } = plan
  const paths = (kind: FileChange['kind']) => changes.filter((change) => change.kind === kind).map((change) => change.path)
  const isDone = verdict.verdict !== 'violated'
  const fields = {
    phase: frontMatter.phase,
    plan: frontMatter.plan,
    subsystem: input.subsystem,
    tags: [] as string[],
    requires: frontMatter.dependsOn.map((id) => ({ plan: id })),
    provides: (frontMatter.mustHaves?.artifacts ?? []).map((artifact) => artifact.provides || artifact.path),
    affects: [] as string[],
    'key-files': { created: paths('added'), modified: paths('changed') },
    'key-decisions': input.decisions,
    'requirements-completed': isDone ? frontMatter.requirements : [],
    duration: duration(input.durationMs),
    completed: input.completed,
  }
  const checked = verdict.checks.filter((check) => check.status !== 'undecided')
  const kept = checked.filter((check) => check.status === 'satisfied').length
  return [
    `---\n${stringify(fields, { lineWidth: 0 })}---\n`,
    `# ${input.name}: ${frontMatter.phase}\n`,
    `**${kept} of ${checked.length} promises hold; verdict: ${verdict.verdict}.**\n`,
    '## Done\n',
    ...input.tasks.map(
      (task) => `- ${task.name} (\`${task.commit.slice(0, 9)}\`)${task.command ? `\n  proved by \`${oneLine(task.command)}\`` : ''}`,
    ),
    '',
    '## Deviations\n',
    ...(input.deviations.length ? input.deviations.map((text) => `- ${oneLine(text)}`) : ['None.']),
    '',
    '## Evidence\n',
    ...verdict.checks.map((check) => `- ${check.status}: ${oneLine(check.what)}${evidenceOf(check.evidence.at(-1))}`),
    '',
  ].join('\n')
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

function evidenceOf(evidence: PlanVerdict['checks'][number]['evidence'][number] | undefined): string {
  if (!evidence) return ''
  const place = evidence.file ? ` (${evidence.file}${evidence.lines ? `:${evidence.lines[0]}` : ''})` : ''
  return `. ${oneLine(evidence.text)}${place}`
}

function duration(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000))
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
