/** What is told of a revision beside the document itself. */
import type { Revision } from '@slipway/domain'
import type { specs } from './schema/documents.ts'
import { iso } from './workspace-transaction.ts'

type Row = Pick<typeof specs.$inferSelect, 'revision' | 'made' | 'by' | 'note' | 'createdAt'>

export const toRevision = ({ revision, made, by, note, createdAt }: Row): Revision => ({
  ...{ number: revision, made, by, note },
  createdAt: iso(createdAt),
})
