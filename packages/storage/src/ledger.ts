/** The ledger in the database: reservations against the caps under one lock, settlements, and what was spent on what. */
import {
  abandoned,
  type Charge,
  type ChargeOutcome,
  type Reservation,
  type RunScope,
  receiptOfParts,
  refusalOf,
  type Settlement,
} from '@slipway/domain'
import { and, asc, desc, eq, isNotNull, isNull, min, sql } from 'drizzle-orm'
import { modelSettingsStore } from './model-settings.ts'
import { ledgerEntries as entries } from './schema/models.ts'
import type { LedgerFilter, LedgerStore } from './stores.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

type Row = typeof entries.$inferSelect

/** Any number: it keeps this lock apart from others that hash an id. */
const LOCK_SPACE = 20_262
const HISTORY_PER_AGENT = 60

const toReservation = (row: Row): Reservation => ({
  key: row.key,
  agent: row.agent,
  role: row.role,
  provider: row.provider,
  model: row.model,
  tokensMax: row.tokensMax,
  microsMax: row.microsMax,
  retryOf: row.retryOf,
})

/** Rows that are not settled are no charges. */
const toCharge = (row: Row): Charge[] =>
  row.result && row.outcome
    ? [
        {
          ...toReservation(row),
          id: row.id,
          usage: {
            inputTokens: row.inputTokens,
            cachedTokens: row.cachedTokens,
            cacheWriteTokens: row.cacheWriteTokens,
            outputTokens: row.outputTokens,
            isEstimated: row.isEstimated,
          },
          micros: row.micros,
          firstTokenMs: row.firstTokenMs,
          durationMs: row.durationMs ?? 0,
          result: row.result,
          outcome: row.outcome,
        },
      ]
    : []

const within = ({ projectId, featureId, runId }: LedgerFilter) =>
  and(
    projectId ? eq(entries.projectId, projectId) : undefined,
    featureId ? eq(entries.featureId, featureId) : undefined,
    runId ? eq(entries.runId, runId) : undefined,
  )

const isSettled = isNotNull(entries.settledAt)
/** What a row counts against a cap: its cost once that is known, before that the most it may be. */
const MICROS = sql`case when ${entries.settledAt} is null then ${entries.microsMax} else ${entries.micros} end`
const TOKENS = sql`case when ${entries.settledAt} is null then ${entries.tokensMax} else ${entries.inputTokens} + ${entries.outputTokens} end`
const sumOf = (value: unknown, filter = sql`true`) => sql`coalesce(sum(${value}) filter (where ${filter}), 0)`.mapWith(Number)

export function ledgerStore(transaction: WorkspaceTransaction): LedgerStore {
  const { db, orgId, now } = transaction

  const write = async (chargeId: string, { usage, ...rest }: Settlement) => {
    const [row] = await db
      .update(entries)
      .set({ ...usage, ...rest, settledAt: now() })
      .where(and(eq(entries.id, chargeId), isNull(entries.settledAt)))
      .returning()
    return row
  }
  const abandon = async (open: readonly Row[]) => {
    for (const row of open) await write(row.id, abandoned(toReservation(row)))
    return open.length
  }
  const spent: LedgerStore['spent'] = async ({ projectId, featureId, runId }) => {
    const scopes = {
      run: runId === null ? sql`false` : eq(entries.runId, runId),
      feature: featureId === null ? sql`false` : eq(entries.featureId, featureId),
      project: sql`true`,
    }
    const [row] = await db
      .select({
        run: { micros: sumOf(MICROS, scopes.run), tokens: sumOf(TOKENS, scopes.run) },
        feature: { micros: sumOf(MICROS, scopes.feature), tokens: sumOf(TOKENS, scopes.feature) },
        project: { micros: sumOf(MICROS, scopes.project), tokens: sumOf(TOKENS, scopes.project) },
      })
      .from(entries)
      .where(projectId === null ? isNull(entries.projectId) : eq(entries.projectId, projectId))
    if (!row) throw new Error('The database gave no row for a sum.')
    return row
  }

  return {
    async reserve(scope: RunScope, reservation: Reservation) {
      const { projectId, featureId, runId } = scope
      // A run and a feature belong to one project: its lock serialises all three caps, and nobody can wait in a circle.
      await db.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, hashtext(${`${orgId}/${projectId}`}))`)
      const left = await db
        .select()
        .from(entries)
        .where(and(eq(entries.runId, runId), eq(entries.key, reservation.key), isNull(entries.settledAt)))
      await abandon(left)
      const { settings } = await modelSettingsStore(transaction).get()
      const used = await spent(scope)
      for (const level of ['run', 'feature', 'project'] as const) {
        if (level === 'feature' && featureId === null) continue
        const refusal = refusalOf({ scope: level, ...settings.caps[level] }, used[level], reservation)
        if (refusal) return refusal
      }
      const [row] = await db
        .insert(entries)
        .values({ projectId, featureId, runId, ...reservation, createdAt: now() })
        .returning({ id: entries.id })
      if (!row) throw new Error('The database returned no row for a reservation it stored.')
      return row.id
    },

    async settle(chargeId, settlement) {
      const row = await write(chargeId, settlement)
      return row && { projectId: row.projectId, featureId: row.featureId, runId: row.runId, agent: row.agent }
    },

    async judge(chargeId: string, outcome: ChargeOutcome) {
      await db
        .update(entries)
        .set({ outcome })
        .where(and(eq(entries.id, chargeId), isSettled))
    },

    async closeRun(runId) {
      return abandon(
        await db
          .select()
          .from(entries)
          .where(and(eq(entries.runId, runId), isNull(entries.settledAt))),
      )
    },

    spent,

    async charges({ limit, ...filter }) {
      const rows = await db
        .select()
        .from(entries)
        .where(and(within(filter), isSettled))
        .orderBy(desc(entries.createdAt), desc(entries.id))
        .limit(limit)
      return rows.flatMap((row) => toCharge(row).map((charge) => ({ ...charge, createdAt: row.createdAt.toISOString() })))
    },

    async receipt(filter) {
      const rows = await db
        .select({
          agent: entries.agent,
          outcome: entries.outcome,
          sum: {
            calls: sumOf(sql`1`),
            inputTokens: sumOf(entries.inputTokens),
            cachedTokens: sumOf(entries.cachedTokens),
            outputTokens: sumOf(entries.outputTokens),
            micros: sumOf(entries.micros),
            unpricedCalls: sumOf(sql`1`, isNull(entries.micros)),
          },
        })
        .from(entries)
        .where(and(within(filter), isSettled))
        .groupBy(entries.agent, entries.outcome)
        .orderBy(asc(min(entries.createdAt)))
      return receiptOfParts(rows.flatMap(({ outcome, ...row }) => (outcome ? [{ ...row, outcome }] : [])))
    },

    async history(agents) {
      const past: Charge[] = []
      for (const agent of agents) {
        const rows = await db
          .select()
          .from(entries)
          .where(and(eq(entries.agent, agent), isSettled))
          .orderBy(desc(entries.createdAt))
          .limit(HISTORY_PER_AGENT)
        past.push(...rows.flatMap(toCharge))
      }
      return past
    },
  }
}
