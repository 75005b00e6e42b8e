import { expect, test } from 'vitest'
import { statusOf } from '../testing/tree-text.ts'

const FILES = {
  'src/auth.ts': 'export function signIn(name: string) {\n  return check(name)\n}\n',
  'src/index.ts': "export * from './auth'\n",
  'src/app.tsx': "import { signIn } from './auth'\nexport const App = () => <button onClick={() => signIn('a')} />\n",
}
const LINK = { from: 'src/app.tsx', to: 'src/auth.ts', via: 'import' }
const withApp = (text: string) => ({ ...FILES, 'src/app.tsx': text })

test('an import that is used is a link, directly or through a module that passes on', () => {
  expect(statusOf(FILES, LINK)).toBe('satisfied: import-edge')
  expect(statusOf(withApp("import { signIn } from '.'\nsignIn('a')"), LINK)).toBe('satisfied: import-edge')
  expect(statusOf(withApp("const load = async () => (await import('./auth')).signIn('a')"), LINK)).toBe('satisfied: import-edge')
  expect(statusOf(withApp("const { signIn } = require('./auth')\nsignIn('a')"), LINK)).toBe('satisfied: import-edge')
  expect(
    statusOf(
      { ...FILES, 'src/App.svelte': "<script>\nimport { signIn } from './auth'\n</script>\n<button onclick={() => signIn('a')}>" },
      { ...LINK, from: 'src/App.svelte' },
    ),
  ).toBe('satisfied: import-edge')
})

test('an import that is not used, cut, or in a comment is none', () => {
  expect(statusOf(withApp("import { signIn } from './auth'\nexport const App = 1"), LINK)).toBe('violated: import-unused')
  expect(statusOf(withApp("export const App = () => signIn('a')"), LINK)).toBe('violated: import-missing')
  expect(statusOf(withApp("// import { signIn } from './auth'\nexport const App = 1"), LINK)).toBe('violated: import-edge')
  expect(statusOf({ ...FILES, 'src/auth.ts': 'export function logIn(name: string) {\n  return check(name)\n}' }, LINK)).toBe(
    'violated: import-missing',
  )
})

test('a pattern must be in the code of the source', () => {
  const link = { ...LINK, pattern: 'signIn\\(' }
  expect(statusOf(FILES, link)).toBe('satisfied: import-edge')
  expect(
    statusOf(withApp("import { signIn } from './auth'\n// signIn('a')\nexport const App = [signIn]"), { ...LINK, pattern: 'logOut\\(' }),
  ).toBe('violated: text')
  expect(statusOf(withApp("import { signIn } from './auth'\nexport const App = 1"), { ...LINK, pattern: 'import.*signIn' })).toBe(
    'violated: import-unused',
  )
})

test('a pattern elsewhere in the code does not make up for an import that nothing uses', () => {
  const link = { ...LINK, pattern: 'path="/sign-in"' }
  expect(
    statusOf(withApp("import { signIn } from './auth'\nexport const App = () => <Route path=\"/sign-in\" element={signIn('a')} />"), link),
  ).toBe('satisfied: import-edge')
  expect(
    statusOf(withApp('import { signIn } from \'./auth\'\nexport const App = () => <Route path="/sign-in" element={null} />'), link),
  ).toBe('violated: import-unused')
})

test('a pattern that describes the import in another form is met by the import', () => {
  expect(statusOf(FILES, { ...LINK, pattern: 'import.*signIn.*from [\'"]@/auth' })).toBe('satisfied: import-edge')
})

test('a source may carry a remark, and a call must name its route', () => {
  const files = {
    'src/form.tsx': "export const send = () => fetch('/api/users/' + id, { method: 'POST' })",
    'app/api/users/[id]/route.ts': 'export const POST = () => ok()',
  }
  expect(statusOf(files, { from: 'src/form.tsx (submit handler)', to: 'app/api/users/[id]/route.ts' })).toBe('satisfied: route')
  const elsewhere = { ...files, 'src/form.tsx': files['src/form.tsx'].replace('users', 'people') }
  expect(statusOf(elsewhere, { from: 'src/form.tsx (submit handler)', to: 'app/api/users/[id]/route.ts' })).toMatch(/^violated/)
})

test.each([
  "supabase.from('profiles').select()",
  'prisma.profile.findMany()',
  'db.select().from(profiles)',
  'await sql`select * from public.profiles`',
  'session.query("profiles")',
])('a table is worked with in %s', (code) => {
  const link = { from: 'src/list.ts', to: 'profiles table' }
  expect(statusOf({ 'src/list.ts': `export const list = async () => { ${code} }` }, link)).toBe('satisfied: table')
  expect(statusOf({ 'src/list.ts': `// ${code}\nexport const list = 1` }, link)).toBe('undecided: statement')
})

test('a source that is not there is a violation, and prose that names nothing is undecided', () => {
  expect(statusOf(FILES, { ...LINK, from: 'src/gone.tsx' })).toBe('violated: file')
  expect(statusOf(FILES, { from: 'the browser', to: 'the server', via: 'HTTP' })).toBe('undecided: statement')
})

test('an expression cannot hang the verifier', () => {
  const files = withApp(`export const a = '${'a'.repeat(5_000)}!'`)
  expect(statusOf(files, { ...LINK, pattern: '(a+)+$' })).toMatch(/^violated/)
  expect(statusOf(files, { ...LINK, pattern: 'a.*a.*a.*a.*a.*b$' })).toMatch(/^violated/)
})
