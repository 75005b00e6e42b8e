import { expect, test } from 'vitest'
import { parseWithOxc } from '../oxc.ts'
import type { TaskValues } from '../plan-values.ts'
import { planOf, taskValues } from '../testing/plan-text.ts'
import { type Files, verdictOn } from '../testing/tree-text.ts'
import { textTree } from './tree.ts'
import { verifyPlan } from './verify-plan.ts'

const A = { 'src/a.ts': 'export const a = () => run()\n' }
const OLD = { 'src/app.ts': 'start()\n' }
const second = (values: Partial<TaskValues>) => planOf({ tasks: [taskValues(), taskValues({ files: ['src/app.ts'], ...values })] })
const against = (plan: ReturnType<typeof planOf>, files: Files) =>
  verifyPlan(plan, textTree(files), { parseModule: parseWithOxc, baseline: textTree(OLD) }).verdict

test('a task that acts only where something is missing may leave everything as it was, beside one that did not', () => {
  expect(against(second({ name: 'Task 2: Add setters if needed' }), { ...A, ...OLD })).toBe('satisfied')
  expect(against(second({ name: 'Task 2: Add setters' }), { ...A, ...OLD })).toBe('violated')
  const alone = planOf({ tasks: [taskValues({ files: ['src/app.ts'], name: 'Ensure that it starts' })] })
  expect(against(alone, { ...A, ...OLD })).toBe('violated')
})

test('a file of a task that acts only if needed may be missing', () => {
  const plan = (name: string) => planOf({ tasks: [taskValues(), taskValues({ files: ['docs/persona.ts'], name })] })
  expect(verdictOn(plan('Update the persona if it exists'), A).verdict).toBe('satisfied')
  expect(verdictOn(plan('Update the persona'), A).verdict).toBe('violated')
})

test('a task of whose many names none was written was not done, whatever else its files got', () => {
  const plan = second({
    name: 'Integrate the marquee',
    action: 'Use it:\n\n```ts\nconst { startMarquee, moveMarquee, endMarquee } = useMarquee(canvasRef)\nonPointerDown(startMarquee)\n```',
  })
  const marquee = 'const { startMarquee, moveMarquee, endMarquee } = useMarquee(canvasRef)\nonPointerDown(startMarquee)\n'
  expect(against(plan, { ...A, 'src/app.ts': 'start(1)\n' })).toBe('violated')
  expect(against(plan, { ...A, 'src/app.ts': marquee })).toBe('satisfied')
  expect(against(plan, { ...A, 'src/app.ts': 'start(1)\n', 'src/other.ts': marquee })).toBe('satisfied')
  expect(against(plan, { ...A, 'src/app.ts': `// ${marquee.replace('\n', '\n// ')}\nstart(1)\n` })).toBe('violated')
})
