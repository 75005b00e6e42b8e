import { expect, test } from 'vitest'
import { statusOf } from '../testing/tree-text.ts'

test('a document of planning is no part of what was built', () => {
  expect(statusOf({}, { from: '30-VERIFICATION.md', to: 'HSTS list', pattern: 'hsts' })).toBe('undecided: statement')
  expect(statusOf({}, { from: 'docs/guide.md', to: 'HSTS list', pattern: 'hsts' })).toBe('violated: file')
})

test('what a link says is removed must be gone', () => {
  const link = { from: 'page.tsx', to: 'Billing', via: 'props (canStart prop removed)', pattern: 'canStart' }
  expect(statusOf({ 'page.tsx': 'export const Page = () => <Billing />' }, link)).toBe('satisfied: text')
  expect(statusOf({ 'page.tsx': 'export const Page = () => <Billing start />' }, { ...link, via: 'props' })).toBe('violated: text')
  const none = { from: 'page.tsx', to: 'NOT registered', pattern: 'no registerStore call' }
  expect(statusOf({ 'page.tsx': 'export const a = create()' }, none)).toBe('satisfied: text')
  expect(statusOf({ 'page.tsx': 'export const a = registerStore(create())' }, none)).toBe('violated: text')
})

test('a schema is wired to the migrations that are generated from it, and to code that uses its client', () => {
  const files = {
    'prisma/schema.prisma': 'model User { id Int @id }',
    'prisma/migrations/1/migration.sql': 'CREATE TABLE "User" (id int);',
  }
  const link = { from: 'prisma/schema.prisma', to: 'prisma/migrations/1/migration.sql', pattern: 'CREATE TABLE' }
  expect(statusOf(files, { ...link, via: 'prisma migrate dev' })).toBe('satisfied: text')
  expect(statusOf(files, { ...link, via: 'written by hand' })).toBe('violated: text')
  const seed = { from: 'prisma/schema.prisma', to: 'seed.ts', pattern: 'prisma\\.user\\.upsert' }
  const code = 'export const seed = () => prisma.user.upsert({})\n'
  expect(statusOf({ ...files, 'seed.ts': `import { prisma } from '@prisma/client'\n${code}` }, seed)).toBe('satisfied: table')
  expect(statusOf({ ...files, 'seed.ts': code }, seed)).toBe('violated: text')
})

test('the pattern of a style sheet may be in the sheet that the source imports', () => {
  const link = { from: 'layout.tsx', to: 'globals.css', pattern: '--font-sans: var\\(--satoshi\\)' }
  const sheet = { 'globals.css': ':root { --font-sans: var(--satoshi) }' }
  expect(statusOf({ ...sheet, 'layout.tsx': "import './globals.css'\nexport const L = () => null" }, link)).toBe('satisfied: import-edge')
  expect(statusOf({ ...sheet, 'layout.tsx': 'export const L = () => null' }, link)).toBe('violated: text')
})

test('a Prisma client may have another name, and be that of a transaction', () => {
  const link = { from: 'route.ts', to: 'database', pattern: 'prisma\\.note\\.(findMany|create)' }
  expect(statusOf({ 'route.ts': 'export const GET = () => db.note.findMany()' }, link)).toBe('satisfied: text')
  expect(statusOf({ 'route.ts': 'export const GET = () => db.notes.findMany()' }, link)).toBe('violated: text')
})

test('a statement of SQL may say if exists, and name its schema', () => {
  const asked = { path: 'a.sql', contains: ['DROP CONSTRAINT actor_fkey'] }
  expect(statusOf({ 'a.sql': 'alter table a drop constraint if exists "public"."actor_fkey";' }, asked)).toBe('satisfied: file text')
  expect(statusOf({ 'a.sql': 'alter table a drop constraint if exists actor_fkey2;' }, asked)).toBe('violated: file text')
  expect(statusOf({ 'a.sql': '-- drop constraint actor_fkey\nselect 1;' }, asked)).toBe('violated: file text')
})

test('a file that marks a package may hold nothing', () => {
  expect(statusOf({ 'bot/__init__.py': '# the bot' }, { path: 'bot/__init__.py' })).toBe('satisfied: file')
  expect(statusOf({ 'bot/run.py': '# the bot' }, { path: 'bot/run.py' })).toBe('violated: file stub')
})
