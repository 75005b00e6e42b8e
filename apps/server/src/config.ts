/** Every setting of the server, read once from its environment and arguments: the only file that does. */
import { homedir, hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { failure } from '@slipway/domain'
import { SANDBOX_ENGINES, type SandboxEngine } from '@slipway/sandbox'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const address = z.url({ protocol: /^https?$/ })

const Settings = z
  .object({
    SLIPWAY_DATA: z.string().min(1).optional(),
    PORT: port.optional(),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    OBJECTS_URL: z.url().optional(),
    SLIPWAY_ROLE: z.enum(['all', 'server', 'worker']).default('all'),
    SLIPWAY_ORIGIN: address.optional(),
    SLIPWAY_PREVIEW_DOMAIN: z
      .string()
      .regex(/^[a-z0-9.-]+$/)
      .default('preview.localhost'),
    SLIPWAY_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
    SLIPWAY_SIGN_UP: z.enum(['open', 'closed']).default('closed'),
    SLIPWAY_VAULT_KEY: z.string().optional(),
    SLIPWAY_WORKER_ID: z.string().optional(),
    SLIPWAY_BUILDS_MAX: z.coerce.number().int().min(1).max(100).default(2),
    SLIPWAY_BUILDS_TOTAL: z.coerce.number().int().min(1).max(10_000).optional(),
    SLIPWAY_PREVIEW_IDLE_MINUTES: z.coerce.number().min(1).max(10_000).default(30),
    SLIPWAY_SANDBOX: z.enum(SANDBOX_ENGINES).default('local'),
    SLIPWAY_SANDBOX_IMAGE: z.string().min(1).optional(),
    E2B_API_KEY: z.string().min(1).optional(),
    SLIPWAY_E2B_TEMPLATE: z.string().min(1).optional(),
    SLIPWAY_REGISTRY: address.default('https://registry.npmjs.org/'),
    SLIPWAY_PACKAGE_AGE_DAYS: z.coerce.number().min(0).max(365).default(7),
    SLIPWAY_FIGMA_API: address.default('https://api.figma.com'),
    SLIPWAY_FIGMA_CLIENT_ID: z.string().optional(),
    SLIPWAY_FIGMA_CLIENT_SECRET: z.string().optional(),
    SLIPWAY_JWKS_URL: address.optional(),
    SLIPWAY_JWKS_ISSUER: z.string().optional(),
    SLIPWAY_JWKS_AUDIENCE: z.string().optional(),
    SLIPWAY_MODEL_ADDRESSES: z.enum(['any', 'public']).optional(),
    SLIPWAY_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  })
  .refine((value) => !value.SLIPWAY_JWKS_URL || (value.SLIPWAY_JWKS_ISSUER && value.SLIPWAY_JWKS_AUDIENCE), {
    path: ['SLIPWAY_JWKS_URL'],
    message: 'needs SLIPWAY_JWKS_ISSUER and SLIPWAY_JWKS_AUDIENCE beside it',
  })
  .refine((value) => !value.SLIPWAY_ORIGIN || isApart(new URL(value.SLIPWAY_ORIGIN).hostname, value.SLIPWAY_PREVIEW_DOMAIN), {
    path: ['SLIPWAY_PREVIEW_DOMAIN'],
    message: 'must be a domain apart from that of SLIPWAY_ORIGIN: generated apps could set cookies for Slipway itself',
  })

/** Neither is the other, or below it. Browsers let nobody set a cookie for all of localhost. */
function isApart(host: string, domain: string): boolean {
  return host === 'localhost' || (!`.${domain}`.endsWith(`.${host}`) && !`.${host}`.endsWith(`.${domain}`))
}

export interface Config {
  readonly dataFolder: string
  /** 0 asks the machine for a free one. */
  readonly port: number
  /** Whether this port and no other will do. */
  readonly isPortFixed: boolean
  readonly host: string
  readonly databaseUrl: string | undefined
  readonly objectsUrl: string | undefined
  readonly role: 'all' | 'server' | 'worker'
  /** The address people use, when it is not this machine's. */
  readonly origin: string | undefined
  readonly previewDomain: string
  /** How many proxies of ours stand before the server and write X-Forwarded-For. */
  readonly trustedProxies: number
  readonly isSignUpOpen: boolean
  readonly vaultKey: string | undefined
  readonly workerId: string
  readonly buildsMax: number
  readonly buildsTotal: number | undefined
  readonly previewIdleMs: number
  /** Which engine runs generated code. */
  readonly sandbox: SandboxEngine
  /** What containers begin as, when it is Docker. */
  readonly dockerImage: string | undefined
  readonly e2bApiKey: string | undefined
  readonly e2bTemplate: string | undefined
  readonly registryUrl: string
  /** Younger versions of packages are not installed; 0 admits all. */
  readonly packageAgeMs: number
  readonly figma: {
    readonly apiUrl: string
    /** Of this installation's app at Figma; without it people connect with personal tokens. */
    readonly oauth: { readonly clientId: string; readonly clientSecret: string } | undefined
  }
  readonly otherIssuer: { jwksUrl: string; issuer: string; audience: string } | undefined
  /** Where models may be asked: at any address, or on the internet only. */
  readonly modelAddresses: 'any' | 'public'
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

const USUAL_PORT = 4_600
const ARGUMENTS = { data: { type: 'string' }, port: { type: 'string' }, role: { type: 'string' } } as const

/** The configuration of this very process. @throws CONFIG_INVALID */
export const ownConfig = (args: readonly string[] = process.argv.slice(2)): Config => readConfig(process.env, args)

/** @throws CONFIG_INVALID with every fault at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, args: readonly string[]): Config {
  const given = argumentsOf(args)
  const named = { SLIPWAY_DATA: given.data, PORT: given.port, SLIPWAY_ROLE: given.role }
  const stated = Object.fromEntries(Object.entries({ ...environment, ...defined(named) }).filter(([, value]) => value !== ''))
  const result = Settings.safeParse(stated)
  if (!result.success) {
    throw failure('CONFIG_INVALID', { faults: result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) })
  }
  const value = result.data
  const dataFolder = resolve(value.SLIPWAY_DATA ?? join(homedir(), '.local/share/slipway'))
  return Object.freeze({
    dataFolder,
    port: value.PORT ?? USUAL_PORT,
    isPortFixed: value.PORT !== undefined,
    host: value.HOST,
    databaseUrl: value.DATABASE_URL,
    objectsUrl: value.OBJECTS_URL,
    role: value.SLIPWAY_ROLE,
    origin: value.SLIPWAY_ORIGIN ? new URL(value.SLIPWAY_ORIGIN).origin : undefined,
    previewDomain: value.SLIPWAY_PREVIEW_DOMAIN,
    trustedProxies: value.SLIPWAY_TRUSTED_PROXIES,
    isSignUpOpen: value.SLIPWAY_SIGN_UP === 'open',
    vaultKey: value.SLIPWAY_VAULT_KEY,
    // Two machines of one database, and two folders of one machine, are two workers.
    workerId: value.SLIPWAY_WORKER_ID ?? `${hostname()}:${dataFolder}`,
    buildsMax: value.SLIPWAY_BUILDS_MAX,
    buildsTotal: value.SLIPWAY_BUILDS_TOTAL,
    previewIdleMs: value.SLIPWAY_PREVIEW_IDLE_MINUTES * 60_000,
    sandbox: value.SLIPWAY_SANDBOX,
    dockerImage: value.SLIPWAY_SANDBOX_IMAGE,
    e2bApiKey: value.E2B_API_KEY,
    e2bTemplate: value.SLIPWAY_E2B_TEMPLATE,
    registryUrl: value.SLIPWAY_REGISTRY,
    packageAgeMs: value.SLIPWAY_PACKAGE_AGE_DAYS * 86_400_000,
    figma: {
      apiUrl: value.SLIPWAY_FIGMA_API,
      oauth:
        value.SLIPWAY_FIGMA_CLIENT_ID && value.SLIPWAY_FIGMA_CLIENT_SECRET
          ? { clientId: value.SLIPWAY_FIGMA_CLIENT_ID, clientSecret: value.SLIPWAY_FIGMA_CLIENT_SECRET }
          : undefined,
    },
    otherIssuer:
      value.SLIPWAY_JWKS_URL && value.SLIPWAY_JWKS_ISSUER && value.SLIPWAY_JWKS_AUDIENCE
        ? { jwksUrl: value.SLIPWAY_JWKS_URL, issuer: value.SLIPWAY_JWKS_ISSUER, audience: value.SLIPWAY_JWKS_AUDIENCE }
        : undefined,
    modelAddresses: value.SLIPWAY_MODEL_ADDRESSES ?? (value.SLIPWAY_ORIGIN ? 'public' : 'any'),
    logLevel: value.SLIPWAY_LOG_LEVEL,
  })
}

function argumentsOf(args: readonly string[]): { data?: string | undefined; port?: string | undefined; role?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: ARGUMENTS }).values
  } catch (error) {
    throw failure('CONFIG_INVALID', { faults: [(error as Error).message] })
  }
}

const defined = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
