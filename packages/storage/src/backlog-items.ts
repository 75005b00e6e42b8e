/** Epics, stories and subtasks: one set of statements for the three levels, which differ in their parent and in little else. */
import { type BacklogLevel, type Epic, failure, itemCode, type Story, type Subtask } from '@slipway/domain'
import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { BacklogStore, ItemContent, ItemPlace, MergeableItem } from './backlog-stores.ts'
import { backlogReader, inside, LEVELS } from './backlog-tree.ts'
import { requireFeature } from './features.ts'
import { epics, runEpics, runStories, stories, subtasks } from './schema/backlog.ts'
import { projects } from './schema/projects.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

const contentOf = (item: Epic | Story | Subtask): ItemContent => ({
  title: item.title,
  description: item.description,
  effort: item.effort,
  criteria: item.criteria,
  dependsOn: item.dependsOn,
  ...('requirements' in item ? { requirements: item.requirements } : {}),
  ...('requirement' in item ? { requirement: item.requirement } : {}),
})

export function backlogStore(transaction: WorkspaceTransaction): BacklogStore {
  const { db, now } = transaction
  const { epicsOf, storiesOf, subtasksOf, tree, touchedBelow } = backlogReader(transaction)
  const missing = (level: BacklogLevel, id: string) => failure('NOT_FOUND', { thing: level, id })

  const place = async (level: BacklogLevel, id: string): Promise<ItemPlace> => {
    const own = { featureId: epics.featureId, projectId: epics.projectId }
    const rows =
      level === 'epic'
        ? await db
            .select({ ...own, parentId: epics.featureId, code: epics.code, key: epics.key })
            .from(epics)
            .where(eq(epics.id, id))
        : level === 'story'
          ? await db
              .select({ ...own, parentId: stories.epicId, code: stories.code, key: stories.key })
              .from(stories)
              .innerJoin(epics, eq(epics.id, stories.epicId))
              .where(eq(stories.id, id))
          : await db
              .select({ ...own, parentId: subtasks.storyId, code: subtasks.code, key: subtasks.key })
              .from(subtasks)
              .innerJoin(stories, eq(stories.id, subtasks.storyId))
              .innerJoin(epics, eq(epics.id, stories.epicId))
              .where(eq(subtasks.id, id))
    if (!rows[0]) throw missing(level, id)
    return rows[0]
  }

  /** The counter of a parent, locked. */
  const lastNumber = async (level: BacklogLevel, parentId: string): Promise<number> => {
    if (level === 'epic') {
      const { projectId } = await requireFeature(transaction, parentId)
      const [row] = await db.select({ last: projects.epicCount }).from(projects).where(eq(projects.id, projectId)).for('update')
      return row?.last ?? 0
    }
    const [row] =
      level === 'story'
        ? await db.select({ last: epics.storyCount }).from(epics).where(eq(epics.id, parentId)).for('update')
        : await db.select({ last: stories.subtaskCount }).from(stories).where(eq(stories.id, parentId)).for('update')
    if (!row) throw missing(level === 'story' ? 'epic' : 'story', parentId)
    return row.last
  }

  const setLastNumber = async (level: BacklogLevel, parentId: string, last: number) => {
    if (level === 'epic') {
      const { projectId } = await requireFeature(transaction, parentId)
      await db.update(projects).set({ epicCount: last }).where(eq(projects.id, projectId))
    } else if (level === 'story') await db.update(epics).set({ storyCount: last }).where(eq(epics.id, parentId))
    else await db.update(stories).set({ subtaskCount: last }).where(eq(stories.id, parentId))
  }

  const insert = async (
    level: BacklogLevel,
    parentId: string,
    values: {
      id?: string
      code: string
      key: string
      position: number
      runId?: string
      editedAt?: ReturnType<typeof now>
    } & Partial<ItemContent> & {
        title: string
      },
  ): Promise<{ id: string }> => {
    const { id, code, key, position, runId, editedAt, title, description, effort, criteria, dependsOn } = values
    const item = {
      ...(id ? { id } : {}),
      ...{ code, key, position, title },
      ...(runId ? { runId } : {}),
      ...(editedAt ? { editedAt: editedAt as Date } : {}),
      ...(description === undefined ? {} : { description }),
      ...(effort === undefined ? {} : { effort }),
      ...(criteria === undefined ? {} : { criteria: [...criteria] }),
      ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
      createdAt: now(),
    }
    const requirement = values.requirement ?? ''
    const [row] =
      level === 'epic'
        ? await db
            .insert(epics)
            .values({
              ...item,
              featureId: parentId,
              projectId: (await requireFeature(transaction, parentId)).projectId,
              requirements: [...(values.requirements ?? [])],
            })
            .returning({ id: epics.id })
        : level === 'story'
          ? await db
              .insert(stories)
              .values({ ...item, epicId: parentId, requirement })
              .returning({ id: stories.id })
          : await db
              .insert(subtasks)
              .values({ ...item, storyId: parentId })
              .returning({ id: subtasks.id })
    return { id: (row as { id: string }).id }
  }

  const ordered = async (level: BacklogLevel, parentId: string) => {
    const { table, columns, parent } = LEVELS[level]
    return db
      .select({ id: columns.id, code: columns.code, dependsOn: columns.dependsOn, archivedAt: columns.archivedAt })
      .from(table as typeof subtasks)
      .where(eq(parent, parentId))
      .orderBy(asc(columns.position), asc(columns.id))
  }

  const setPositions = async (level: BacklogLevel, ids: readonly string[]) => {
    const { table } = LEVELS[level]
    const list = sql.join(
      ids.map((id) => sql`${id}::uuid`),
      sql`, `,
    )
    if (ids.length)
      await db.execute(sql`update ${table} set position = array_position(array[${list}], ${table.id}) where ${table.id} in (${list})`)
  }

  /** Who waits for what is no longer beside it, waits no more. */
  const forgetCode = async (level: BacklogLevel, parentId: string, code: string) => {
    const { table, columns, parent } = LEVELS[level]
    await db
      .update(table as typeof subtasks)
      .set({ dependsOn: sql`array_remove(${columns.dependsOn}, ${code})` })
      .where(and(eq(parent, parentId), sql`${code} = any (${columns.dependsOn})`))
  }

  const historyOf = async (level: BacklogLevel, ids: readonly string[]): Promise<Set<string>> => {
    if (level === 'subtask' || ids.length === 0) return new Set()
    const rows =
      level === 'epic'
        ? await db.selectDistinct({ id: runEpics.epicId }).from(runEpics).where(inside(runEpics.epicId, ids))
        : await db.selectDistinct({ id: runStories.storyId }).from(runStories).where(inside(runStories.storyId, ids))
    return new Set(rows.map(({ id }) => id))
  }

  return {
    tree,
    place,

    async siblings(level, parentId) {
      const rows = await ordered(level, parentId)
      return rows.filter(({ archivedAt }) => !archivedAt).map(({ id, code, dependsOn }) => ({ id, code, dependsOn }))
    },

    async mergeable(level, parentId) {
      const last = await lastNumber(level, parentId)
      const { home, parent } = LEVELS[level]
      // what a person moved away is still known to the parent it was generated for, and not to the one it stands in
      const own = home ? or(and(eq(parent, parentId), isNull(home)), eq(home, parentId)) : undefined
      const items: (Epic | Story | Subtask)[] =
        level === 'epic' ? await epicsOf(parentId) : level === 'story' ? await storiesOf(own) : await subtasksOf(own)
      const ids = items.map(({ id }) => id)
      const history = await historyOf(level, ids)
      const below = await touchedBelow(level, ids)
      return {
        lastNumber: last,
        items: items.map(
          (item): MergeableItem => ({
            id: item.id,
            code: item.code,
            key: item.key,
            content: contentOf(item),
            isEdited: item.editedAt !== null,
            isStarted: 'startedAt' in item && item.startedAt !== null,
            holdsEdits: below.has(item.id),
            hasHistory: history.has(item.id),
            isArchived: item.archivedAt !== null,
          }),
        ),
      }
    },

    async apply(level, parentId, { created, updated, deleted, archived, lastNumber: last, runId }) {
      const { table, columns } = LEVELS[level]
      for (const { id, key, content } of updated) {
        const { title, description, effort, criteria, dependsOn, requirement, requirements } = content
        const values = { key, title, description, effort, criteria: [...criteria], dependsOn: [...dependsOn], archivedAt: null, runId }
        if (level === 'epic')
          await db
            .update(epics)
            .set({ ...values, requirements: [...(requirements ?? [])] })
            .where(eq(epics.id, id))
        else if (level === 'story')
          await db
            .update(stories)
            .set({ ...values, requirement: requirement ?? '' })
            .where(eq(stories.id, id))
        else await db.update(subtasks).set(values).where(eq(subtasks.id, id))
      }
      if (deleted.length) await db.delete(table as typeof subtasks).where(inside(columns.id, deleted))
      if (archived.length)
        await db
          .update(table as typeof subtasks)
          .set({ archivedAt: now() as Date })
          .where(inside(columns.id, archived))
      let position = (await ordered(level, parentId)).length
      await setPositions(
        level,
        (await ordered(level, parentId)).map(({ id }) => id),
      )
      for (const { key, code, content } of created) await insert(level, parentId, { ...content, key, code, position: ++position, runId })
      await setLastNumber(level, parentId, last)
    },

    async add(level, parentId, { title }) {
      const last = (await lastNumber(level, parentId)) + 1
      await setLastNumber(level, parentId, last)
      const position = (await ordered(level, parentId)).length + 1
      return insert(level, parentId, { title, code: itemCode(level, last), key: '', position, editedAt: now() })
    },

    async change(level, id, patch) {
      const { parentId, code } = await place(level, id)
      const { title, description, effort, criteria, dependsOn, requirement, isStarted, isArchived } = patch
      const isContent = [title, description, effort, criteria, dependsOn, requirement, isArchived].some((value) => value !== undefined)
      const values = {
        ...(title === undefined ? {} : { title }),
        ...(description === undefined ? {} : { description }),
        ...(effort === undefined ? {} : { effort }),
        ...(criteria === undefined ? {} : { criteria }),
        ...(dependsOn === undefined ? {} : { dependsOn }),
        ...(isArchived === undefined ? {} : { archivedAt: isArchived ? (now() as Date) : null }),
        ...(isContent ? { editedAt: now() as Date } : {}),
      }
      const started = isStarted === undefined ? {} : { startedAt: isStarted ? (now() as Date) : null }
      if (isContent || isStarted !== undefined) {
        if (level === 'epic') {
          if (isContent) await db.update(epics).set(values).where(eq(epics.id, id))
        } else if (level === 'story')
          await db
            .update(stories)
            .set({ ...values, ...started, ...(requirement === undefined ? {} : { requirement }) })
            .where(eq(stories.id, id))
        else
          await db
            .update(subtasks)
            .set({ ...values, ...started })
            .where(eq(subtasks.id, id))
      }
      if (isArchived) await forgetCode(level, parentId, code)
    },

    async move(level, id, { parentId, beforeId }) {
      const from = await place(level, id)
      if (parentId !== from.parentId) {
        if (level === 'epic') throw new Error('An epic stays with its feature.')
        const last = (await lastNumber(level, parentId)) + 1
        await setLastNumber(level, parentId, last)
        const values = { code: itemCode(level, last), dependsOn: [], editedAt: now() as Date }
        if (level === 'story')
          await db
            .update(stories)
            .set({ ...values, epicId: parentId, homeEpicId: homeAfter(stories.homeEpicId, from, parentId) })
            .where(eq(stories.id, id))
        else
          await db
            .update(subtasks)
            .set({ ...values, storyId: parentId, homeStoryId: homeAfter(subtasks.homeStoryId, from, parentId) })
            .where(eq(subtasks.id, id))
        await forgetCode(level, from.parentId, from.code)
      }
      const others = (await ordered(level, parentId)).map((row) => row.id).filter((other) => other !== id)
      const at = beforeId ? others.indexOf(beforeId) : -1
      await setPositions(level, at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)])
    },

    async remove(level, id) {
      const { parentId, code } = await place(level, id)
      const { table, columns } = LEVELS[level]
      await db.delete(table as typeof subtasks).where(eq(columns.id, id))
      await forgetCode(level, parentId, code)
    },
  }

  /** The first parent stays the home; back there it is at home again. What a person added has none. */
  function homeAfter(home: PgColumn, from: ItemPlace, parentId: string): SQL {
    if (from.key === '') return sql`null`
    return sql`nullif(coalesce(${home}, ${from.parentId}::uuid), ${parentId}::uuid)`
  }
}
