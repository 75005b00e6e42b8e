import { expect, test } from 'vitest'
import { printPlan } from '../print.ts'
import { planOf } from '../testing/plan-text.ts'
import { exportPlanning, planPath } from './export.ts'
import { importPlanning } from './import.ts'

const FILES = new Map([
  [
    '.planning/PROJECT.md',
    '# Notes\n\n## What This Is\n\nA place for notes.\n\n## Core Value\n\nNothing is lost.\n\n## Constraints\n\nSmall.\n',
  ],
  [
    '.planning/REQUIREMENTS.md',
    '# Requirements: Notes\n\n## v1 Requirements\n\n### Notes\n\n- [x] **NOTE-01**: Write a note\n- [ ] **NOTE-02**: Find a note\n\n## v2 Requirements\n\n- **SYNC-01**: Share notes\n\n## Out of Scope\n\n- **CHAT-01**: Chat\n',
  ],
  [
    '.planning/ROADMAP.md',
    '# Roadmap: Notes\n\n- [x] **Phase 1: Base** - Notes are kept (completed 2026-02-03)\n- [ ] **Phase 1.1: Repair** - INSERTED\n\n### Phase 1: Base\n**Goal**: Notes are kept\n**Depends on**: Nothing (first phase)\n**Requirements**: NOTE-01\n**Success Criteria** (what must be TRUE):\n  1. A note is there after a restart\n  2. Two are too\n**Plans**: 1 plan\n\nPlans:\n- [x] 01-01-PLAN.md — Store\n\n### Phase 1.1: Repair (INSERTED)\n**Depends on**: Phase 1\n',
  ],
  ['.planning/phases/01-base/01-01-PLAN.md', printPlan(planOf())],
  ['.planning/phases/01-base/01-01-SUMMARY.md', '# Done\n'],
  ['.planning/config.json', '{}'],
])

test('a folder is read into its project, requirements, phases and plans', () => {
  const { folder, diagnostics } = importPlanning(FILES)
  expect(diagnostics).toEqual([])
  expect(folder.project).toEqual({ name: 'Notes', summary: 'A place for notes.', coreValue: 'Nothing is lost.' })
  expect(folder.requirements.map(({ id, isDone, category, scope }) => [id, isDone, category, scope])).toEqual([
    ['NOTE-01', true, 'Notes', 'now'],
    ['NOTE-02', false, 'Notes', 'now'],
    ['SYNC-01', false, '', 'later'],
  ])
  expect(folder.phases).toMatchObject([
    {
      number: '1',
      name: 'Base',
      isDone: true,
      requirements: ['NOTE-01'],
      dependsOn: [],
      successCriteria: ['A note is there after a restart', 'Two are too'],
    },
    { number: '1.1', name: 'Repair', isDone: false, dependsOn: ['1'] },
  ])
  expect(folder.plans.map(({ name, isDone }) => [name, isDone])).toEqual([['01-01', true]])
})

test('what was read and not changed is written back byte for byte', () => {
  const written = exportPlanning(importPlanning(FILES).folder)
  for (const [path, text] of FILES) expect(written.get(path.replace('.planning/', ''))).toBe(text)
})

test('data that comes back with its keys in another order is the same data', () => {
  const { folder } = importPlanning(FILES)
  const phases = folder.phases.map((phase) => Object.fromEntries(Object.entries(phase).reverse()) as unknown as typeof phase)
  expect(exportPlanning({ ...folder, phases }).get('ROADMAP.md')).toBe(FILES.get('.planning/ROADMAP.md'))
})

test('importing what was exported changes nothing, also without the original files', () => {
  const { folder } = importPlanning(FILES)
  const written = exportPlanning({ ...folder, files: new Map() })
  const again = importPlanning(written).folder
  expect({ ...again, files: null, plans: null }).toEqual({ ...folder, files: null, plans: null })
  expect([...exportPlanning(again)]).toEqual([...written])
})

test('a folder that lacks a file gets it only when there is something to say in it', () => {
  const { folder } = importPlanning(new Map([...FILES].filter(([path]) => !path.endsWith('REQUIREMENTS.md'))))
  expect(exportPlanning(folder)).toEqual(folder.files)
  const requirements = [{ id: 'NOTE-01', text: 'Write a note', category: 'Notes', scope: 'now', isDone: false }] as const
  expect(exportPlanning({ ...folder, requirements }).get('REQUIREMENTS.md')).toContain('**NOTE-01**: Write a note')
})

test('a change is written to the file that holds it, and a removed plan is gone', () => {
  const { folder } = importPlanning(FILES)
  const requirements = folder.requirements.map((requirement) => ({ ...requirement, isDone: true }))
  const written = exportPlanning({
    ...folder,
    requirements,
    plans: [{ name: '01-02', path: planPath('01-base', '01-02'), plan: planOf({ plan: '02' }), isDone: false }],
  })
  expect(written.get('PROJECT.md')).toBe(FILES.get('.planning/PROJECT.md'))
  expect(written.get('REQUIREMENTS.md')).toContain('- [x] **NOTE-02**: Find a note')
  expect([...written.keys()].filter((path) => path.endsWith('PLAN.md'))).toEqual(['phases/01-base/01-02-PLAN.md'])
})
