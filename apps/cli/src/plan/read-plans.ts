/** Finds the plans below a path, with what else of a `.planning` folder their checks need. */
import { statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { failure } from '@slipway/domain'
import { type Diagnostic, importPlanning, type Plan, parsePlan } from '@slipway/plan'
import { listFiles, readText } from './read-tree.ts'

export interface PlanFile {
  /** `01-02`, or the path where two plans would be called the same; unique. */
  readonly name: string
  readonly path: string
  readonly plan: Plan
  readonly diagnostics: readonly Diagnostic[]
  /** Its summary lies beside it. */
  readonly isDone: boolean
  /** Plans of an archived milestone are a set of their own: `milestones/v1.0-phases`; else empty. */
  readonly group: string
}

export interface PlanFolder {
  /** The folder that the plans were looked for in; of a project, its `.planning`. */
  readonly folder: string
  /** The project that the plans are about; null when the plans lie in no `.planning` folder. */
  readonly project: string | null
  /** Ids of what is to be done now; undefined when the folder says nothing of requirements. */
  readonly requirements: readonly string[] | undefined
  readonly plans: readonly PlanFile[]
}

const PLAN_FILE = /(?:^|[-_.])PLAN\.md$|\.plan$/i

/**
 * @param path  a project with a `.planning` folder, that folder or one inside of it, any folder with plans, or one plan
 * @throws NOT_FOUND when there is nothing at the path or no plan below it
 */
export function readPlans(path: string): PlanFolder {
  const place = resolve(path)
  const stats = statSync(place, { throwIfNoEntry: false })
  if (!stats) throw failure('NOT_FOUND', { thing: 'file or folder', id: path })
  if (stats.isFile()) return { folder: dirname(place), project: projectOf(place), requirements: undefined, plans: [onePlan(place)] }
  const inner = join(place, '.planning')
  const folder = statSync(inner, { throwIfNoEntry: false })?.isDirectory() ? inner : place
  const paths = listFiles(folder)
  const found = paths.filter((file) => PLAN_FILE.test(file))
  if (found.length === 0) throw failure('NOT_FOUND', { thing: 'plan (a file named …-PLAN.md) below', id: path })
  const all = new Set(paths)
  const stems = found.map(stemOf)
  const plans = found.map((file, index): PlanFile => {
    const stem = stems[index] as string
    return {
      ...readPlan(join(folder, file)),
      name: stems.indexOf(stem) === stems.lastIndexOf(stem) ? stem : file,
      isDone: all.has(file.replace(/PLAN\.md$/i, 'SUMMARY.md')),
      group: /^milestones\/[^/]+/.exec(file)?.[0] ?? '',
    }
  })
  return {
    folder,
    project: projectOf(folder),
    requirements: requirementsOf(folder),
    plans: plans.sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true })),
  }
}

function onePlan(path: string): PlanFile {
  const isDone = path.endsWith('PLAN.md') && statSync(path.replace(/PLAN\.md$/, 'SUMMARY.md'), { throwIfNoEntry: false }) !== undefined
  return { ...readPlan(path), name: stemOf(path), isDone, group: '' }
}

function readPlan(path: string) {
  const text = readText(path)
  if (text === undefined) throw failure('INPUT_INVALID', { what: path, faults: ['it is no text of at most 1.5 MB'] })
  return { path, ...parsePlan(text) }
}

/** `phases/01-x/01-02-PLAN.md` → `01-02`; a bare `PLAN.md` is called by its folder. */
function stemOf(path: string): string {
  const stem = basename(path).replace(/(?:[-_.]?PLAN\.md|\.plan|\.md|\.txt)$/i, '')
  return stem || basename(dirname(path))
}

function projectOf(place: string): string | null {
  for (let folder = place; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === '.planning') return dirname(folder)
  }
  return null
}

function requirementsOf(folder: string): readonly string[] | undefined {
  const text = readText(join(folder, 'REQUIREMENTS.md'))
  if (text === undefined) return undefined
  const { requirements } = importPlanning(new Map([['REQUIREMENTS.md', text]])).folder
  return requirements.filter((requirement) => requirement.scope === 'now').map((requirement) => requirement.id)
}

/** As a person would write it from where they stand. */
export const shownPath = (path: string, from: string) => {
  const short = relative(from, path)
  return short && !short.startsWith('..') ? short : path
}
