/** Writes a `.planning` folder: files that still say what the data says stay byte for byte, the others are written anew. */
import { printPlan } from '../print.ts'
import type { PlannedPhase, PlannedProject, PlannedRequirement, PlanningFolder } from './folder.ts'
import { readPhases, readProject, readRequirements } from './import.ts'

/**
 * Importing what was exported gives the same project, requirements, phases and plans, and exporting that the same files.
 * A folder that was imported gets no file it had not, as long as nothing has to be said in it.
 */
export function exportPlanning(folder: PlanningFolder): ReadonlyMap<string, string> {
  const files = new Map(folder.files)
  const isImported = folder.files.size > 0
  const keep = <T>(path: string, value: T, read: (text: string) => T, write: (value: T) => string) => {
    const text = files.get(path) ?? (isImported ? '' : null)
    if (text === null || inKeyOrder(read(text)) !== inKeyOrder(value)) files.set(path, write(value))
  }
  keep('PROJECT.md', folder.project, readProject, projectText)
  keep('REQUIREMENTS.md', folder.requirements, readRequirements, requirementsText)
  keep('ROADMAP.md', folder.phases, readPhases, (phases) => roadmapText(phases, folder))
  const paths = new Set(folder.plans.map((plan) => plan.path))
  for (const path of files.keys())
    if (/(?:^|\/)[^/]*PLAN\.md$/.test(path) && /^(?:phases|quick|milestones)\//.test(path) && !paths.has(path)) files.delete(path)
  for (const { path, plan } of folder.plans) files.set(path, printPlan(plan))
  if (!isImported) files.set('STATE.md', stateText(folder))
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where a plan of a phase is kept: `phases/01-setup/01-02-PLAN.md`. */
export function planPath(phase: string, name: string): string {
  return `phases/${phase.toLowerCase().replaceAll(/[^\w.-]+/g, '-')}/${name}-PLAN.md`
}

/** The data may come from a file or a database, which keep another order of keys. */
const inKeyOrder = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

function projectText({ name, summary, coreValue }: PlannedProject): string {
  return `# ${oneLine(name)}\n\n## What This Is\n\n${summary}\n\n## Core Value\n\n${coreValue}\n`
}

function requirementsText(requirements: readonly PlannedRequirement[]): string {
  const part = (title: string, scope: PlannedRequirement['scope']) => {
    const own = requirements.filter((requirement) => requirement.scope === scope)
    if (own.length === 0) return []
    const groups = [...new Set(own.map((requirement) => requirement.category))].sort((a, b) => Number(a !== '') - Number(b !== ''))
    return [
      `## ${title}\n`,
      ...groups.map((group) => {
        const items = own.filter((requirement) => requirement.category === group)
        const list = items.map(({ id, text, isDone }) => `- [${isDone ? 'x' : ' '}] **${id}**: ${oneLine(text)}`).join('\n')
        return `${group ? `### ${oneLine(group)}\n\n` : ''}${list}\n`
      }),
    ]
  }
  return ['# Requirements\n', ...part('v1 Requirements', 'now'), ...part('v2 Requirements', 'later')].join('\n')
}

function roadmapText(phases: readonly PlannedPhase[], folder: PlanningFolder): string {
  const list = phases.map(
    ({ number, name, goal, isDone }) =>
      `- [${isDone ? 'x' : ' '}] **Phase ${number}: ${oneLine(name)}**${goal ? ` - ${oneLine(goal)}` : ''}`,
  )
  const details = phases.map((phase) => {
    const prefix = `${phase.number.padStart(phase.number.includes('.') ? 4 : 2, '0')}-`
    const plans = folder.plans.filter((plan) => plan.name.startsWith(prefix))
    return [
      `### Phase ${phase.number}: ${oneLine(phase.name)}\n`,
      `**Goal**: ${oneLine(phase.goal)}`,
      `**Depends on**: ${phase.dependsOn.length ? phase.dependsOn.map((number) => `Phase ${number}`).join(', ') : 'Nothing'}`,
      `**Requirements**: ${phase.requirements.join(', ')}`,
      '**Success Criteria** (what must be TRUE):',
      ...phase.successCriteria.map((criterion, index) => `  ${index + 1}. ${oneLine(criterion)}`),
      ...(plans.length ? ['', 'Plans:', ...plans.map((plan) => `- [${plan.isDone ? 'x' : ' '}] ${plan.name}-PLAN.md`)] : []),
      '',
    ].join('\n')
  })
  return `# Roadmap: ${oneLine(folder.project.name)}\n\n## Phases\n\n${list.join('\n')}\n\n## Phase Details\n\n${details.join('\n')}`
}

function stateText({ project, phases, plans }: PlanningFolder): string {
  const donePhases = phases.filter((phase) => phase.isDone).length
  const donePlans = plans.filter((plan) => plan.isDone).length
  const percent = plans.length ? Math.round((donePlans / plans.length) * 100) : 0
  const status = donePlans === plans.length && plans.length > 0 ? 'completed' : donePlans > 0 ? 'executing' : 'planning'
  const current = phases.find((phase) => !phase.isDone)
  return [
    '---',
    'gsd_state_version: 1.0',
    `status: ${status}`,
    'progress:',
    `  total_phases: ${phases.length}`,
    `  completed_phases: ${donePhases}`,
    `  total_plans: ${plans.length}`,
    `  completed_plans: ${donePlans}`,
    `  percent: ${percent}`,
    '---',
    '',
    '# Project State',
    '',
    `**Core value:** ${oneLine(project.coreValue)}`,
    `**Current focus:** ${current ? `Phase ${current.number}: ${oneLine(current.name)}` : 'none'}`,
    '',
  ].join('\n')
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
