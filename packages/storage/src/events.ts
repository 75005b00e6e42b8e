/** The event log: ids in commit order per workspace, and a notification when a transaction that wrote some commits. */
import { EventBody } from '@slipway/domain'
import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { events } from './schema/workspace.ts'
import type { EventStore } from './stores.ts'
import { iso, type WorkspaceTransaction } from './workspace-transaction.ts'

export const EVENTS_CHANNEL = 'slipway_events'

/** Any number: it keeps this lock apart from others that hash a workspace. */
const LOCK_SPACE = 20_261

export function eventStore({ db, orgId, now }: WorkspaceTransaction): EventStore {
  return {
    async append(...inputs) {
      if (inputs.length === 0) return
      const bodies = inputs.map((input) => EventBody.parse(input))
      // Held until commit. Whoever takes an id next can do so only after these are visible.
      await db.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${orgId}))`)
      await db.insert(events).values(
        bodies.map((body) => ({
          at: now(),
          type: body.type,
          projectId: body.projectId,
          featureId: body.featureId,
          jobId: body.jobId,
          body,
        })),
      )
      await db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${orgId})`)
    },

    async after(after, { featureId, jobId, types, limit }) {
      const rows = await db
        .select()
        .from(events)
        .where(
          and(
            gt(events.id, after),
            featureId ? eq(events.featureId, featureId) : undefined,
            jobId ? eq(events.jobId, jobId) : undefined,
            types ? inArray(events.type, [...types] as EventBody['type'][]) : undefined,
          ),
        )
        .orderBy(asc(events.id))
        .limit(limit)
      return rows.map((row) => ({ id: row.id, at: iso(row.at), body: row.body }))
    },

    async newest() {
      const [row] = await db.select({ id: events.id }).from(events).orderBy(desc(events.id)).limit(1)
      return row?.id ?? 0
    },
  }
}
