import { expect, test } from 'vitest'
import { commandsOf } from './commands.ts'
import { planOf, taskValues } from './testing/plan-text.ts'

const commands = (prose: string) => {
  const [task] = planOf({ tasks: [taskValues({ verify: { prose } })] }).tasks
  return task ? commandsOf(task) : []
}

test.each([
  ['npm test passes', ['npm test']],
  ['TypeScript compiles: `npx tsc --noEmit`', ['npx tsc --noEmit']],
  ['1. `ls src/a.ts` and then `cat src/b.ts` shows it', ['ls src/a.ts', 'cat src/b.ts']],
  ['```bash\n$ cargo test\n```', ['cargo test']],
  ['```ts\nexport const a = 1\n```', []],
  ['Run `npm run dev` and look', []],
  ['find the button and click it', []],
  ['`useAuth` is exported', []],
])('%j holds the commands %j', (prose, expected) => {
  expect(commands(prose)).toEqual(expected)
})

test('marked commands come before anything else', () => {
  const [task] = planOf({ tasks: [taskValues({ verify: { automated: 'npm test && npx tsc', prose: '`npm run lint`' } })] }).tasks
  expect(task && commandsOf(task)).toEqual(['npm test && npx tsc'])
})
