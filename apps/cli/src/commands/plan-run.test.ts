import { existsSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Coder, CoderWork } from '../plan/run/coder.ts'
import { type Project, planFile, planOf, project, recorder, task, writeFiles } from '../plan/testing/project.ts'
import { planRun, type RunOptions } from './plan-run.ts'

/** Does what the script says for a task, by plan and number; `write` puts files into the plan's worktree. */
type Script = (work: CoderWork, write: Project['write']) => void

const scripted =
  (script: Script): Coder =>
  async (work) => {
    script(work, (files) => writeFiles(work.folder, files))
    return { kind: 'done' }
  }

async function run({ root }: Project, script: Script, options: Partial<RunOptions> = {}) {
  const { terminal, output } = recorder()
  const code = await planRun(
    { terminal, cwd: root },
    { path: root, coder: () => scripted(script), resume: false, discard: false, limit: 2, trustPlanCommands: true, ...options },
  )
  return { code, output: output() }
}

/** Writes the file that the task names, with an export of that name. */
const obedient: Script = ({ task: { files } }, write) => {
  for (const file of files) write({ [file]: `export const ${file.replace(/^src\/|\.ts$/g, '')} = 1\n` })
}

const subjects = ({ git }: Project) => git('log', '--format=%s', '--topo-order').split('\n')

function started(files: Record<string, string>): Project {
  const made = project({ ...files, 'package.json': '{}\n' })
  made.commit()
  return made
}

test('plans run wave by wave, a commit each task, merged in their order, with a summary', async () => {
  const made = started({
    ...planOf('01', 'one'),
    ...planOf('02', 'two'),
    ...planOf('03', 'three', { wave: 2, dependsOn: ['01-01', '01-02'] }),
  })
  const bases: Record<string, boolean> = {}
  const { code, output } = await run(made, (work, write) => {
    bases[work.plan] = existsSync(`${work.folder}/src/one.ts`)
    obedient(work, write)
  })
  expect([code, output]).toEqual([0, expect.stringContaining('✓ 3 done, 0 failed')])
  expect(bases).toEqual({ '01-01': false, '01-02': false, '01-03': true })
  expect(subjects(made)).toEqual(
    expect.arrayContaining(['feat(01-01): write one', 'docs(01-01): complete 01-base', 'feat(01-03): write three']),
  )
  expect(
    subjects(made)
      .filter((subject) => subject.startsWith('Merge'))
      .reverse(),
  ).toEqual(['Merge plan 01-01', 'Merge plan 01-02', 'Merge plan 01-03'])
  expect(made.text('.planning/phases/01-base/01-02-SUMMARY.md')).toMatch(/proved by `grep -q two src\/two.ts`[\s\S]*satisfied: src\/two.ts/)
  expect(made.git('status', '--porcelain')).toBe('')
  expect(made.git('branch', '--list', 'slipway/*')).toBe('')
  expect((await run(made, obedient)).output).toContain('3 done')
})

test('a task that is not proved goes back with what the command said, then stops', async () => {
  const made = started(planFile('01', { tasks: [task({ verify: { automated: 'cat src/count && grep -q one src/one.ts' } })] }))
  const troubles: string[] = []
  const { code, output } = await run(made, (work, write) => {
    troubles.push(work.trouble)
    write({ 'src/count': `try ${troubles.length}\n` })
  })
  expect(code).toBe(1)
  expect(troubles.map((trouble) => /try \d/.exec(trouble)?.[0])).toEqual([undefined, 'try 1', 'try 2'])
  expect(output).toContain('Task 1 is not proved after 3 tries')
  expect(subjects(made)).toEqual(['start'])
  const again = await run(made, obedient, { resume: true })
  expect([again.code, subjects(made)[0]]).toEqual([0, 'Merge plan 01-01'])
  expect(made.text('.planning/phases/01-base/01-01-SUMMARY.md')).toContain('- src/count was added without being declared.')
})

test('what the commands of a plan would do is asked for, not done, unless they are trusted', async () => {
  const made = started(planFile('01', { tasks: [task({ verify: { automated: 'touch ../ran && grep -q one src/one.ts' } })] }))
  const first = await run(made, obedient, { trustPlanCommands: false })
  expect(first.code).toBe(2)
  expect(first.output).toContain('? 01-01  waits for you')
  expect(existsSync(made.path('.slipway/worktrees/ran'))).toBe(false)
  expect((await made.slipway('answer', made.root)).output).toContain('touch ../ran')
  expect(await made.slipway('answer', made.root, '01-01', 'passed')).toMatchObject({ code: 0 })
  let calls = 0
  const second = await run(made, () => calls++, { resume: true, trustPlanCommands: false })
  expect([second.code, calls]).toEqual([0, 0])
  expect(made.text('.planning/phases/01-base/01-01-SUMMARY.md')).toContain('A person said that')
})

test('a parked proof runs when the run goes on with trust', async () => {
  const made = started(planOf('01', 'one'))
  expect((await run(made, obedient, { trustPlanCommands: false })).code).toBe(2)
  expect((await run(made, () => undefined, { resume: true })).code).toBe(0)
})

test('a checkpoint waits for a person, takes a wish back to the coder, and goes on when approved', async () => {
  const checkpoint = task({
    type: 'checkpoint:human-verify',
    name: 'Look',
    files: [],
    verify: {},
    others: { 'what-built': 'One', 'how-to-verify': 'Open it' },
  })
  const made = started(planFile('01', { autonomous: false, tasks: [task(), checkpoint] }))
  expect((await run(made, obedient)).code).toBe(2)
  const asked = await made.slipway('answer', made.root)
  expect([asked.code, asked.output]).toEqual([2, expect.stringMatching(/human-verify[\s\S]*One[\s\S]*Open it/)])
  await made.slipway('answer', made.root, '01-01', 'make', 'it', 'two')
  const wishes: string[] = []
  const repaired = await run(
    made,
    ({ trouble }, write) => {
      wishes.push(trouble)
      write({ 'src/one.ts': 'export const one = 2\n' })
    },
    { resume: true },
  )
  expect([repaired.code, wishes]).toEqual([2, ['make it two']])
  await made.slipway('answer', made.root, '01-01', 'approved')
  expect((await run(made, () => undefined, { resume: true })).code).toBe(0)
  expect(subjects(made)).toContain('fix(01-01): make it two')
  expect(made.text('src/one.ts')).toBe('export const one = 2\n')
})

test('a decision must be one of its options, and the coder hears of it', async () => {
  const options = '\n<option id="postgres"><name>Postgres</name></option>\n<option id="files"><name>Files</name></option>\n'
  const decision = task({
    type: 'checkpoint:decision',
    name: 'Store',
    files: [],
    verify: {},
    others: { decision: 'Where to keep notes', options },
  })
  const made = started(planFile('01', { autonomous: false, tasks: [decision, task()] }))
  expect((await run(made, obedient)).code).toBe(2)
  expect((await made.slipway('answer', made.root, '01-01', 'mongo')).code).toBe(1)
  expect((await made.slipway('answer', made.root, '01-01', 'files')).code).toBe(0)
  let heard: readonly string[] = []
  const { code } = await run(
    made,
    (work, write) => {
      heard = work.decisions
      obedient(work, write)
    },
    { resume: true },
  )
  expect([code, heard]).toEqual([0, ['Where to keep notes: files']])
})

test('a plan whose promises do not hold goes back as a gap until they do', async () => {
  const made = started(planFile('01', { tasks: [task({ verify: { automated: 'test -f src/one.ts' } })] }))
  const troubles: string[] = []
  const { code } = await run(made, ({ trouble }, write) => {
    troubles.push(trouble)
    write({ 'src/one.ts': trouble ? 'export const one = 1\n' : 'export const other = 1\n' })
  })
  expect([code, troubles]).toEqual([0, ['', expect.stringContaining('one is not exported. It exports other.')]])
  expect(subjects(made)).toContain('fix(01-01): keep what the plan promised')
})

test('a coder that leaves the gap as it is ends the plan', async () => {
  const made = started(planFile('01', { tasks: [task({ verify: { automated: 'test -f src/one.ts' } })] }))
  const { code, output } = await run(made, (_, write) => write({ 'src/one.ts': 'export const other = 1\n' }))
  expect([code, output]).toEqual([1, expect.stringContaining('The last try changed nothing')])
})

test('a change or deletion that the plan did not declare is not merged, and later waves do not begin', async () => {
  const made = started({
    ...planOf('01', 'one'),
    ...planOf('02', 'two', { wave: 2, dependsOn: ['01-01'] }),
    'src/kept.ts': 'export const kept = 1\n',
  })
  const { code, output } = await run(made, (work, write) => {
    obedient(work, write)
    write({ 'package.json': '{ "name": "changed" }\n' })
  })
  expect([code, output]).toEqual([1, expect.stringContaining('package.json: The plan changed it without declaring it')])
  expect(output).toContain('0 done, 1 failed, 0 waiting for you, 1 not begun')
  expect(subjects(made)).toEqual(['start'])
})

test('commits of a coder are folded into the commit of the task', async () => {
  const made = started(planOf('01', 'one'))
  const { code } = await run(made, (work, write) => {
    obedient(work, write)
    const inside = project()
    inside.git('-C', work.folder, 'add', '-A')
    inside.git('-C', work.folder, 'commit', '-q', '-m', 'sneaky')
  })
  expect([code, subjects(made)]).toEqual([0, ['Merge plan 01-01', 'docs(01-01): complete 01-base', 'feat(01-01): write one', 'start']])
})

test('plans that touch the same line of an undeclared new file conflict, and the later one is kept for its owner', async () => {
  const made = started({ ...planOf('01', 'one'), ...planOf('02', 'two') })
  const { code, output } = await run(made, (work, write) => {
    obedient(work, write)
    write({ 'src/both.ts': `export const by = '${work.plan}'\n` })
  })
  expect([code, output]).toEqual([1, expect.stringContaining('01-02  It conflicts with what was merged before in src/both.ts')])
  expect(made.git('status', '--porcelain')).toBe('')
  expect(existsSync(made.path('.slipway/worktrees/01-02'))).toBe(true)
})

test('plans with errors do not run', async () => {
  const made = started(planOf('01', 'one', { dependsOn: ['09-09'] }))
  const { code, output } = await run(made, obedient)
  expect([code, output]).toEqual([1, expect.stringContaining('these plans may not run yet')])
})

test('a command of the user is a coder: it reads the task and works in the worktree', async () => {
  const made = started({ ...planOf('01', 'one'), ...planOf('02', 'two') })
  const coder = 'name=$(sed -n "s/^- src\\/\\(.*\\).ts$/\\1/p"); mkdir -p src; echo "export const $name = \'$1 $2\'" > src/$name.ts'
  const { code, output } = await made.slipway('run', made.root, '--coder', coder, '--trust-plan-commands', '--limit', '1')
  expect([code, output]).toEqual([0, expect.stringContaining('with your rights and without a sandbox')])
  expect(made.text('src/two.ts')).toBe("export const two = '01-02 1'\n")
  const failing = started(planOf('01', 'one'))
  expect(await failing.slipway('run', failing.root, '--coder', 'echo no; exit 3')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/exit code 3\.\s+no/),
  })
})

test('a program is a coder too: plan and task number are its arguments', async () => {
  const made = started(planOf('01', 'one'))
  const program = made.path('.git/coder.sh')
  writeFileSync(program, '#!/bin/sh\nmkdir -p src; echo "export const one = \'$1 $2\'" > src/one.ts\n', { mode: 0o755 })
  expect((await made.slipway('run', made.root, '--coder', program, '--trust-plan-commands')).code).toBe(0)
  expect(made.text('src/one.ts')).toBe("export const one = '01-01 1'\n")
})

test('a run needs a repository, on a branch, without open changes', async () => {
  const outside = project(planOf('01', 'one'))
  expect((await outside.slipway('run', outside.root, '--coder', 'true')).code).toBe(2)
  const made = started(planOf('01', 'one'))
  made.write({ 'package.json': '{ }' })
  expect(await made.slipway('run', made.root, '--coder', 'true')).toMatchObject({
    code: 2,
    output: expect.stringContaining('uncommitted changes'),
  })
})

test('a run that did not end is gone on with or dropped, never begun over', async () => {
  const made = started(planOf('01', 'one'))
  expect((await run(made, obedient, { trustPlanCommands: false })).code).toBe(2)
  expect(await made.slipway('run', made.root, '--coder', 'true')).toMatchObject({ code: 2, output: expect.stringContaining('--resume') })
  expect((await run(made, obedient, { discard: true })).code).toBe(0)
})
