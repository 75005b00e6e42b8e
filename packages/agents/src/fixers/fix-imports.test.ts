import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderSandbox } from '../testing/index.ts'
import { openWorktree, type Worktree } from '../tools/worktree.ts'
import { fixImports } from './fix-imports.ts'
import { typeErrorsIn } from './type-errors.ts'

let sandbox: Awaited<ReturnType<typeof folderSandbox>>
let worktree: Worktree
beforeAll(async () => {
  sandbox = await folderSandbox({
    'server/price.ts': 'export const price = 1\nexport interface Rate { of: number }\n',
    'server/a/double.ts': 'export const twice = 1\n',
    'server/b/double.ts': 'export const twice = 2\n',
    'web/page.tsx':
      "import { old, kept } from '../server/other.ts'\nimport gone from './gone.ts'\n\nexport const page = [price, kept, useState, twice]\n",
    'web/typed.ts': "import { Rate, price } from '../server/price'\nexport const rate: Rate = { of: price }\n",
    'web/only-type.ts': "import { Rate } from '../server/price.ts';\nexport type R = Rate;\n",
    'web/wrong.ts': "import { price } from './price.ts'\nexport const p = price\n",
  })
  worktree = await openWorktree(sandbox, { writable: ['web/'] })
})
afterAll(() => sandbox.stop())

const fix = async (output: string) => fixImports.fix({ command: 'tsc', exitCode: 2, passed: false, output }, worktree)

test('what the compiler says is read in both of its forms', () => {
  expect(
    typeErrorsIn("./a/b.ts(3,10): error TS2304: Cannot find name 'x'.\nweb/c.tsx:1:2 - error TS6133: 'y' is declared.\nFound 2 errors."),
  ).toMatchObject([
    { path: 'a/b.ts', line: 3, column: 10, code: 'TS2304' },
    { path: 'web/c.tsx', line: 1, column: 2, code: 'TS6133' },
  ])
})

test('missing names are imported from the one module that has them; unused ones go; what is not certain stays', async () => {
  const output = [
    "web/page.tsx(4,22): error TS2304: Cannot find name 'price'.",
    "web/page.tsx(4,35): error TS2304: Cannot find name 'useState'.",
    "web/page.tsx(4,35): error TS2304: Cannot find name 'twice'.",
    "web/page.tsx(1,10): error TS6133: 'old' is declared but its value is never read.",
    "web/page.tsx(2,8): error TS6133: 'gone' is declared but its value is never read.",
    "server/price.ts(1,1): error TS6133: 'price' is declared but its value is never read.",
  ].join('\n')
  expect(await fix(output)).toEqual(['web/page.tsx'])
  expect(worktree.text('web/page.tsx')).toBe(
    "import { kept } from '../server/other.ts'\nimport { price } from '../server/price.ts'\nimport { useState } from 'react'\n\nexport const page = [price, kept, useState, twice]\n",
  )
})

test('an import that replaces the only one stands below the opening comment', async () => {
  await worktree.write('web/fresh.ts', "/** Fresh. */\nimport { unused } from './x'\n\nexport const fresh = price\n")
  await fix("web/fresh.ts(2,10): error TS6133: 'unused' is declared.\nweb/fresh.ts(4,22): error TS2304: Cannot find name 'price'.")
  expect(worktree.text('web/fresh.ts')).toBe("/** Fresh. */\nimport { price } from '../server/price.ts'\n\nexport const fresh = price\n")
})

test('types become type imports', async () => {
  await fix(
    "web/typed.ts(1,10): error TS1484: 'Rate' is a type and must be imported using a type-only import when 'verbatimModuleSyntax' is enabled.",
  )
  await fix(
    "web/only-type.ts(1,10): error TS1484: 'Rate' is a type and must be imported using a type-only import when 'verbatimModuleSyntax' is enabled.",
  )
  expect(worktree.text('web/typed.ts')).toContain("import { type Rate, price } from '../server/price'")
  expect(worktree.text('web/only-type.ts')).toContain("import type { Rate } from '../server/price.ts';")
})

test('a relative path that is wrong leads to the only module of that name', async () => {
  await fix("web/wrong.ts(1,23): error TS2307: Cannot find module './price.ts' or its corresponding type declarations.")
  expect(worktree.text('web/wrong.ts')).toContain("from '../server/price.ts'")
})

test('nothing to fix changes nothing', async () => {
  expect(await fix('All files pass.')).toEqual([])
  expect(await fix("web/wrong.ts(2,1): error TS2322: Type 'string' is not assignable to type 'number'.")).toEqual([])
})
