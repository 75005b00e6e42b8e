/** What a document must hold to be run at all, and how large it may be. */
import { fieldEdit } from '../edit.ts'
import { plainPath } from '../schedule/waves.ts'
import { fieldLine, type PlanFinding, type Rule } from './rule.ts'

const TASKS_MAX = 5
export const FILES_MAX = 15
const REQUIRED = ['phase', 'plan', 'type', 'depends_on', 'files_modified', 'autonomous', 'must_haves']

export const checkShape: Rule = ({ plans }) =>
  plans.flatMap(({ name, plan }) => {
    const findings: PlanFinding[] = []
    const say = (severity: 'error' | 'warning', code: string, message: string, line: number, hint: string) =>
      findings.push({ plan: name, severity, code, message, line, column: 1, hint })
    const { frontMatter, tasks } = plan

    const missing = REQUIRED.filter((key) => !frontMatter.fields.some((field) => field.key === key))
    if (missing.length) say('warning', 'field-missing', `The front matter lacks ${missing.join(', ')}.`, 1, 'Add what is missing.')
    if (tasks.length === 0)
      say('error', 'tasks-missing', 'It has no task, so running it does nothing.', 1, 'Write its tasks between <tasks> and </tasks>.')
    const promised = frontMatter.mustHaves
    if (promised && promised.artifacts.length + promised.keyLinks.length === 0) {
      const hint = 'Add artifacts and key_links that a machine can look for.'
      say(
        'warning',
        'must-haves-uncheckable',
        'Its must_haves name no artifact and no link to look for.',
        fieldLine(plan, 'must_haves'),
        hint,
      )
    }
    if (tasks.length > TASKS_MAX)
      say(
        'warning',
        'too-many-tasks',
        `It has ${tasks.length} tasks; at most ${TASKS_MAX} stay reviewable.`,
        1,
        'Split it into plans that depend on each other.',
      )
    if (frontMatter.filesModified.length > FILES_MAX) {
      const message = `It changes ${frontMatter.filesModified.length} files; at most ${FILES_MAX} stay reviewable.`
      say('warning', 'too-many-files', message, fieldLine(plan, 'files_modified'), 'Split it into plans that depend on each other.')
    }
    tasks.forEach((task, index) => {
      if (!task.name) say('warning', 'task-unnamed', `Task ${index + 1} has no name.`, task.line, 'Name what is true when it is done.')
    })

    const hasCheckpoint = tasks.some((task) => task.type.startsWith('checkpoint'))
    if (frontMatter.autonomous !== null && frontMatter.autonomous === hasCheckpoint) {
      const right = !hasCheckpoint
      findings.push({
        plan: name,
        severity: 'warning',
        code: 'autonomous-wrong',
        message: `It says autonomous: ${frontMatter.autonomous}, but has ${hasCheckpoint ? 'a' : 'no'} checkpoint.`,
        line: fieldLine(plan, 'autonomous'),
        column: 1,
        hint: `Write autonomous: ${right}.`,
        fix: { title: `Set autonomous to ${right}`, edits: [fieldEdit(plan, 'autonomous', right)] },
      })
    }
    const listed = new Set(frontMatter.filesModified.map(plainPath))
    const unlisted = [...new Set(tasks.flatMap((task) => task.files.map(plainPath)))].filter(
      (file) => isPlainFile(file) && !listed.has(file),
    )
    if (unlisted.length) {
      findings.push({
        plan: name,
        severity: 'warning',
        code: 'files-unlisted',
        message: `Its tasks write ${unlisted.join(', ')}, which files_modified does not list.`,
        line: fieldLine(plan, 'files_modified'),
        column: 1,
        hint: 'List every file that a task may touch: a merge refuses others.',
        fix: {
          title: 'List them in files_modified',
          edits: [fieldEdit(plan, 'files_modified', [...frontMatter.filesModified, ...unlisted])],
        },
      })
    }
    return findings
  })

const isPlainFile = (path: string) => /^[\w@.[\]()+$-]+(?:\/[\w@.[\]()+$-]+)*\.\w+$/.test(path)
