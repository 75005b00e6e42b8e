/** One account per role to try the app with; made only together with the example records. */
import { roles } from '../../model/roles'
import { hashPassword } from '../accounts/password'
import { accounts } from '../accounts/tables'
import type { Database } from '../db/client'

export const DEMO_PASSWORD = 'try-it-out'

const NAMES = [
  'Alex Morgan',
  'Robin Bauer',
  'Sam Okafor',
  'Kim Larsen',
  'Noor Haddad',
  'Chris Vidal',
  'Toni Rossi',
  'Mika Sato',
  'Jo Ferreira',
]

export const demoAccounts = roles.map((role, index) => ({
  name: NAMES[index % NAMES.length] ?? role.label,
  email: `${role.value.toLowerCase()}@example.com`,
  role: role.value,
}))

/** @returns the new accounts' ids, in the order of the roles */
export async function seedAccounts(db: Database): Promise<number[]> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const rows = await db
    .insert(accounts)
    .values(demoAccounts.map((account) => ({ ...account, passwordHash })))
    .returning({ id: accounts.id })
  return rows.map((row) => row.id)
}
