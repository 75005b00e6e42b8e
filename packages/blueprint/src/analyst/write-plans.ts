/** From a spec to plan documents: what the scaffold compiles, in reviewable pieces, and what is left for a model or a person. */
import type { Requirement, Spec } from '@slipway/domain'
import { computeWaves, makePlan, type PlanValues, printPlan } from '@slipway/plan'
import { type AppModel, type EntityModel, modelApp } from '../scaffold/app-model.ts'
import { compileApp } from '../scaffold/compile-app.ts'
import { laterPlan, modelPlan } from './plan-beyond.ts'
import { type Draft, TASKS_PER_PLAN } from './plan-draft.ts'
import { finishPlan, pagesPlans } from './plan-pages.ts'
import { isAbout, recordsPlan } from './plan-records.ts'
import { clipped } from './words.ts'

export interface WrittenPlan {
  /** `01-02`, as other plans refer to it. */
  readonly name: string
  readonly title: string
  readonly wave: number
  /** The document, canonical. */
  readonly source: string
}

const ENTITIES_PER_PLAN = 3

/** Pure and repeatable. Every requirement of the spec is covered by exactly one plan. */
export function writePlans(spec: Spec, feature: { title: string }): WrittenPlan[] {
  const app = modelApp(spec.blueprint)
  const paths = new Set(compileApp(spec.blueprint, []).map((file) => file.path))
  const open = new Set(spec.requirements)
  const take = (test: (requirement: Requirement) => boolean) => {
    const taken = [...open].filter(test)
    for (const requirement of taken) open.delete(requirement)
    return taken
  }
  const drafts: Draft[] = []
  const planOf = new Map<EntityModel, string>()
  const nameOf = (index: number) => `01-${String(index + 1).padStart(2, '0')}`
  const entities = inOrder(app)
  for (let start = 0; start < entities.length; start += ENTITIES_PER_PLAN) {
    const group = entities.slice(start, start + ENTITIES_PER_PLAN)
    for (const entity of group) planOf.set(entity, nameOf(drafts.length))
    const requirements = take((requirement) => requirement.delivery === 'compiled' && group.some((entity) => isAbout(requirement, entity)))
    drafts.push(recordsPlan(group, requirements, planOf, nameOf(drafts.length)))
  }
  const pageRequirements = take((requirement) => requirement.delivery === 'compiled' && PAGES.test(requirement.title))
  drafts.push(...pagesPlans(app, paths, pageRequirements, planOf))
  const people = take((requirement) => requirement.delivery === 'compiled' && PEOPLE.test(requirement.title))
  const rest = take((requirement) => requirement.delivery === 'compiled')
  drafts.push(finishPlan(app, [...people, ...rest], [...new Set(planOf.values())]))
  const forModel = take((requirement) => requirement.delivery === 'model')
  const before = drafts.map((_, index) => nameOf(index))
  for (let start = 0; start < forModel.length; start += TASKS_PER_PLAN)
    drafts.push(modelPlan(forModel.slice(start, start + TASKS_PER_PLAN), before))
  const later = take(() => true)
  for (let start = 0; start < later.length; start += TASKS_PER_PLAN)
    drafts.push(laterPlan(later.slice(start, start + TASKS_PER_PLAN), before))
  return printed(drafts, feature)
}

const PAGES = /^(?:See |Move |Read the page |Write to the people)/
const PEOPLE = /\bsign in\b|\broles?\b/i

/** What is referred to comes before what refers to it. */
function inOrder(app: AppModel): EntityModel[] {
  const order: EntityModel[] = []
  const seen = new Set<EntityModel>()
  const visit = (entity: EntityModel) => {
    if (seen.has(entity)) return
    seen.add(entity)
    for (const field of entity.fields) if (field.type === 'reference') visit(app.entity(field.to))
    order.push(entity)
  }
  app.entities.forEach(visit)
  return order
}

function printed(drafts: readonly Draft[], feature: { title: string }): WrittenPlan[] {
  const slug =
    feature.title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'first-version'
  const values = drafts.map(
    (draft, index): PlanValues => ({ ...draft.values, phase: `01-${slug}`, plan: String(index + 1).padStart(2, '0'), wave: 1 }),
  )
  const waves = computeWaves(values.map((value) => ({ name: `01-${value.plan}`, plan: makePlan(value) })))
  return values.map((value, index) => {
    const name = `01-${value.plan}`
    const wave = waves.get(name) ?? 1
    return { name, title: clipped(drafts[index]?.title ?? feature.title, 200), wave, source: printPlan(makePlan({ ...value, wave })) }
  })
}
