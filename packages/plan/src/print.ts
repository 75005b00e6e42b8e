/** Prints a plan: the tree keeps its source, so what nobody edited comes back byte for byte. */
import type { Plan } from './plan.ts'

export const printPlan = (plan: Plan): string => plan.source
