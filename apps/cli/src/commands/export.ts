/** `slipway export`: the zip of a ready build, on disk. */
import type { Connection } from '../connect.ts'
import { downloadZip } from '../download.ts'
import { findFeature } from '../find-feature.ts'
import type { Terminal } from '../terminal.ts'

export async function exportFeature(
  deps: Connection & { terminal: Terminal },
  options: { feature: string; out: string; versionName?: string | undefined },
): Promise<void> {
  const { id, title } = await findFeature(deps.client, options.feature)
  const path = await downloadZip(deps, { featureId: id, folder: options.out, version: options.versionName })
  deps.terminal.say(`${title} is at ${path}`, 'pass')
}
