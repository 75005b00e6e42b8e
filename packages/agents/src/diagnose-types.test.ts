import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diagnoseTypes } from './diagnose-types.ts'
import { folderSandbox } from './testing/index.ts'

const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
let sandbox: Awaited<ReturnType<typeof folderSandbox>>
beforeAll(async () => {
  sandbox = await folderSandbox({
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [] } }',
    'a.ts': 'export const a: number = "one"\n',
    'b.ts': 'export const b: number = missing\n',
    'c.ts': 'export const c = 1\n',
  })
})
afterAll(() => sandbox.stop())
const { signal } = new AbortController()

test('the real compiler is asked, and tells only of the files that were changed', async () => {
  const diagnose = diagnoseTypes(sandbox, { command: `node ${TSC} --noEmit --pretty false` })
  expect(await diagnose(['a.ts'], signal)).toBe("a.ts:1:14 TS2322 Type 'string' is not assignable to type 'number'.")
  expect(await diagnose(['c.ts'], signal)).toBeNull()
  expect(await diagnose(['readme.md'], signal)).toBeNull()
})

test('where there is no compiler, nothing is said', async () => {
  expect(await diagnoseTypes(sandbox)(['a.ts'], signal)).toBeNull()
})
