/** Sign in, sign up, sign out, and who is signed in. */
import { count, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { adminRole, newcomerRole } from '../../model/roles'
import { SignIn, SignUp } from '../../model/account'
import { access } from '../access'
import { config } from '../config'
import type { Database } from '../db/client'
import { check, Refusal } from '../http/refusal'
import { demoAccounts, DEMO_PASSWORD } from '../seed/accounts'
import { reachOf } from './access'
import { createAttemptLimit } from './attempts'
import { hashPassword, isPasswordOf } from './password'
import { closeSession, type Env, openSession, setSessionCookie } from './session'
import { accounts } from './tables'

export function accountRoutes(db: Database) {
  const attempts = createAttemptLimit()
  return new Hono<Env>()
    .get('/', async (c) => {
      const { account } = c.var
      const can = Object.fromEntries(
        Object.entries(access).map(([resource, rules]) => [
          resource,
          {
            read: reachOf(account, rules.read),
            create: reachOf(account, rules.create),
            update: reachOf(account, rules.update),
            delete: reachOf(account, rules.delete),
          },
        ]),
      )
      const demo = config.hasDemoData
        ? demoAccounts.map(({ name, email, role }) => ({ name, email, role, password: DEMO_PASSWORD }))
        : []
      return c.json({ account, can, demoAccounts: account ? [] : demo })
    })
    .post('/sign-in', async (c) => {
      const { email, password } = check(SignIn, await c.req.json())
      attempts.count(email)
      const [account] = await db.select().from(accounts).where(eq(accounts.email, email.toLowerCase()))
      if (!account || !(await isPasswordOf(password, account.passwordHash))) {
        throw new Refusal(401, 'This e-mail address and password do not belong together.')
      }
      attempts.forget(email)
      setSessionCookie(c, await openSession(db, account.id))
      return c.json({ ok: true })
    })
    .post('/sign-up', async (c) => {
      const { name, email, password } = check(SignUp, await c.req.json())
      const passwordHash = await hashPassword(password)
      const [existing] = await db.select({ total: count() }).from(accounts)
      // Whoever comes first to an empty app runs it.
      const role = existing?.total ? newcomerRole : adminRole
      const [account] = await db
        .insert(accounts)
        .values({ name, email: email.toLowerCase(), passwordHash, role })
        .returning({ id: accounts.id })
      if (account) setSessionCookie(c, await openSession(db, account.id))
      return c.json({ ok: true }, 201)
    })
    .post('/sign-out', async (c) => {
      await closeSession(db, c)
      return c.json({ ok: true })
    })
}
