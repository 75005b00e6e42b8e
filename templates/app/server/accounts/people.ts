/** For administrators: who has an account, and in which role. */
import { asc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { PersonInput } from '../../model/account'
import type { Database } from '../db/client'
import { check, idOf, notFound, Refusal } from '../http/refusal'
import { requireAdmin } from './access'
import type { Env } from './session'
import { accounts } from './tables'

const shown = {
  id: accounts.id,
  name: accounts.name,
  email: accounts.email,
  role: accounts.role,
  createdAt: accounts.createdAt,
}

export function peopleRoutes(db: Database) {
  return new Hono<Env>()
    .use(async (c, next) => {
      requireAdmin(c.var.account)
      await next()
    })
    .get('/', async (c) => c.json(await db.select(shown).from(accounts).orderBy(asc(accounts.name))))
    .patch('/:id', async (c) => {
      const id = idOf(c.req.param('id'), 'account')
      const { role } = check(PersonInput, await c.req.json())
      if (id === c.var.account?.id) throw new Refusal(409, 'You cannot change your own role.')
      const [person] = await db.update(accounts).set({ role }).where(eq(accounts.id, id)).returning(shown)
      if (!person) throw notFound('account')
      return c.json(person)
    })
    .delete('/:id', async (c) => {
      const id = idOf(c.req.param('id'), 'account')
      if (id === c.var.account?.id) throw new Refusal(409, 'You cannot delete your own account here.')
      const [person] = await db.delete(accounts).where(eq(accounts.id, id)).returning({ id: accounts.id })
      if (!person) throw notFound('account')
      return c.json(person)
    })
}
