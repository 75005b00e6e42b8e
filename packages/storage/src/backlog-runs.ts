/** Runs that make a level of the backlog, and the parents they make it for. */
import {
  type BacklogRun,
  type BacklogRunItem,
  type ChangeCounts,
  failure,
  isRunning,
  RUN_ITEM,
  RUN_STAGES,
  type RunItemEvent,
  sourcesOf,
  targetOf,
} from '@slipway/domain'
import { and, asc, desc, eq, inArray, min, sql } from 'drizzle-orm'
import type { RunPatch, RunStore } from './backlog-stores.ts'
import { requireFeature } from './features.ts'
import { epics, runEpics, runStories, runs, stories } from './schema/backlog.ts'
import { features } from './schema/projects.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

type RunRow = typeof runs.$inferSelect

const ofEpics = {
  id: runEpics.id,
  runId: runEpics.runId,
  status: runEpics.status,
  created: runEpics.storiesCreated,
  updated: runEpics.storiesUpdated,
  unchanged: runEpics.storiesUnchanged,
  kept: runEpics.storiesKept,
  deleted: runEpics.storiesDeleted,
  archived: runEpics.storiesArchived,
  tokensUsed: runEpics.tokensUsed,
  durationMs: runEpics.durationMs,
  errorMsg: runEpics.errorMsg,
  retryCount: runEpics.retryCount,
  parentId: runEpics.epicId,
  parentTitle: epics.title,
}
const ofStories = {
  id: runStories.id,
  runId: runStories.runId,
  status: runStories.status,
  created: runStories.subtasksCreated,
  updated: runStories.subtasksUpdated,
  unchanged: runStories.subtasksUnchanged,
  kept: runStories.subtasksKept,
  deleted: runStories.subtasksDeleted,
  archived: runStories.subtasksArchived,
  tokensUsed: runStories.tokensUsed,
  durationMs: runStories.durationMs,
  errorMsg: runStories.errorMsg,
  retryCount: runStories.retryCount,
  parentId: runStories.storyId,
  parentTitle: stories.title,
}

type Progress = Omit<BacklogRunItem, 'parentId' | 'parentCode' | 'parentTitle' | 'counts'> & ChangeCounts
const progressOf = (row: Progress) => {
  const { id, status, tokensUsed, durationMs, errorMsg, retryCount, created, updated, unchanged, kept, deleted, archived } = row
  return { id, status, tokensUsed, durationMs, errorMsg, retryCount, counts: { created, updated, unchanged, kept, deleted, archived } }
}

const sumOf = (all: readonly ChangeCounts[], own: ChangeCounts): ChangeCounts =>
  all.reduce(
    (sum, counts) =>
      Object.fromEntries(Object.entries(sum).map(([kind, n]) => [kind, n + counts[kind as keyof ChangeCounts]])) as ChangeCounts,
    own,
  )

export function runStore(transaction: WorkspaceTransaction): RunStore {
  const { db, now } = transaction

  const withItems = async (rows: readonly RunRow[]): Promise<BacklogRun[]> => {
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return []
    const epicItems = await db
      .select({ ...ofEpics, epicCode: epics.code, storyCode: sql<string>`''` })
      .from(runEpics)
      .innerJoin(epics, eq(epics.id, runEpics.epicId))
      .where(inArray(runEpics.runId, ids))
      .orderBy(asc(epics.position), asc(epics.id))
    const storyItems = await db
      .select({ ...ofStories, epicCode: epics.code, storyCode: stories.code })
      .from(runStories)
      .innerJoin(stories, eq(stories.id, runStories.storyId))
      .innerJoin(epics, eq(epics.id, stories.epicId))
      .where(inArray(runStories.runId, ids))
      .orderBy(asc(epics.position), asc(epics.id), asc(stories.position), asc(stories.id))
    const items = [...epicItems, ...storyItems]
    return rows
      .map((row): BacklogRun => {
        const own = items
          .filter(({ runId }) => runId === row.id)
          .map((item) => ({
            ...progressOf(item),
            parentId: item.parentId,
            parentCode: item.epicCode + item.storyCode,
            parentTitle: item.parentTitle,
          }))
        const { featureId, generationId, stage, maker } = row
        const progress = progressOf(row)
        const counts = sumOf(
          own.map((item) => item.counts),
          progress.counts,
        )
        return { ...progress, counts, featureId, generationId, stage, maker, items: own, createdAt: iso(row.createdAt) }
      })
      .sort((a, b) => RUN_STAGES.indexOf(a.stage) - RUN_STAGES.indexOf(b.stage))
  }
  const list = async (generationId: string) => withItems(await db.select().from(runs).where(eq(runs.generationId, generationId)))

  /** What an event writes beside the status; the duration is the database's, from `generate` to the end. */
  const written = (table: typeof runs | typeof runEpics | typeof runStories, event: RunItemEvent, patch: RunPatch) => ({
    status: targetOf(RUN_ITEM, event),
    updatedAt: now(),
    ...(patch.tokensUsed === undefined ? {} : { tokensUsed: patch.tokensUsed }),
    ...(patch.errorMsg === undefined ? {} : { errorMsg: patch.errorMsg }),
    ...(event === 'generate' ? { startedAt: now(), completedAt: null, durationMs: null, errorMsg: null } : {}),
    ...(event in ENDS
      ? {
          completedAt: now(),
          durationMs: sql<number | null>`(extract(epoch from (clock_timestamp() - ${table.startedAt})) * 1000)::integer`,
        }
      : {}),
    ...(event === 'reset'
      ? {
          retryCount: sql<number>`${table.retryCount} + (${table.status} <> 'PENDING')::integer`,
          errorMsg: null,
          startedAt: null,
          completedAt: null,
          durationMs: null,
        }
      : {}),
  })

  return {
    async newest(featureId) {
      const [last] = await db
        .select({ generationId: runs.generationId })
        .from(runs)
        .where(eq(runs.featureId, featureId))
        .orderBy(desc(runs.createdAt), desc(runs.id))
        .limit(1)
      return last ? list(last.generationId) : []
    },

    list,

    async get(id) {
      const [run] = await withItems(await db.select().from(runs).where(eq(runs.id, id)))
      if (!run) throw failure('NOT_FOUND', { thing: 'run', id })
      return run
    },

    async generations(featureId) {
      const first = min(runs.createdAt)
      const rows = await db
        .select({ generationId: runs.generationId, first })
        .from(runs)
        .where(eq(runs.featureId, featureId))
        .groupBy(runs.generationId)
        .orderBy(first)
      return rows.map(({ generationId }) => generationId)
    },

    async create({ generationId, featureId, stages, maker }) {
      const { projectId } = await requireFeature(transaction, featureId)
      // Whoever comes at the same moment waits here, and then sees our rows.
      await db.select({ id: features.id }).from(features).where(eq(features.id, featureId)).for('update')
      const [going] = (await this.newest(featureId)).filter(({ status }) => isRunning(status))
      if (going) return going.generationId
      await db
        .insert(runs)
        .values(stages.map((stage) => ({ generationId, featureId, projectId, stage, maker, createdAt: now(), updatedAt: now() })))
        .onConflictDoNothing()
      return generationId
    },

    async addItems(runId, parentIds) {
      if (parentIds.length === 0) return
      const { stage } = await this.get(runId)
      const rows = { createdAt: now(), updatedAt: now(), runId }
      if (stage === 'GENERATE_STORIES')
        await db
          .insert(runEpics)
          .values(parentIds.map((epicId) => ({ ...rows, epicId })))
          .onConflictDoNothing()
      else if (stage === 'GENERATE_SUBTASKS')
        await db
          .insert(runStories)
          .values(parentIds.map((storyId) => ({ ...rows, storyId })))
          .onConflictDoNothing()
      else throw new Error(`A run of ${stage} has no parents.`)
    },

    async move(runId, event, patch = {}) {
      const from = [...sourcesOf(RUN_ITEM, event), targetOf(RUN_ITEM, event)]
      const [row] = await db
        .update(runs)
        .set({ ...written(runs, event, patch), ...(patch.counts ?? {}) })
        .where(and(eq(runs.id, runId), inArray(runs.status, from)))
        .returning({ id: runs.id })
      if (row) return
      const { status } = await this.get(runId)
      throw failure('MOVED_ON', { thing: 'run', id: runId, event, status })
    },

    async moveItem(runId, parentId, event, patch = {}) {
      const from = [...sourcesOf(RUN_ITEM, event), targetOf(RUN_ITEM, event)]
      const { counts } = patch
      const [epic] = await db
        .update(runEpics)
        .set({
          ...written(runEpics, event, patch),
          ...(counts && {
            storiesCreated: counts.created,
            storiesUpdated: counts.updated,
            storiesUnchanged: counts.unchanged,
            storiesKept: counts.kept,
            storiesDeleted: counts.deleted,
            storiesArchived: counts.archived,
          }),
        })
        .where(and(eq(runEpics.runId, runId), eq(runEpics.epicId, parentId), inArray(runEpics.status, from)))
        .returning({ id: runEpics.id })
      if (epic) return
      const [story] = await db
        .update(runStories)
        .set({
          ...written(runStories, event, patch),
          ...(counts && {
            subtasksCreated: counts.created,
            subtasksUpdated: counts.updated,
            subtasksUnchanged: counts.unchanged,
            subtasksKept: counts.kept,
            subtasksDeleted: counts.deleted,
            subtasksArchived: counts.archived,
          }),
        })
        .where(and(eq(runStories.runId, runId), eq(runStories.storyId, parentId), inArray(runStories.status, from)))
        .returning({ id: runStories.id })
      if (story) return
      const item = (await this.get(runId)).items.find((one) => one.parentId === parentId)
      if (!item) throw failure('NOT_FOUND', { thing: 'part of the run', id: parentId })
      throw failure('MOVED_ON', { thing: 'part of the run', id: item.parentCode, event, status: item.status })
    },
  }
}

/** Events after which nothing goes on. */
const ENDS = { complete: true, fail: true, skip: true }
