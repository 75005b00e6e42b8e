/** What the parts of a backlog are called, and which mark each state carries. */
import type { BacklogFormat, BacklogLevel, BacklogRun, BoardColumn, ChangeKind, RunItemStatus, RunStage } from '@slipway/domain'
import type { Tone } from '../words.ts'

export const STAGE_WORDS: Record<RunStage, string> = {
  ANALYZE_CARDS: 'Cards',
  GENERATE_EPICS: 'Epics',
  GENERATE_STORIES: 'Stories',
  GENERATE_SUBTASKS: 'Subtasks',
}

export const RUN_WORDS: Record<RunItemStatus, { tone: Tone; text: string }> = {
  PENDING: { tone: 'idle', text: 'waits' },
  GENERATING: { tone: 'run', text: 'being written' },
  SAVING: { tone: 'run', text: 'being saved' },
  COMPLETED: { tone: 'pass', text: 'done' },
  FAILED: { tone: 'fail', text: 'failed' },
  SKIPPED: { tone: 'idle', text: 'left out' },
}

export const COLUMN_WORDS: Record<BoardColumn, { title: string; empty: string }> = {
  todo: { title: 'To do', empty: 'Nothing waits here.' },
  doing: { title: 'In progress', empty: 'Drag a story here when work on it begins.' },
  proved: { title: 'Proved', empty: 'A story comes here by itself, when a build satisfies its requirement.' },
}

export const FORMAT_WORDS: Record<BacklogFormat, { name: string; what: string }> = {
  markdown: { name: 'Markdown', what: 'to read' },
  json: { name: 'JSON', what: 'everything' },
  'jira-csv': { name: 'Jira', what: 'CSV import' },
  'azure-csv': { name: 'Azure DevOps', what: 'CSV import' },
  github: { name: 'GitHub', what: 'issues with sub-issues' },
  linear: { name: 'Linear', what: 'issues' },
}

export const LEVEL_WORDS: Record<BacklogLevel, { one: string; below: string }> = {
  epic: { one: 'epic', below: 'story' },
  story: { one: 'story', below: 'subtask' },
  subtask: { one: 'subtask', below: '' },
}

const CHANGE_WORDS: Record<ChangeKind, string> = {
  created: 'new',
  updated: 'changed',
  unchanged: 'as before',
  kept: 'yours, kept',
  deleted: 'deleted',
  archived: 'put away',
}

export const count = (many: number, one: string, more = `${one}s`): string => `${many} ${many === 1 ? one : more}`

/** "12 new, 3 as before, 1 yours, kept": what the runs did, without what they did not. */
export function changesInWords(runs: readonly Pick<BacklogRun, 'counts' | 'stage'>[]): string {
  const items = runs.filter(({ stage }) => stage !== 'ANALYZE_CARDS')
  return Object.entries(CHANGE_WORDS)
    .map(([kind, word]) => ({ word, many: items.reduce((sum, { counts }) => sum + counts[kind as ChangeKind], 0) }))
    .filter(({ many }) => many > 0)
    .map(({ word, many }) => `${many} ${word}`)
    .join(', ')
}
