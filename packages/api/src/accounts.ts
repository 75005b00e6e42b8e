/** Accounts by better-auth: sessions in cookies, e-mail and password, organisations as workspaces, tokens that others can verify. */
import { randomBytes } from 'node:crypto'
import { failure } from '@slipway/domain'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { jwt, organization } from 'better-auth/plugins'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import pg from 'pg'
import { createSignInLinks } from './sign-in-links.ts'
import type { Viewer } from './viewer.ts'

export interface AccountsOptions {
  /** The app's login; the tables are in its schema `auth`. */
  readonly databaseUrl: string
  /** Signs the cookies. */
  readonly secret: string
  /** The address people open, such as http://localhost:4600. */
  readonly origin: string
  readonly trustedOrigins: readonly string[]
  readonly log: (line: object) => void
}

export interface Accounts {
  /** Brings the tables up to date. Safe to repeat, also by several processes at once. */
  migrate(): Promise<void>
  /** The routes below /api/auth. */
  handle(request: Request): Promise<Response>
  /** By cookie, or by a token that this server issued. */
  viewerOf(headers: Headers): Promise<Viewer | undefined>
  /** Whether nobody has an account yet. */
  isFresh(): Promise<boolean>
  /**
   * Makes the first account with its workspace and signs in.
   * @returns the cookies to set; @throws NOT_ALLOWED when somebody was quicker
   */
  createOwner(name: string): Promise<{ viewer: Viewer; cookies: readonly string[] }>
  /** Whoever was here first: for tools that run beside the server as the same user. */
  owner(): Promise<Viewer | undefined>
  /** A path that signs the viewer in, once, within five minutes. */
  signInPath(viewer: Viewer): string
  close(): Promise<void>
}

/** The header in which the server, and nobody else, writes the client's address. */
export const ADDRESS_HEADER = 'x-slipway-client-address'

const SESSION_S = 60 * 60 * 24 * 90
const MIGRATION_LOCK = 4_600_001
const FIRST_VISIT_LOCK = 4_600_002

const WORKSPACES = `
  select u.id as "userId", u.name, u.email, o.id as "orgId", o.name as "orgName"
  from "user" u join member m on m."userId" = u.id join organization o on o.id = m."organizationId"`

export function createAccounts(options: AccountsOptions): Accounts {
  const url = new URL(options.databaseUrl)
  url.searchParams.set('options', '-c search_path=auth')
  const pool = new pg.Pool({ connectionString: url.href, max: 5 })
  // Whoever waits for a lock must not hold a connection that the one who has it needs to get on.
  const locks = new pg.Pool({ connectionString: url.href, max: 1 })
  for (const one of [pool, locks]) one.on('error', (error) => options.log({ level: 'warn', at: 'accounts.pool', message: error.message }))
  const level = { debug: 'debug', info: 'debug', warn: 'warn', error: 'error', success: 'debug' } as const

  const signInLinks = createSignInLinks()
  const auth = betterAuth({
    database: pool,
    secret: options.secret,
    baseURL: options.origin,
    basePath: '/api/auth',
    trustedOrigins: [...options.trustedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 10 },
    session: { expiresIn: SESSION_S, updateAge: 60 * 60 * 24 },
    plugins: [organization(), signInLinks.plugin, jwt({ jwt: { issuer: options.origin, audience: options.origin } })],
    advanced: {
      useSecureCookies: options.origin.startsWith('https:'),
      cookiePrefix: 'slipway',
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    rateLimit: { enabled: true, window: 60, max: 100, customRules: { '/sign-in/email': { window: 60, max: 10 } } },
    databaseHooks: {
      user: { create: { after: async (user) => void (await makeWorkspace(user.id, user.name)) } },
    },
    telemetry: { enabled: false },
    logger: { log: (kind, message) => options.log({ level: level[kind as keyof typeof level] ?? 'warn', at: 'accounts', message }) },
  })

  async function makeWorkspace(userId: string, name: string) {
    const slug = `w-${randomBytes(8).toString('hex')}`
    await auth.api.createOrganization({ body: { name: `${name}'s workspace`, slug, userId } })
  }

  const withLock = async <T>(lock: number, work: () => Promise<T>): Promise<T> => {
    const client = await locks.connect()
    try {
      await client.query('select pg_advisory_lock($1)', [lock])
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock])
      client.release()
    }
  }

  const viewerBy = async (condition: string, values: readonly string[]): Promise<Viewer | undefined> => {
    const { rows } = await pool.query<Viewer>(`${WORKSPACES} ${condition} order by u."createdAt", m."createdAt" limit 1`, [...values])
    return rows[0]
  }
  const viewerInOrg = (userId: string, orgId: string | null | undefined) =>
    orgId ? viewerBy('where u.id = $1 and o.id = $2', [userId, orgId]) : viewerBy('where u.id = $1', [userId])
  const isFresh = async () => (await pool.query('select 1 from "user" limit 1')).rowCount === 0

  return {
    async migrate() {
      await withLock(MIGRATION_LOCK, async () => (await getMigrations(auth.options)).runMigrations())
    },

    handle: (request) => auth.handler(request),

    async viewerOf(headers) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(headers.get('authorization') ?? '')?.[1]
      if (token) {
        const keys = createLocalJWKSet((await auth.api.getJwks()) as unknown as JSONWebKeySet)
        const claims = await jwtVerify(token, keys, { issuer: options.origin, audience: options.origin }).catch(() => undefined)
        return claims?.payload.sub ? viewerInOrg(claims.payload.sub, undefined) : undefined
      }
      const found = await auth.api.getSession({ headers })
      return found ? viewerInOrg(found.user.id, found.session.activeOrganizationId) : undefined
    },

    isFresh,

    createOwner: (name) =>
      withLock(FIRST_VISIT_LOCK, async () => {
        if (!(await isFresh())) throw failure('NOT_ALLOWED', { action: 'become the first owner' })
        const email = 'owner@slipway.local'
        const password = randomBytes(24).toString('base64url')
        const { headers, response } = await auth.api.signUpEmail({ body: { name, email, password }, returnHeaders: true })
        const viewer = await viewerInOrg(response.user.id, undefined)
        if (!viewer) throw new Error('The owner was made without a workspace.')
        return { viewer, cookies: headers.getSetCookie() }
      }),

    owner: () => viewerBy('', []),
    signInPath: ({ userId }) => `/api/auth${signInLinks.pathFor(userId)}`,
    async close() {
      await locks.end()
      await pool.end()
    },
  }
}
