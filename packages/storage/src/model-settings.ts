/** Which models a workspace uses and how much it may spend, as its owner last saved it. */
import { failure, ModelSettings, NO_MODELS } from '@slipway/domain'
import { eq } from 'drizzle-orm'
import { modelSettings } from './schema/models.ts'
import type { ModelSettingsStore } from './stores.ts'
import type { WorkspaceTransaction } from './workspace-transaction.ts'

export function modelSettingsStore({ db, now }: WorkspaceTransaction): ModelSettingsStore {
  return {
    async get() {
      const [row] = await db.select().from(modelSettings)
      return row ? { settings: ModelSettings.parse(row.settings), revision: row.revision } : { settings: NO_MODELS, revision: 0 }
    },

    async save(settings, expected) {
      const values = { settings: ModelSettings.parse(settings), revision: expected + 1 }
      const written =
        expected === 0
          ? await db.insert(modelSettings).values(values).onConflictDoNothing().returning()
          : await db
              .update(modelSettings)
              .set({ ...values, updatedAt: now() })
              .where(eq(modelSettings.revision, expected))
              .returning()
      if (written.length === 0) throw failure('CONFLICT', { what: 'The model settings' })
      return values.revision
    },
  }
}
