/** `slipway record`: the whole run of a feature as one file, for `slipway replay`. */
import { RECORDING_CONTAINS } from '@slipway/domain'
import type { Connection } from '../connect.ts'
import { downloadRecording } from '../download.ts'
import { findFeature } from '../find-feature.ts'
import type { Terminal } from '../terminal.ts'

export async function record(
  deps: Connection & { terminal: Terminal },
  options: { feature: string; out?: string | undefined },
): Promise<void> {
  const { id, title } = await findFeature(deps.client, options.feature)
  const path = await downloadRecording(deps, { featureId: id, path: options.out })
  deps.terminal.say(`${title} is recorded in ${path}`, 'pass')
  deps.terminal.say(`  It contains: ${RECORDING_CONTAINS}`)
}
