/** A backlog in the forms that other tools read. Pure; nothing is sent. */
import type { BacklogFormat, Criterion } from '@slipway/domain'
import type { Backlog, BacklogItem } from './backlog-tree.ts'

export interface BacklogFile {
  readonly name: string
  readonly mediaType: string
  readonly text: string
}

export function exportBacklog(backlog: Backlog, format: BacklogFormat): BacklogFile {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  switch (format) {
    case 'markdown':
      return { name: 'backlog.md', mediaType: 'text/markdown', text: markdown(backlog) }
    case 'json':
      return { name: 'backlog.json', mediaType: 'application/json', text: json(backlog) }
    case 'jira-csv':
      return { name: 'backlog-jira.csv', mediaType: 'text/csv', text: jiraCsv(backlog) }
    case 'azure-csv':
      return { name: 'backlog-azure.csv', mediaType: 'text/csv', text: azureCsv(backlog) }
    case 'github':
      return { name: 'backlog-github.json', mediaType: 'application/json', text: json(githubIssues(backlog)) }
    case 'linear':
      return { name: 'backlog-linear.json', mediaType: 'application/json', text: json(linearIssues(backlog)) }
  }
}

interface FlatItem {
  readonly level: 'Epic' | 'Story' | 'Subtask'
  /** `E1S2ST3` */
  readonly code: string
  readonly parent: string
  readonly item: BacklogItem
  readonly requirements: readonly string[]
}

/** Parents before their children; epics first, then stories, then subtasks, as Jira wants them. */
function flat({ epics }: Backlog): FlatItem[] {
  const ofEpics = epics.map((item): FlatItem => ({ level: 'Epic', code: item.code, parent: '', item, requirements: item.requirements }))
  const ofStories = epics.flatMap((epic) =>
    epic.stories.map(
      (item): FlatItem => ({
        level: 'Story',
        code: epic.code + item.code,
        parent: epic.code,
        item,
        requirements: item.requirement ? [item.requirement] : [],
      }),
    ),
  )
  const ofSubtasks = epics.flatMap((epic) =>
    epic.stories.flatMap((story) =>
      story.subtasks.map(
        (item): FlatItem => ({
          level: 'Subtask',
          code: epic.code + story.code + item.code,
          parent: epic.code + story.code,
          item,
          requirements: [],
        }),
      ),
    ),
  )
  return [...ofEpics, ...ofStories, ...ofSubtasks]
}

const inWords = ({ given, when, then }: Criterion) => `Given ${given}, when ${when}, then ${then}.`

function bodyOf({ item, requirements }: FlatItem): string {
  return [
    item.description,
    item.criteria.length ? item.criteria.map((criterion) => `- [ ] ${inWords(criterion)}`).join('\n') : '',
    requirements.length ? `Requirements: ${requirements.join(', ')}` : '',
    item.dependsOn.length ? `After: ${item.dependsOn.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function markdown(backlog: Backlog): string {
  const block = (mark: string, entry: FlatItem) =>
    `${mark} ${entry.code} ${oneLine(entry.item.title)} (${entry.item.effort})\n\n${bodyOf(entry)}\n`
  const all = flat(backlog)
  const below = (parent: string) => all.filter((entry) => entry.parent === parent)
  const parts = below('').flatMap((epic) => [
    block('##', epic),
    ...below(epic.code).flatMap((story) => [block('###', story), ...below(story.code).map((subtask) => block('####', subtask))]),
  ])
  return `# ${oneLine(backlog.product)}: backlog\n\n${parts.join('\n')}`
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/**
 * A cell of a CSV file (RFC 4180). Spreadsheets run what begins with = + - @, a tab or a line break: such a cell begins with an
 * apostrophe instead.
 */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csv = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n'

/** Since Epic Link is gone, Parent names the Issue ID of any level above. */
function jiraCsv(backlog: Backlog): string {
  const entries = flat(backlog)
  const ids = new Map(entries.map(({ code }, index) => [code, String(index + 1)]))
  const types = { Epic: 'Epic', Story: 'Story', Subtask: 'Sub-task' }
  const rows = entries.map((entry) => [
    types[entry.level],
    ids.get(entry.code) ?? '',
    oneLine(entry.item.title),
    bodyOf(entry),
    ids.get(entry.parent) ?? '',
    [entry.code, entry.item.effort, ...entry.requirements].join(' '),
  ])
  return csv([['Issue Type', 'Issue ID', 'Summary', 'Description', 'Parent', 'Labels'], ...rows])
}

/** A tree is told by the column in which the title stands, children below their parent. */
function azureCsv(backlog: Backlog): string {
  const all = flat(backlog)
  const types = { Epic: 'Epic', Story: 'User Story', Subtask: 'Task' }
  const column = { Epic: 0, Story: 1, Subtask: 2 }
  const row = (entry: FlatItem) => {
    const titles = ['', '', '']
    titles[column[entry.level]] = oneLine(entry.item.title)
    return [types[entry.level], ...titles, bodyOf(entry).replaceAll('\n', '<br>'), [entry.code, ...entry.requirements].join('; ')]
  }
  const branch = (parent: string): string[][] =>
    all.filter((entry) => entry.parent === parent).flatMap((entry) => [row(entry), ...branch(entry.code)])
  return csv([['Work Item Type', 'Title 1', 'Title 2', 'Title 3', 'Description', 'Tags'], ...branch('')])
}

export interface GithubIssue {
  readonly code: string
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  /** The code of the issue that this one is a sub-issue of; empty for none. */
  readonly parent: string
  /** Codes of issues that block it. */
  readonly blockedBy: readonly string[]
}

/** GitHub takes at most 100 sub-issues per issue; what is more stays beside them, with the parent's code in its body. */
const SUB_ISSUES_MAX = 100

/** In the order in which they have to be created. */
export function githubIssues(backlog: Backlog): readonly GithubIssue[] {
  const counts = new Map<string, number>()
  return flat(backlog).map((entry) => {
    const count = (counts.get(entry.parent) ?? 0) + 1
    counts.set(entry.parent, count)
    const fits = entry.parent !== '' && count <= SUB_ISSUES_MAX
    const orphan = entry.parent !== '' && !fits ? `\n\nPart of ${entry.parent}` : ''
    return {
      code: entry.code,
      title: `${entry.code} ${oneLine(entry.item.title)}`,
      body: bodyOf(entry) + orphan,
      labels: [entry.level.toLowerCase(), `effort ${entry.item.effort}`, ...entry.requirements],
      parent: fits ? entry.parent : '',
      blockedBy: entry.item.dependsOn.map((code) => entry.parent + code),
    }
  })
}

const LINEAR_ESTIMATES = { XS: 1, S: 2, M: 3, L: 5, XL: 8 } as const

/** Inputs of Linear's `issueCreate`, `parentId` to be filled with what the parent got. */
function linearIssues(backlog: Backlog) {
  return flat(backlog).map((entry) => ({
    code: entry.code,
    parentCode: entry.parent,
    input: {
      title: oneLine(entry.item.title),
      description: bodyOf(entry),
      estimate: LINEAR_ESTIMATES[entry.item.effort],
      labels: [entry.level, ...entry.requirements],
    },
  }))
}
