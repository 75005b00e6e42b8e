/** Lock files as they may be installed: everything from the registry, by name and checksum, and nothing from anywhere else. */
import { failure } from '@slipway/domain'
import { z } from 'zod'

/** @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
const LockFile = z.looseObject({
  lockfileVersion: z.number().int().min(2),
  packages: z.record(
    z.string(),
    z.looseObject({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
})

/** The registry's own name; npm asks whichever registry it is told of in its place. */
const REGISTRY = 'https://registry.npmjs.org/'

/**
 * The same lock without addresses: npm then asks for each package's document, which the mirror judges, and compares what comes with the
 * checksum.
 * @param bytes package-lock.json as an app has it
 * @throws BUILD_FAILED when something in it comes from elsewhere, or without a checksum
 */
export function installableLock(bytes: Uint8Array | undefined): Uint8Array {
  const parsed = LockFile.safeParse(jsonOf(bytes))
  if (!parsed.success) throw refused('package-lock.json is missing, or is none of version 2 or 3. Restore the one the app was made with.')
  const { dependencies: _, ...lock } = parsed.data
  const packages = Object.entries(lock.packages).map(([path, { resolved, ...entry }]) => {
    const isOwn = path === ''
    const isForeign =
      entry.link || !(isOwn || path.startsWith('node_modules/')) || (resolved !== undefined && !resolved.startsWith(REGISTRY))
    if (isForeign) throw refused(`"${path}" would come from ${resolved ?? 'a folder'}; only packages of the registry are installed.`)
    if (!isOwn && !entry.inBundle && !entry.integrity) throw refused(`"${path}" has no checksum in package-lock.json.`)
    return [path, entry]
  })
  return Buffer.from(JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }))
}

const refused = (reason: string) => failure('BUILD_FAILED', { stage: 'deps', reason })

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? new Uint8Array()).toString())
  } catch {
    return undefined
  }
}
