/** What is said of revisions and of what they changed. */
import type { DocumentChange, Revision } from '@slipway/domain'

const MADE = { written: 'Written', edited: 'Edited', revised: 'Revised', restored: 'Brought back' } as const

/** "Revised by house-model", "Edited by Ada", "Brought back from revision 1 by Ada". */
export function sayRevision({ made, by, note }: Revision): string {
  if (!made) return 'Made before origins were noted'
  const who = by ? `by ${by}` : made === 'written' || made === 'revised' ? 'by the built-in analyst' : 'by hand'
  return `${MADE[made]}${made === 'restored' ? ` from revision ${note}` : ''} ${who}`
}

/** What it was asked for, where it was. */
export const askedIn = ({ made, note }: Revision): string => (made === 'revised' ? note : '')

export const SECTION_WORDS: Record<DocumentChange['section'], string> = {
  summary: 'Summary',
  requirement: 'Requirements',
  record: 'Records',
  page: 'Pages',
  role: 'Roles',
  app: 'The app as a whole',
  plan: 'Plans',
}

export const KIND_WORDS: Record<DocumentChange['kind'], string> = { added: 'Added', removed: 'Removed', changed: 'Changed' }

/** "3 added, 1 changed"; empty when nothing differs. */
export function countChanges(changes: readonly DocumentChange[]): string {
  const kinds = Object.keys(KIND_WORDS) as DocumentChange['kind'][]
  return kinds
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(', ')
}
