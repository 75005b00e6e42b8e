/** Words to blueprint without a model, and blueprint to app: pure and deterministic. */
export { analyse, applyAnswers, titleOf } from './analyst/analyse.ts'
export { reply } from './analyst/reply.ts'
export { numberOf, type Revised, reviseSpec, type SpecBasis } from './analyst/revise-spec.ts'
export { withTrueDeliveries } from './analyst/true-deliveries.ts'
export { writePlans } from './analyst/write-plans.ts'
export { writeSpec } from './analyst/write-spec.ts'
export { type AppFile, compileApp, packageName, type TemplateFiles } from './scaffold/index.ts'
