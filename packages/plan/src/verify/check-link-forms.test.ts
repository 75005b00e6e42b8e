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
