/** Sessions: a random token in a cookie that scripts cannot read. */
import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt } from 'drizzle-orm'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Database } from '../db/client'
import { accounts, sessions } from './tables'

const COOKIE = 'session'
const DAYS = 30

export interface Account {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: string
}

export interface Env {
  Variables: { account: Account | null }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** @returns the token for the cookie */
export async function openSession(db: Database, accountId: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db
    .insert(sessions)
    .values({ id: hashOf(token), accountId, expiresAt: new Date(Date.now() + DAYS * 86_400_000) })
  return token
}

/** A preview runs in a frame of another site, where only a partitioned cookie is kept. */
export function setSessionCookie(c: Context, token: string) {
  const isPreview = /\.preview\.localhost(:\d+)?$/.test(c.req.header('host') ?? '')
  const isHttps = c.req.header('x-forwarded-proto') === 'https' || new URL(c.req.url).protocol === 'https:'
  setCookie(c, COOKIE, token, {
    path: '/',
    httpOnly: true,
    maxAge: DAYS * 86_400,
    ...(isPreview ? { sameSite: 'None', secure: true, partitioned: true } : { sameSite: 'Lax', secure: isHttps }),
  })
}

export async function closeSession(db: Database, c: Context) {
  const token = getCookie(c, COOKIE)
  if (token) await db.delete(sessions).where(eq(sessions.id, hashOf(token)))
  deleteCookie(c, COOKIE, { path: '/' })
}

/** Finds out who is asking; `c.var.account` is null for a visitor. */
export const whoIsAsking = (db: Database) =>
  createMiddleware<Env>(async (c, next) => {
    const token = getCookie(c, COOKIE)
    const [account] = token
      ? await db
          .select({ id: accounts.id, name: accounts.name, email: accounts.email, role: accounts.role })
          .from(sessions)
          .innerJoin(accounts, eq(accounts.id, sessions.accountId))
          .where(and(eq(sessions.id, hashOf(token)), gt(sessions.expiresAt, new Date())))
      : []
    c.set('account', account ?? null)
    await next()
  })
