/** Which versions of which packages a sandbox may add: none that is younger than a while, none whose name only looks like a known one. */
import { z } from 'zod'
import { WELL_KNOWN_PACKAGES } from './well-known-packages.ts'

/** What is read of a package's full document; everything else is passed on as it came. */
const PackageDocument = z.looseObject({
  name: z.string(),
  'dist-tags': z.record(z.string(), z.string()).optional(),
  time: z.record(z.string(), z.string()).optional(),
  versions: z.record(z.string(), z.looseObject({ scripts: z.record(z.string(), z.unknown()).optional().catch(undefined) })),
})
type PackageDocument = z.infer<typeof PackageDocument>

export interface PolicyOptions {
  /** Versions younger than this are as if they were not there: bad ones are mostly found within days. 0 admits all. */
  readonly ageMsMin: number
  readonly nowMs: number
}

export type Judged =
  | {
      readonly isAllowed: true
      readonly document: PackageDocument
      /** Whether one of the versions would run commands at its install; none is run in a sandbox. */
      readonly hasInstallScript: boolean
    }
  | { readonly isAllowed: false; readonly reason: string }

const DAY_MS = 86_400_000
/** A name that looks like a known one is believed when it has been there for long and was cared for. */
const ESTABLISHED_AGE_MS = 365 * DAY_MS
const ESTABLISHED_VERSIONS = 5
/** Shorter names are all near each other. */
const SIMILAR_CHARS_MIN = 5

/** @param body a full package document, as the registry gave it */
export function judgePackage(body: unknown, { ageMsMin, nowMs }: PolicyOptions): Judged {
  const parsed = PackageDocument.safeParse(body)
  if (!parsed.success) return { isAllowed: false, reason: 'The registry answered with something that is no package.' }
  const { name, versions, time = {}, 'dist-tags': tags = {} } = parsed.data
  const twin = similarWellKnown(name)
  const isEstablished = Object.keys(versions).length >= ESTABLISHED_VERSIONS && nowMs - Date.parse(time.created ?? '') >= ESTABLISHED_AGE_MS
  if (twin && !isEstablished)
    return { isAllowed: false, reason: `"${name}" is new and looks like "${twin}". If "${twin}" is meant, add that.` }
  const kept = Object.entries(versions).filter(([version]) => ageMsMin === 0 || nowMs - Date.parse(time[version] ?? '') >= ageMsMin)
  if (kept.length === 0) {
    const days = Math.round(ageMsMin / DAY_MS)
    return { isAllowed: false, reason: `"${name}" has no version that is known to be ${days} days old; younger ones are not added.` }
  }
  const allowed = Object.fromEntries(kept)
  const document = { ...parsed.data, versions: allowed, 'dist-tags': tagsAmong(tags, allowed, time) }
  return { isAllowed: true, document, hasInstallScript: kept.some(([, version]) => runsAtInstall(version.scripts)) }
}

const runsAtInstall = (scripts: Readonly<Record<string, unknown>> | undefined) =>
  ['preinstall', 'install', 'postinstall'].some((name) => scripts?.[name] !== undefined)

/** A tag whose version is not there is left out; `latest` leads to the one that was published last, and is no preview of one. */
function tagsAmong(
  tags: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, unknown>>,
  time: Readonly<Record<string, string>>,
) {
  const kept = Object.fromEntries(Object.entries(tags).filter(([, version]) => versions[version] !== undefined))
  if (kept.latest) return kept
  const byTime = Object.keys(versions).sort((a, b) => Date.parse(time[a] ?? '') - Date.parse(time[b] ?? ''))
  const latest = byTime.filter((version) => !version.includes('-')).at(-1) ?? byTime.at(-1)
  return latest ? { ...kept, latest } : kept
}

const KNOWN = new Set(WELL_KNOWN_PACKAGES)
/** "@types/node", "types-node" and "TypesNode" are one to a hasty eye. */
const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
const KNOWN_BY_BARE = new Map(WELL_KNOWN_PACKAGES.map((name) => [bare(name), name]))

/** The well-known package that `name` could be taken for: the same letters, or one letter added, lost, changed, or two swapped. */
export function similarWellKnown(name: string): string | undefined {
  if (KNOWN.has(name)) return undefined
  const letters = bare(name)
  const same = KNOWN_BY_BARE.get(letters)
  if (same) return same
  if (letters.length < SIMILAR_CHARS_MIN) return undefined
  for (const [known, spelled] of KNOWN_BY_BARE) {
    if (known.length >= SIMILAR_CHARS_MIN && isOneSlipAway(letters, known)) return spelled
  }
  return undefined
}

function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  if (a.length !== b.length) {
    const [long, short] = a.length > b.length ? [a, b] : [b, a]
    return long.slice(start + 1) === short.slice(start)
  }
  const isSwapped = a[start] === b[start + 1] && a[start + 1] === b[start] && a.slice(start + 2) === b.slice(start + 2)
  return isSwapped || a.slice(start + 1) === b.slice(start + 1)
}

/** Fields of a version that an installer needs. @see the registry's abbreviated documents, application/vnd.npm.install-v1+json */
const INSTALL_FIELDS = [
  'name',
  'version',
  'deprecated',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'bundleDependencies',
  'bundledDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'acceptDependencies',
  'bin',
  'directories',
  'dist',
  'engines',
  'os',
  'cpu',
  'libc',
  '_hasShrinkwrap',
]

/** The document as an installer asks for it: a small part of the whole. */
export function abbreviated(document: PackageDocument): object {
  const versions = Object.entries(document.versions).map(([version, fields]) => {
    const needed = INSTALL_FIELDS.filter((field) => fields[field] !== undefined).map((field) => [field, fields[field]])
    return [version, { ...Object.fromEntries(needed), ...(runsAtInstall(fields.scripts) ? { hasInstallScript: true } : {}) }]
  })
  return {
    name: document.name,
    'dist-tags': document['dist-tags'],
    versions: Object.fromEntries(versions),
    ...(document.time?.modified ? { modified: document.time.modified } : {}),
  }
}
