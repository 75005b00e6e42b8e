/** Small plans for tests: only what a test is about is said, the rest is sound. */
import { makePlan } from '../make-plan.ts'
import type { Plan } from '../plan.ts'
import type { PlanValues, TaskValues } from '../plan-values.ts'

export const taskValues = (values: Partial<TaskValues> = {}): TaskValues => ({
  type: 'auto',
  name: 'Write it',
  files: ['src/a.ts'],
  action: 'Write the function.',
  verify: { automated: 'npm test' },
  acceptanceCriteria: [],
  done: 'It is written',
  ...values,
})

export const planValues = (values: Partial<PlanValues> = {}): PlanValues => ({
  phase: '01-base',
  plan: '01',
  type: 'execute',
  wave: 1,
  dependsOn: [],
  filesModified: ['src/a.ts'],
  autonomous: true,
  requirements: [],
  mustHaves: { truths: [], artifacts: [{ path: 'src/a.ts', exports: ['a'] }], keyLinks: [], prohibitions: [] },
  objective: 'Make it work.',
  context: [],
  tasks: [taskValues()],
  verification: [],
  successCriteria: [],
  output: '',
  ...values,
})

export const planOf = (values: Partial<PlanValues> = {}): Plan => makePlan(planValues(values))
