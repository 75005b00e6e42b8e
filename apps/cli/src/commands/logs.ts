/** `slipway logs`: what the newest build of a feature wrote. */
import { isFinal, JOB } from '@slipway/domain'
import type { Connection } from '../connect.ts'
import { findFeature } from '../find-feature.ts'
import { liveEvents } from '../live.ts'
import type { Terminal } from '../terminal.ts'

export async function logs(deps: Connection & { terminal: Terminal }, options: { feature: string; follow: boolean }): Promise<void> {
  const { id, title, latestJob } = await findFeature(deps.client, options.feature)
  if (!latestJob) return deps.terminal.say(`${title} has not been built yet.`)
  const { lines, eventId } = await deps.client.getLog({ id: latestJob.id })
  for (const line of lines) deps.terminal.write(line.text.endsWith('\n') ? line.text : `${line.text}\n`)
  if (!options.follow || isFinal(JOB, latestJob.status)) return
  const stop = new AbortController()
  for await (const { body } of liveEvents(deps, { featureId: id, after: eventId, signal: stop.signal })) {
    if (body.jobId !== latestJob.id) continue
    if (body.type === 'job-log') deps.terminal.write(body.text.endsWith('\n') ? body.text : `${body.text}\n`)
    if (body.type === 'job-changed' && isFinal(JOB, body.status)) stop.abort()
  }
}
