import { expect, test } from 'vitest'
import { statusOf } from '../testing/tree-text.ts'

const SAVE = 'export function save(user: User) {\n  return db.insert(user)\n}\n'

test('an export is found however it is written, and missed when only a comment or a string has it', () => {
  const promise = { path: 'src/save.ts', exports: ['save'] }
  expect(statusOf({ 'src/save.ts': SAVE }, promise)).toBe('satisfied: file export')
  expect(statusOf({ 'src/save.ts': 'const save = () => db.insert()\nexport { save }' }, promise)).toBe('satisfied: file export')
  expect(statusOf({ 'src/save.ts': 'class Store {}\nexport default function save() { return new Store() }' }, promise)).toBe(
    'satisfied: file export',
  )
  expect(statusOf({ 'src/save.ts': SAVE.replace('export ', '') }, promise)).toBe('violated: file export')
  expect(statusOf({ 'src/save.ts': `// export function save() {}\nexport const other = 'export function save'` }, promise)).toBe(
    'violated: file export',
  )
  expect(statusOf({ 'src/save.ts': SAVE.replace('save', 'store') }, promise)).toBe('violated: file export')
})

test('an export may be passed on, through aliases and workspace packages', () => {
  const files = {
    'tsconfig.json': '{ // comment\n "compilerOptions": { "paths": { "@lib/*": ["./src/lib/*"] } }, }',
    'packages/db/package.json': '{ "name": "@app/db", "exports": "./dist/index.js" }',
    'packages/db/src/index.ts': 'export const query = () => run()',
    'src/lib/save.ts': SAVE,
    'src/index.ts': "export * from '@lib/save'\nexport { query } from '@app/db'",
  }
  expect(statusOf(files, { path: 'src/index.ts', exports: ['save', 'query'] })).toBe('satisfied: file export export')
  expect(statusOf({ ...files, 'src/lib/save.ts': 'export const other = 1' }, { path: 'src/index.ts', exports: ['save'] })).toBe(
    'violated: file export',
  )
})

test.each([
  ['an empty body', 'export function save() {}'],
  ['a TODO', 'export function save() {\n  // TODO: write\n}'],
  ['a refusal', "export const save = () => {\n  throw new Error('not implemented')\n}"],
  ['nothing returned', 'export default function save() {\n  return null\n}'],
])('a body that is %s does not satisfy', (_, text) => {
  expect(statusOf({ 'src/save.ts': text }, { path: 'src/save.ts', exports: ['save'] })).toMatch(/^violated: file .*stub/)
  expect(statusOf({ 'src/save.ts': text }, { path: 'src/save.ts' })).toMatch(/^violated: file stub/)
})

test('text is looked for in code, apart from formatting, as an expression, as alternatives, as a list', () => {
  const files = { 'a.ts': 'const a = call(\n  { one: 1 },\n  "two",\n)\n// three\nlog("a message about fourFive things")' }
  const contains = (text: string) => statusOf(files, { path: 'a.ts', contains: [text] })
  expect(contains("call({ one: 1 }, 'two')")).toBe('satisfied: file text')
  expect(contains('call.*two')).toBe('satisfied: file text')
  expect(contains('nothing|two')).toBe('satisfied: file text')
  expect(contains('call, one')).toBe('satisfied: file text')
  expect(contains('call, five')).toBe('violated: file text')
  expect(contains('three')).toBe('violated: file text')
  expect(contains('fourFive')).toBe('violated: file text')
  expect(contains('!gone')).toBe('satisfied: file text')
  expect(contains('!call')).toBe('violated: file text')
})

test('a declaration is found in another form than the plan wrote it', () => {
  const promise = { path: 'a.ts', contains: ['export function save'] }
  expect(statusOf({ 'a.ts': 'export const save = async (a: A) => store(a)' }, promise)).toBe('satisfied: file declaration')
  expect(statusOf({ 'a.ts': 'const save = async (a: A) => store(a)\nexport const b = save' }, promise)).toBe('violated: file text')
})

test('a table is found in any case and quoting, and not in a comment', () => {
  const promise = { path: 'db/1.sql', contains: ['CREATE TABLE users'] }
  expect(statusOf({ 'db/1.sql': 'create table if not exists "public"."users" (id int);' }, promise)).toBe('satisfied: file table')
  expect(statusOf({ 'db/1.sql': '-- create table users\nselect 1;' }, promise)).toBe('violated: file text')
})

test('other languages are read as text without comments, and the evidence says so', () => {
  expect(statusOf({ 'a.go': '// func Save() {}\npackage a' }, { path: 'a.go', exports: ['Save'] })).toBe('violated: file export')
  expect(statusOf({ 'a.go': 'func (s *Store) Save(u User) error { return nil }' }, { path: 'a.go', exports: ['Save'] })).toBe(
    'satisfied: file declaration',
  )
  expect(
    statusOf(
      { 'A.svelte': '<script lang="ts">\nexport const load = () => get()\n</script>\n<p>x</p>' },
      { path: 'A.svelte', exports: ['load'] },
    ),
  ).toBe('satisfied: file export')
})

test('a file that is empty, only comments, too short or elsewhere is told', () => {
  expect(statusOf({ 'a.ts': '' }, { path: 'a.ts' })).toBe('violated: file stub')
  expect(statusOf({ 'a.ts': '// export const a = 1\n/* b */' }, { path: 'a.ts' })).toBe('violated: file stub')
  expect(statusOf({ 'a.ts': 'export const a = 1' }, { path: 'a.ts', minLines: 30 })).toBe('violated: file line-count')
  expect(statusOf({ 'b.ts': 'export const a = 1' }, { path: 'a.ts' })).toBe('violated: file')
  expect(statusOf({ 'src/parts/card-list.tsx': 'export const a = 1' }, { path: 'src/card-list.tsx' })).toBe('satisfied: file')
})

test('what is built and not kept cannot be decided', () => {
  expect(statusOf({ '.gitignore': 'dist/\n' }, { path: 'dist/index.js' })).toBe('undecided: file')
})

test('how many lines it takes is a guess, a close one where only lines tell a stub', () => {
  const lines = (count: number) => 'export const a = () => run()\n'.repeat(count - 1)
  expect(statusOf({ 'a.ts': lines(70) }, { path: 'a.ts', minLines: 100 })).toBe('satisfied: file line-count')
  expect(statusOf({ 'a.ts': lines(60) }, { path: 'a.ts', minLines: 100 })).toBe('violated: file line-count')
  expect(statusOf({ 'a.css': '.a { b: c }\n'.repeat(70) }, { path: 'a.css', minLines: 100 })).toBe('violated: file line-count')
})

test('a verb of HTTP is offered by a registered route, and not by a call of one', () => {
  const asked = (path: string, text: string) => statusOf({ [path]: text }, { path, exports: ['POST'] })
  expect(asked('Auth.java', 'class Auth {\n  @PostMapping("/login")\n  void login() { check(); }\n}')).toBe('satisfied: file route')
  expect(asked('auth.ts', "export const router = make()\nrouter.post('/login', login)\n")).toBe('satisfied: file route')
  expect(asked('auth.ts', "export const send = () => axios.post('/login')\n")).toBe('violated: file export')
})
