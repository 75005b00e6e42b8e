/** Prototype sessions in the database: one per browser session, moved by one statement each, written only for the run that is wanted. */
import { failure, PROTOTYPE_SESSION, type PrototypeSession, type PrototypeSessionEvent, sourcesOf, targetOf } from '@slipway/domain'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { prototypeSessions as table } from './schema/prototypes.ts'
import type { PrototypePatch, PrototypeRecord, PrototypeStore } from './stores.ts'
import { iso, isoOrNull, type WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof table.$inferSelect

const toSession = (row: Row): PrototypeSession => ({
  id: row.id,
  sessionId: row.sessionId,
  designContext: row.designContext,
  generatedCode: row.generatedCode,
  files: row.generatedCode === null ? [] : [{ path: row.codePath ?? '', content: row.generatedCode }, ...row.otherFiles],
  report: row.report,
  thumbnailUrl: row.thumbnailUrl,
  frameName: row.frameName,
  frameWidth: row.frameWidth,
  frameHeight: row.frameHeight,
  status: row.status,
  errorCode: row.errorCode,
  errorMessage: row.errorMessage,
  retryAt: isoOrNull(row.retryAt),
  revision: row.revision,
  isEdited: row.isEdited,
  refinement: row.refinement,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
})
const toRecord = (row: Row): PrototypeRecord => ({ runId: row.runId, session: toSession(row) })
const first = ([row]: Row[]): PrototypeRecord | undefined => row && toRecord(row)

const columnsOf = ({ retryAt, ...patch }: PrototypePatch) => ({
  ...patch,
  ...(retryAt === undefined ? {} : { retryAt: retryAt === null ? null : new Date(retryAt) }),
})
const noError = { errorCode: null, errorMessage: null, retryAt: null }

export function prototypeStore({ db, now }: WorkspaceTransaction): PrototypeStore {
  const missing = (id: string) => failure('NOT_FOUND', { thing: 'prototype', id })
  const get = async (sessionId: string) => first(await db.select().from(table).where(eq(table.sessionId, sessionId)))
  const ofRun = async (runId: string) => first(await db.select().from(table).where(eq(table.runId, runId)))
  const movedOn = ({ session }: PrototypeRecord, event: string) =>
    failure('MOVED_ON', { thing: 'prototype', id: session.id, event, status: session.status })
  const allowed = (event: PrototypeSessionEvent) => [...sourcesOf(PROTOTYPE_SESSION, event), targetOf(PROTOTYPE_SESSION, event)]

  return {
    get,
    ofRun,

    async begin(sessionId, { runId, designContext, frameName = null, frameWidth = null, frameHeight = null }) {
      const values = {
        ...{ runId, designContext, frameName, frameWidth, frameHeight, ...noError },
        ...{ generatedCode: null, codePath: null, otherFiles: [], report: null, thumbnailUrl: null, isEdited: false, refinement: null },
        ...{ status: targetOf(PROTOTYPE_SESSION, 'replace'), createdAt: now(), updatedAt: now() },
      }
      const rows = await db
        .insert(table)
        .values({ sessionId, ...values })
        .onConflictDoUpdate({ target: [table.orgId, table.sessionId], set: { ...values, revision: sql`${table.revision} + 1` } })
        .returning()
      return first(rows) as PrototypeRecord
    },

    async restart(sessionId, runId, { designContext, isPlain } = {}) {
      const rows = await db
        .update(table)
        .set({
          ...{ runId, status: targetOf(PROTOTYPE_SESSION, 'regenerate'), updatedAt: now(), ...noError },
          ...(designContext ? { designContext } : {}),
          // What is still asked is not waited for; what was kept was measured on this very design.
          refinement: designContext || isPlain ? null : sql`case when ${table.refinement}->>'state' = 'kept' then ${table.refinement} end`,
        })
        .where(and(eq(table.sessionId, sessionId), inArray(table.status, sourcesOf(PROTOTYPE_SESSION, 'regenerate'))))
        .returning()
      const record = first(rows)
      if (record) return record
      const found = await get(sessionId)
      if (!found) throw missing('of this browser')
      throw movedOn(found, 'regenerate')
    },

    async move(runId, event, patch = {}) {
      const rows = await db
        .update(table)
        .set({ ...columnsOf(patch), status: targetOf(PROTOTYPE_SESSION, event), updatedAt: now() })
        .where(and(eq(table.runId, runId), inArray(table.status, allowed(event))))
        .returning()
      const record = first(rows)
      if (record) return record
      const found = await ofRun(runId)
      if (found) throw movedOn(found, event)
      return undefined
    },

    async update(runId, patch) {
      return first(
        await db
          .update(table)
          .set({ ...columnsOf(patch), updatedAt: now() })
          .where(eq(table.runId, runId))
          .returning(),
      )
    },

    async saveCode(runId, { files: [page, ...otherFiles], report }) {
      if (!page) throw new Error('A prototype was compiled into no file at all.')
      const values = { generatedCode: page.content, codePath: page.path, otherFiles, report, isEdited: false, updatedAt: now() }
      return first(
        await db
          .update(table)
          .set({ ...values, revision: sql`${table.revision} + 1` })
          .where(and(eq(table.runId, runId), inArray(table.status, sourcesOf(PROTOTYPE_SESSION, 'complete'))))
          .returning(),
      )
    },

    async beginRefinement(sessionId, refinement) {
      const rows = await db
        .update(table)
        .set({ refinement })
        .where(
          and(
            eq(table.sessionId, sessionId),
            eq(table.status, 'ready'),
            eq(table.revision, refinement.revision),
            sql`${table.refinement}->>'state' is distinct from 'running'`,
          ),
        )
        .returning()
      return first(rows)
    },

    async ofRefinement(runId) {
      return first(
        await db
          .select()
          .from(table)
          .where(eq(sql`${table.refinement}->>'runId'`, runId)),
      )
    },

    async endRefinement(refinement, code) {
      const [page, ...otherFiles] = code?.files ?? []
      const values = code &&
        page && {
          ...{ generatedCode: page.content, codePath: page.path, otherFiles, report: code.report, isEdited: false, updatedAt: now() },
          revision: sql`${table.revision} + 1`,
        }
      const rows = await db
        .update(table)
        .set({ refinement, ...values })
        .where(
          and(
            eq(sql`${table.refinement}->>'runId'`, refinement.runId),
            eq(sql`${table.refinement}->>'state'`, 'running'),
            code ? and(eq(table.status, 'ready'), eq(table.revision, refinement.revision)) : undefined,
          ),
        )
        .returning()
      return first(rows)
    },

    async edit(sessionId, { file, revision }) {
      const found = await get(sessionId)
      if (!found) throw missing('of this browser')
      const { status, files } = found.session
      if (status !== 'ready') throw movedOn(found, 'edit-the-code')
      if (!files.some(({ path }) => path === file.path)) throw failure('NOT_FOUND', { thing: 'file', id: file.path })
      const [page, ...otherFiles] = files.map((one) => (one.path === file.path ? file : one))
      const rows = await db
        .update(table)
        .set({ generatedCode: page?.content ?? '', otherFiles, isEdited: true, revision: sql`${table.revision} + 1`, updatedAt: now() })
        .where(and(eq(table.sessionId, sessionId), eq(table.revision, revision), eq(table.status, 'ready'), isNotNull(table.generatedCode)))
        .returning()
      const record = first(rows)
      if (!record) throw failure('CONFLICT', { what: 'The code' })
      return record
    },
  }
}
