/** `slipway list`: every feature with its state, last changed first. */
import { type Client, type FeatureStatus, sayQueuePlace } from '@slipway/domain'
import type { Mark, Terminal } from '../terminal.ts'

const MARK: Record<FeatureStatus, Mark> = {
  drafting: 'need',
  spec_generating: 'run',
  spec_ready: 'need',
  plan_generating: 'run',
  plan_ready: 'need',
  plan_approved: 'run',
  building: 'run',
  built: 'pass',
  build_failed: 'fail',
}

export async function list(deps: { client: Client; terminal: Terminal }, options: { json: boolean }): Promise<void> {
  const { features } = await deps.client.listFeatures({})
  if (options.json) return deps.terminal.say(JSON.stringify(features, null, 2))
  if (features.length === 0) return deps.terminal.say('Nothing here yet. Begin with: slipway new "an app for a bike workshop"')
  for (const feature of features) {
    const { buildVersion, queuePlace } = feature.latestJob ?? {}
    const more = queuePlace ? sayQueuePlace(queuePlace) : (buildVersion ?? '')
    deps.terminal.say(`${feature.title}  ${feature.status.replaceAll('_', ' ')}  ${more}  ${feature.id}`, MARK[feature.status])
  }
}
