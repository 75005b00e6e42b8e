import { expect, test } from 'vitest'
import { type Files, statusOf } from '../testing/tree-text.ts'

const LINK = { from: 'src/page.ts', to: 'src/save.ts', pattern: 'save' }
const SAVE = 'export function save(value: string) { return value.length }\n'

test('a link may go through a part that the source uses', () => {
  const files = (part: string): Files => ({
    'src/page.ts': "import { Form } from './form'\nexport const page = () => Form()\n",
    'src/form.ts': part,
    'src/save.ts': SAVE,
  })
  expect(statusOf(files("import { save } from './save'\nexport const Form = () => save('x')\n"), LINK)).toBe('satisfied: import-edge')
  expect(statusOf(files("import { save } from './save'\nexport const Form = () => 'x'\n"), LINK)).toBe('violated: text')
  expect(statusOf(files("export const Form = () => 'x' // save\n"), LINK)).toBe('violated: text')
})

test('a value may be kept in a constant', () => {
  const files = (line: string): Files => ({ 'src/page.ts': `const QUERY = '(prefers-reduced-motion)'\n${line}\n`, 'src/save.ts': SAVE })
  const link = { from: 'src/page.ts', to: 'window.matchMedia', pattern: 'matchMedia.*prefers-reduced-motion' }
  expect(statusOf(files('export const is = () => matchMedia(QUERY).matches'), link)).toBe('satisfied: text')
  expect(statusOf(files('export const is = () => matchMedia(OTHER).matches'), link)).toBe('violated: text')
})

test('a column may be spelt as the property that it travels in, where the target is imported', () => {
  const link = { from: 'src/page.ts', to: 'src/save.ts', pattern: 'category_tag' }
  const code = 'export const page = (categoryTag: string) => save(categoryTag)\n'
  expect(statusOf({ 'src/page.ts': `import { save } from './save'\n${code}`, 'src/save.ts': SAVE }, link)).toBe('satisfied: text')
  expect(statusOf({ 'src/page.ts': 'export const page = (categoryTag: string) => categoryTag\n', 'src/save.ts': SAVE }, link)).toBe(
    'violated: text',
  )
})

test('a call may be broken over lines', () => {
  const link = { from: 'src/page.ts', to: 'src/save.ts', pattern: 'save\\(value' }
  const code = "import { save } from './save'\nexport const page = (value: string) =>\n  save(\n    value,\n  )\n"
  expect(statusOf({ 'src/page.ts': code, 'src/save.ts': SAVE }, link)).toMatch(/^satisfied/)
})

test('a name that is imported from where nothing is, is not wired', () => {
  const code = "import { save } from './gone'\nexport const page = () => save('x')\n"
  expect(statusOf({ 'src/page.ts': code, 'src/save.ts': SAVE }, LINK)).toBe('violated: import-missing')
})

test('the words of a route in another route do not count', () => {
  const link = { from: 'src/page.ts', to: '/api/notes/save', pattern: 'save' }
  expect(statusOf({ 'src/page.ts': "export const page = () => fetch('/api/notes/save')\n" }, link)).toMatch(/^satisfied/)
  expect(statusOf({ 'src/page.ts': "export const page = () => fetch('/api/elsewhere/save')\n" }, link)).toBe('violated: route')
})

test('a route may be called by a helper that the source takes, and not by one beside it', () => {
  const link = { from: 'src/page.ts', to: 'POST /api/notes', pattern: 'fetch.*api/notes' }
  const files = (name: string): Files => ({
    'src/page.ts': `import { ${name} } from './calls'\nexport const page = () => ${name}()\n`,
    'src/calls.ts':
      "export const saveNote = () => fetch('/api/notes', { method: 'POST' })\nexport const other = () => fetch('/api/other')\n",
  })
  expect(statusOf(files('saveNote'), link)).toBe('satisfied: import-edge')
  expect(statusOf(files('other'), link)).toBe('violated: text')
})

test('a route that is a file of the tree is called, and never imported', () => {
  const link = { from: 'src/page.ts', to: 'src/app/api/notes/route.ts', pattern: 'fetch.*notes' }
  const files = (call: string): Files => ({
    'src/page.ts': "import { Form } from './form'\nexport const page = () => Form()\n",
    'src/form.ts': `export const Form = () => ${call}\n`,
    'src/app/api/notes/route.ts': 'export const POST = () => run()\n',
  })
  expect(statusOf(files("fetch('/api/notes')"), link)).toBe('satisfied: import-edge')
  expect(statusOf(files("fetch('/api/other')"), link)).toBe('violated: text')
})

test('an import that carries none of the names of which the plan speaks wires nothing', () => {
  const link = { from: 'src/page.ts', to: 'src/save.ts', via: 'showLabel, labelPosition properties' }
  const page = (use: string): Files => ({
    'src/page.ts': `import { save } from './save'\nexport const page = () => save(${use})\n`,
    'src/save.ts': SAVE,
  })
  expect(statusOf(page('showLabel'), link)).toBe('satisfied: import-edge')
  expect(statusOf(page("'x'"), link)).toBe('violated: text')
})

test('a call may have more arguments than the plan says', () => {
  const link = { from: 'src/page.ts', to: 'src/save.ts', pattern: "invoke('save-note')" }
  expect(statusOf({ 'src/page.ts': "export const page = () => invoke('save-note', { body: 1 })\n" }, link)).toBe('satisfied: text')
  expect(statusOf({ 'src/page.ts': "export const page = () => invoke('save-notes', { body: 1 })\n" }, link)).toBe('violated: text')
})

test('a Java class is used by its instance, and may be named by what the plan calls its target', () => {
  const call = { from: 'Board.java', to: 'Users.java', pattern: 'UserRepository.findAll' }
  expect(statusOf({ 'Board.java': 'class Board { void all() { userRepository.findAll(); } }' }, call)).toBe('satisfied: text')
  const profile = { from: 'BudgetClient.java', to: 'MockBudget.java', pattern: '@Profile' }
  const client = { 'BudgetClient.java': 'interface BudgetClient {}' }
  expect(statusOf({ ...client, 'MockBudget.java': '@Profile("dev") class MockBudget implements BudgetClient {}' }, profile)).toBe(
    'satisfied: text',
  )
  expect(statusOf({ ...client, 'MockBudget.java': '@Profile("dev") class MockBudget {}' }, profile)).toBe('violated: text')
})
