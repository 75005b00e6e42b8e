import { expect, test } from 'vitest'
import { parsePlan } from '../parse.ts'
import { planOf, taskValues } from '../testing/plan-text.ts'
import { statusOf, verdictOn } from '../testing/tree-text.ts'

const artifactOf = (line: string) => {
  const { plan } = parsePlan(`---\nphase: 01-x\nplan: 01\nmust_haves:\n  artifacts:\n    - ${line}\n---\n`)
  return plan.frontMatter.mustHaves?.artifacts[0]
}

test('a bare artifact keeps its whole path, whatever follows it', () => {
  expect(artifactOf('src/detail-page-shell.tsx exports a helper')).toMatchObject({
    path: 'src/detail-page-shell.tsx',
    provides: 'exports a helper',
  })
  expect(artifactOf('"src/a.ts: the thing (new)"')).toMatchObject({ path: 'src/a.ts', provides: 'the thing (new' })
  expect(artifactOf('src/parts/ - the parts')).toMatchObject({ path: 'src/parts/', provides: 'the parts' })
  expect(artifactOf('src/app/[id]/page.tsx')).toMatchObject({ path: 'src/app/[id]/page.tsx', provides: '' })
})

test('what a plan takes away must be gone', () => {
  const promise = { path: 'src/old.ts', provides: 'deleted from disk' }
  expect(statusOf({}, promise)).toBe('satisfied: file')
  expect(statusOf({ 'src/old.ts': 'export const a = 1' }, promise)).toBe('violated: file')
  expect(statusOf({}, { path: 'src/old.ts', provides: 'Deleted rows are listed here' })).toBe('violated: file')
})

test('what names no file cannot be decided; a file without an ending can', () => {
  expect(statusOf({}, { path: 'Window.title with the name' })).toBe('undecided: statement')
  expect(statusOf({}, { path: 'Dockerfile' })).toBe('violated: file')
  expect(statusOf({}, { path: 'users.sql' })).toBe('violated: file')
})

test('the number or the name of a migration may be its tool’s own', () => {
  const sql = 'create table users (id int);'
  const asked = (path: string, files: readonly string[]) =>
    statusOf(Object.fromEntries(files.map((file) => [file, sql])), { path, contains: ['CREATE TABLE users'] })
  expect(asked('db/0033_users.sql', ['db/0034_users.sql'])).toBe('satisfied: file table')
  expect(asked('db/0033_users.sql', ['db/0032_cold_fox.sql', 'db/0033_quick_owl.sql'])).toBe('satisfied: file table')
  expect(asked('db/00XX_users.sql', ['db/0007_users.sql'])).toBe('satisfied: file table')
  expect(asked('db/<timestamp>_users.sql', ['db/20260101_users.sql'])).toBe('satisfied: file table')
  expect(asked('db/0033_users.sql', ['db/0032_cold_fox.sql'])).toBe('violated: file')
})

test('which lock file a project has says nothing of the plan', () => {
  const mustHaves = { truths: [], artifacts: [{ path: 'src/a.ts', exports: ['a'] }], keyLinks: [], prohibitions: [] }
  const plan = planOf({ mustHaves, tasks: [taskValues({ files: ['src/a.ts', 'package-lock.json'] })] })
  expect(verdictOn(plan, { 'src/a.ts': 'export const a = () => run()' }).verdict).toBe('satisfied')
})

test('a directive to the Go compiler is no remark, and Kotlin declares with fun', () => {
  expect(statusOf({ 'a.go': 'package a\n\n//go:embed static\nvar files embed.FS\n' }, { path: 'a.go', contains: ['go:embed'] })).toBe(
    'satisfied: file text',
  )
  expect(statusOf({ 'A.kt': 'class A {\n  fun logOut(): Unit = end()\n}\n' }, { path: 'A.kt', exports: ['logOut'] })).toBe(
    'satisfied: file declaration',
  )
  expect(statusOf({ 'A.kt': 'class A {\n  // fun logOut()\n}\n' }, { path: 'A.kt', exports: ['logOut'] })).toBe('violated: file export')
})

test('a file that is promised outside of the tree, or only if needed, is not looked for', () => {
  expect(statusOf({}, { path: '~/.config/app.json' })).toBe('undecided: statement')
  expect(statusOf({}, { path: '/etc/app.conf' })).toBe('undecided: statement')
  expect(statusOf({}, { path: 'vercel.json', provides: 'Deployment (if needed)' })).toBe('undecided: statement')
  expect(statusOf({}, { path: 'vercel.json', provides: 'Deployment' })).toBe('violated: file')
})

test('a name that begins with a dot is found behind a remark', () => {
  const link = { from: '.env.example, the OAuth section', to: 'auth.ts', pattern: 'GITHUB_ID' }
  expect(statusOf({ '.env.example': 'GITHUB_ID=\n', 'auth.ts': '' }, link)).toBe('satisfied: text')
  expect(statusOf({ '.env.example': '# GITHUB_ID=\n', 'auth.ts': '' }, link)).toBe('violated: text')
})
