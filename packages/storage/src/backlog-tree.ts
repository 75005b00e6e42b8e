/** Reads epics, stories and subtasks: rows as the domain's things, the whole tree, and what the three tables have in common. */
import type { BacklogLevel, Epic, EpicView, Story, Subtask } from '@slipway/domain'
import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { epics, stories, subtasks } from './schema/backlog.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

/** The columns that all levels have; what only one has is written where it is known which. */
type ItemTable = Pick<
  typeof subtasks,
  'id' | 'code' | 'key' | 'title' | 'description' | 'effort' | 'criteria' | 'dependsOn' | 'position' | 'editedAt' | 'archivedAt'
>
type ItemRow = Pick<typeof subtasks.$inferSelect, Exclude<keyof typeof subtasks.$inferSelect, 'storyId' | 'homeStoryId' | 'startedAt'>>

interface Level {
  readonly table: typeof epics | typeof stories | typeof subtasks
  readonly columns: ItemTable
  readonly parent: PgColumn
  /** Where it was generated, when a person has moved it since. */
  readonly home: PgColumn | null
}

export const LEVELS: Readonly<Record<BacklogLevel, Level>> = {
  epic: { table: epics, columns: epics as unknown as ItemTable, parent: epics.featureId, home: null },
  story: { table: stories, columns: stories as unknown as ItemTable, parent: stories.epicId, home: stories.homeEpicId },
  subtask: { table: subtasks, columns: subtasks, parent: subtasks.storyId, home: subtasks.homeStoryId },
}

const common = (row: ItemRow) => ({
  id: row.id,
  code: row.code,
  key: row.key,
  title: row.title,
  description: row.description,
  effort: row.effort,
  criteria: row.criteria,
  dependsOn: row.dependsOn,
  position: row.position,
  editedAt: isoOrNull(row.editedAt),
  archivedAt: isoOrNull(row.archivedAt),
  createdAt: iso(row.createdAt),
})
const toEpic = (row: typeof epics.$inferSelect): Epic => ({ ...common(row), featureId: row.featureId, requirements: row.requirements })
const toStory = (row: typeof stories.$inferSelect): Story => ({
  ...common(row),
  epicId: row.epicId,
  requirement: row.requirement,
  startedAt: isoOrNull(row.startedAt),
})
const toSubtask = (row: typeof subtasks.$inferSelect): Subtask => ({
  ...common(row),
  storyId: row.storyId,
  startedAt: isoOrNull(row.startedAt),
})

/** A person's hand on an item, or on something below it: no generation takes that away. */
const isTouched = (item: { editedAt: string | null; startedAt?: string | null; key: string }) =>
  item.editedAt !== null || Boolean(item.startedAt) || item.key === ''

export const inside = (column: PgColumn, ids: readonly string[]): SQL => (ids.length ? inArray(column, [...ids]) : sql`false`)

/** One transaction's reader. */
export function backlogReader({ db }: WorkspaceTransaction) {
  const storiesOf = async (where: SQL | undefined) =>
    (await db.select().from(stories).where(where).orderBy(asc(stories.position), asc(stories.id))).map((row) => ({
      ...toStory(row),
      homeId: row.homeEpicId,
    }))
  const subtasksOf = async (where: SQL | undefined) =>
    (await db.select().from(subtasks).where(where).orderBy(asc(subtasks.position), asc(subtasks.id))).map((row) => ({
      ...toSubtask(row),
      homeId: row.homeStoryId,
    }))
  const epicsOf = async (featureId: string) =>
    (await db.select().from(epics).where(eq(epics.featureId, featureId)).orderBy(asc(epics.position), asc(epics.id))).map(toEpic)
  const tree = async (featureId: string): Promise<EpicView[]> => {
    const ofFeature = await epicsOf(featureId)
    const ofEpics = await storiesOf(
      inside(
        stories.epicId,
        ofFeature.map(({ id }) => id),
      ),
    )
    const ofStories = await subtasksOf(
      inside(
        subtasks.storyId,
        ofEpics.map(({ id }) => id),
      ),
    )
    return ofFeature.map((epic) => ({
      ...epic,
      stories: ofEpics
        .filter(({ epicId }) => epicId === epic.id)
        .map(({ homeId: _, ...story }) => ({
          ...story,
          subtasks: ofStories.filter(({ storyId }) => storyId === story.id).map(({ homeId: __, ...subtask }) => subtask),
        })),
    }))
  }

  /** Which of these have something below them that a person touched. */
  const touchedBelow = async (level: BacklogLevel, ids: readonly string[]): Promise<Set<string>> => {
    if (level === 'subtask') return new Set()
    if (level === 'story') return new Set((await subtasksOf(inside(subtasks.storyId, ids))).filter(isTouched).map(({ storyId }) => storyId))
    const ofEpics = await storiesOf(inside(stories.epicId, ids))
    const touched = await touchedBelow(
      'story',
      ofEpics.map(({ id }) => id),
    )
    return new Set(ofEpics.filter((story) => isTouched(story) || touched.has(story.id)).map(({ epicId }) => epicId))
  }

  return { epicsOf, storiesOf, subtasksOf, tree, touchedBelow }
}
