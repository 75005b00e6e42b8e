import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planOf, project } from '../plan/testing/project.ts'

const PLANNING = {
  ...planOf('01', 'one'),
  '.planning/PROJECT.md': '# Notes\n\n## What This Is\n\nA place for notes.\n\n## Core Value\n\nNothing is lost.\n',
  '.planning/REQUIREMENTS.md': '# Requirements\n\n## v1 Requirements\n\n- [ ] **ONE-01**: One\n',
  '.planning/ROADMAP.md': '# Roadmap\n\n- [ ] **Phase 1: Base** - Notes\n\n### Phase 1: Base\n**Goal**: Notes\n**Requirements**: ONE-01\n',
  '.planning/notes/why.md': 'Because.\n',
}

test('importing what was exported changes nothing, byte for byte', async () => {
  const { slipway, root, path, text } = project(PLANNING)
  expect((await slipway('import', root, '--out', path('a.json'))).output).toContain('✓ Notes: 1 requirements, 1 phases, 1 plans')
  await slipway('export', path('a.json'), '--out', path('out'))
  const files = (
    readdirSync(path('out'), { recursive: true, withFileTypes: true }) as { isFile(): boolean; name: string; parentPath: string }[]
  ).filter((entry) => entry.isFile())
  expect(files.length).toBe(5)
  for (const name of Object.keys(PLANNING)) expect(text(name.replace('.planning', 'out'))).toBe(text(name))
  await slipway('import', path('out'), '--out', path('b.json'))
  await slipway('export', path('b.json'), '--out', path('out2'))
  for (const file of files)
    expect(readFileSync(join(file.parentPath.replace('/out', '/out2'), file.name), 'utf8')).toBe(
      readFileSync(join(file.parentPath, file.name), 'utf8'),
    )
  expect((await slipway('export', path('b.json'), '--out', path('out'))).output).toContain('0 written, 5 unchanged')
})

test('a change in the data is a change in the file that says it, and in no other', async () => {
  const { slipway, root, path, text } = project(PLANNING)
  const { output } = await slipway('import', root)
  const data = JSON.parse(output)
  data.requirements[0].isDone = true
  writeFileSync(path('a.json'), JSON.stringify(data))
  expect((await slipway('export', path('a.json'), '--out', path('.planning'))).code).toBe(0)
  expect(text('.planning/REQUIREMENTS.md')).toContain('- [x] **ONE-01**: One')
  expect(text('.planning/ROADMAP.md')).toBe(PLANNING['.planning/ROADMAP.md'])
})

test('a file that leads out of the folder is refused', async () => {
  const { slipway, root, path } = project(PLANNING)
  const data = JSON.parse((await slipway('import', root)).output)
  writeFileSync(path('a.json'), JSON.stringify({ ...data, files: { ...data.files, '../outside.md': 'x' } }))
  expect(await slipway('export', path('a.json'), '--out', path('out'))).toMatchObject({
    code: 2,
    output: expect.stringContaining('leads out of the folder'),
  })
  symlinkSync(root, path('linked'))
  writeFileSync(path('a.json'), JSON.stringify({ ...data, files: { ...data.files, 'linked/outside.md': 'x' } }))
  expect((await slipway('export', path('a.json'), '--out', root)).code).toBe(2)
})

test('a file of another shape is refused with what is wrong in it', async () => {
  const { slipway, path, write } = project({ 'a.json': '{"version": 1, "project": {}}', 'b.json': '{' })
  expect(await slipway('export', path('a.json'), '--out', path('out'))).toMatchObject({
    code: 2,
    output: expect.stringContaining('project.name'),
  })
  expect((await slipway('export', path('b.json'), '--out', path('out'))).code).toBe(2)
  expect((await slipway('export', path('c.json'), '--out', path('out'))).code).toBe(2)
  write({})
})
