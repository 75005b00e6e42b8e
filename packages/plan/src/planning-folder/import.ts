/** Reads a `.planning` folder, given as texts by path, into a project, its requirements, phases and plans. */
import type { Diagnostic } from '../diagnostic.ts'
import { parsePlan } from '../parse.ts'
import type { PlannedPhase, PlannedProject, PlannedRequirement, PlanningFolder } from './folder.ts'

export interface FolderDiagnostic extends Diagnostic {
  readonly path: string
}

const PLAN = /(?:^|\/)([^/]*?)-?PLAN\.md$/

/** @param files  paths relative to the folder, `phases/01-setup/01-01-PLAN.md`; a leading `.planning/` is dropped */
export function importPlanning(files: ReadonlyMap<string, string>): { folder: PlanningFolder; diagnostics: readonly FolderDiagnostic[] } {
  const texts = new Map([...files].map(([path, text]) => [path.replace(/^(?:\.\/)?(?:\.planning\/)?/, ''), text]))
  const diagnostics: FolderDiagnostic[] = []
  const plans = [...texts].flatMap(([path, text]) => {
    const stem = PLAN.exec(path)?.[1]
    if (stem === undefined || !/^(?:phases|quick|milestones)\//.test(path)) return []
    const read = parsePlan(text)
    for (const diagnostic of read.diagnostics) diagnostics.push({ ...diagnostic, path })
    const isDone = texts.has(path.replace(/PLAN\.md$/, 'SUMMARY.md'))
    return [{ name: stem || (path.split('/').at(-2) ?? path), path, plan: read.plan, isDone }]
  })
  for (const name of ['PROJECT.md', 'REQUIREMENTS.md', 'ROADMAP.md']) {
    if (texts.has(name)) continue
    const message = `The folder has no ${name}.`
    diagnostics.push({
      path: name,
      severity: 'warning',
      code: 'file-missing',
      message,
      line: 1,
      column: 1,
      hint: 'Export writes one as soon as it has something to say.',
    })
  }
  const folder: PlanningFolder = {
    project: readProject(texts.get('PROJECT.md') ?? ''),
    requirements: readRequirements(texts.get('REQUIREMENTS.md') ?? ''),
    phases: readPhases(texts.get('ROADMAP.md') ?? ''),
    plans: plans.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true })),
    files: texts,
  }
  return { folder, diagnostics }
}

export function readProject(text: string): PlannedProject {
  return {
    name: /^#\s+(.+)$/m.exec(text)?.[1]?.trim() ?? '',
    summary: section(text, 'What This Is'),
    coreValue: section(text, 'Core Value'),
  }
}

/** The text below a second-level heading, up to the next one. */
function section(text: string, title: string): string {
  const lines = text.split(/\r?\n/)
  const start = lines.findIndex((line) => line.trim() === `## ${title}`)
  if (start === -1) return ''
  const length = lines.slice(start + 1).findIndex((line) => /^##?\s/.test(line))
  return lines
    .slice(start + 1, length === -1 ? undefined : start + 1 + length)
    .join('\n')
    .trim()
}

const REQUIREMENT = /^\s*[-*]\s+(?:\[([ xX])\]\s+)?\*\*([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+)\*\*\s*:?\s*(.*)$/

export function readRequirements(text: string): PlannedRequirement[] {
  const requirements: PlannedRequirement[] = []
  let scope: PlannedRequirement['scope'] | 'out' = 'now'
  let category = ''
  for (const line of text.split(/\r?\n/)) {
    const heading = /^(#{2,4})\s+(.+?)\s*$/.exec(line)
    if (heading) {
      const title = heading[2] as string
      if (heading[1] === '##') scope = /out of scope|traceab/i.test(title) ? 'out' : /\bv[2-9]|later|future/i.test(title) ? 'later' : 'now'
      category = heading[1] === '##' ? '' : title
      continue
    }
    const match = REQUIREMENT.exec(line)
    if (!match || scope === 'out' || requirements.some((other) => other.id === match[2])) continue
    requirements.push({ id: match[2] as string, text: (match[3] as string).trim(), isDone: /x/i.test(match[1] ?? ''), category, scope })
  }
  return requirements
}

const PHASE_NUMBER = String.raw`(\d+(?:\.\d+)*)`
const PHASE_HEADING = new RegExp(`^#{2,4}\\s+Phase ${PHASE_NUMBER}\\s*[:.–-]\\s*(.+?)\\s*(?:\\(INSERTED\\))?\\s*$`)
const PHASE_ITEM = new RegExp(`^\\s*[-*]\\s+\\[([ xX])\\]\\s+\\**Phase ${PHASE_NUMBER}\\s*[:.–-]\\s*([^*\\n]+?)\\**(?:\\s+[-–—(].*)?$`)

export function readPhases(text: string): PlannedPhase[] {
  const phases = new Map<string, PlannedPhase>()
  const empty = { goal: '', dependsOn: [], requirements: [], successCriteria: [], isDone: false }
  let current = ''
  let isCriteria = false
  for (const line of text.split(/\r?\n/)) {
    const item = PHASE_ITEM.exec(line)
    const heading = PHASE_HEADING.exec(line)
    if (item)
      phases.set(item[2] as string, {
        ...empty,
        ...phases.get(item[2] as string),
        number: item[2] as string,
        name: (item[3] as string).trim(),
        isDone: item[1] !== ' ',
      })
    if (heading) {
      current = heading[1] as string
      isCriteria = false
      phases.set(current, { ...empty, ...phases.get(current), number: current, name: (heading[2] as string).trim() })
    } else if (/^#{1,3}\s/.test(line)) current = ''
    const phase = phases.get(current)
    if (!phase || heading) continue
    const field = /^\*\*([^*:]+):?\*\*:?\s*(.*)$/.exec(line)
    if (field) {
      const key = (field[1] as string).trim().toLowerCase()
      const value = (field[2] as string).replace(/^\([^)]*\):?\s*/, '')
      isCriteria = key.startsWith('success criteria')
      if (key === 'goal') phases.set(current, { ...phase, goal: value })
      if (key === 'depends on') phases.set(current, { ...phase, dependsOn: value.match(/\d+(?:\.\d+)*/g) ?? [] })
      if (key === 'requirements') phases.set(current, { ...phase, requirements: value.match(/[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+/g) ?? [] })
    } else if (isCriteria) {
      const criterion = /^\s*\d+[.)]\s+(.+)$/.exec(line)?.[1]
      if (criterion) phases.set(current, { ...phase, successCriteria: [...phase.successCriteria, criterion.trim()] })
      else if (line.trim() && !/^\s*[-*]/.test(line)) isCriteria = false
    }
  }
  return [...phases.values()].sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
}
