import { expect, test } from 'vitest'
import { parsePlan } from '../parse.ts'
import { statusOf, verdictOn } from '../testing/tree-text.ts'

const ROUTER = {
  'src/notes.router.ts':
    "import { insertNote } from './notes.service'\nexport const notesRouter = { create: (text: string) => insertNote(text) }\n",
  'src/notes.service.ts': 'export function insertNote(text: string) {\n  return db.insert(text)\n}\n',
}
const linksOf = (link: string, files: Record<string, string>) => {
  const { plan } = parsePlan(
    `---\nphase: 01-x\nplan: 01\nfiles_modified: [src/notes.router.ts, src/notes.service.ts]\nmust_haves:\n  key_links:\n    - '${link}'\n---\n`,
  )
  const check = verdictOn(plan, files).checks.find((one) => one.kind === 'link')
  return `${check?.status}: ${check?.evidence[0]?.rule}`
}

test('an end of a link may be a name in code: it is looked for in the file that carries or offers it', () => {
  expect(linksOf('notesRouter.create → insertNote', ROUTER)).toMatch(/^satisfied/)
  expect(linksOf('notes.router → notes.service.insertNote', ROUTER)).toMatch(/^satisfied/)
  const cut = { ...ROUTER, 'src/notes.router.ts': 'export const notesRouter = { create: (text: string) => text }\n' }
  expect(linksOf('notesRouter.create → insertNote', cut)).toMatch(/^violated/)
  expect(linksOf('notesRouter.gone → Nothing.atAll', {})).toMatch(/^undecided/)
})

test('one name uses another inside of its own declaration, and nowhere else', () => {
  const files = (text: string) => ({ 'src/notes.service.ts': text })
  const send = 'export const sendNote = (text: string) => post(text)\n'
  expect(linksOf('saveNote → sendNote', files(`${send}export function saveNote(text: string) { return sendNote(text) }\n`))).toBe(
    'satisfied: call-edge',
  )
  const apart = `${send}export function saveNote(text: string) { return log('sendNote', text) }\nexport const other = () => sendNote('')\n`
  expect(linksOf('saveNote → sendNote', files(apart))).not.toBe('satisfied: call-edge')
  expect(linksOf('saveNote → sendNote', files(`${send}export function saveNote(text: string) { return log(text) }\n`))).toMatch(
    /^undecided/,
  )
})

test('a sentence with a plain verb is a link between what it names; one that says more is only a sentence', () => {
  expect(linksOf('notesRouter calls insertNote from src/notes.service.ts', ROUTER)).toMatch(/^satisfied/)
  expect(linksOf('notesRouter calls insertNote only after the session was checked', ROUTER)).toBe('undecided: statement')
  expect(linksOf('the router never opens its own transaction', ROUTER)).toBe('undecided: statement')
})

test('the ends may be named the other way round', () => {
  expect(linksOf('src/notes.service.ts → src/notes.router.ts', ROUTER)).toBe('satisfied: import-edge')
})

test('a key of a configuration is found by its path, not by its text', () => {
  const yaml = 'spring:\n  # mail: { port: 25 }\n  mail:\n    host: smtp.example.org\n'
  const asked = (key: string) => statusOf({ 'src/application.yml': yaml }, { path: 'src/application.yml', contains: [key] })
  expect(asked('spring.mail.host')).toBe('satisfied: file config-key')
  expect(asked('spring.mail.port')).toBe('violated: file text')
  const json = '{ "landing": { "navigation": { "title": "Hi" } } }'
  expect(statusOf({ 'messages/en.json': json }, { path: 'messages/en.json', contains: ['navigation.title'] })).toBe(
    'satisfied: file config-key',
  )
  expect(statusOf({ 'src/a.yml': yaml }, { from: 'src/a.yml', to: 'JavaMailSender', pattern: 'spring\\.mail\\.host' })).toBe(
    'satisfied: config-key',
  )
  expect(statusOf({ 'messages/en.json': '['.repeat(9_000) }, { path: 'messages/en.json', contains: ['a.b'] })).toMatch(/^violated/)
})

test('SQL is read in any case, and quotes and parentheses around elements are the formatter’s', () => {
  expect(statusOf({ 'seed.sql': 'insert into users (id) values (1);' }, { path: 'seed.sql', contains: ['INSERT INTO users'] })).toBe(
    'satisfied: file text',
  )
  const page = 'export const P = () => (\n  <p>{isOpen && (\n    <Dialog name={useQuery("q")} />\n  )}</p>\n)\n'
  expect(statusOf({ 'p.tsx': page }, { path: 'p.tsx', contains: ['{isOpen && <Dialog'] })).toBe('satisfied: file text')
  expect(statusOf({ 'p.tsx': page }, { path: 'p.tsx', contains: ["useQuery.*'q'"] })).toBe('satisfied: file text')
})

test('a module that is loaded when the program runs is imported all the same', () => {
  const link = { from: 'a.test.ts', to: 'src/save.ts', pattern: "from '@/save'" }
  expect(statusOf({ 'a.test.ts': "const { save } = await import('@/save')\nsave()\n" }, link)).toBe('satisfied: import-edge')
  expect(statusOf({ 'a.test.ts': "// await import('@/save')\nsave()\n" }, link)).toMatch(/^violated/)
})
