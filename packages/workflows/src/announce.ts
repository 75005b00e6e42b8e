/** The events that tell of a change, built from the thing that changed. */
import type { ChatMessage, CheckResult, EventInput, Feature, Job } from '@slipway/domain'

export const aboutFeature = (feature: Pick<Feature, 'id' | 'projectId'>) => ({ projectId: feature.projectId, featureId: feature.id })
export const aboutJob = (job: Pick<Job, 'id' | 'projectId' | 'featureId'>) => ({
  projectId: job.projectId,
  featureId: job.featureId,
  jobId: job.id,
})

export const featureChanged = (feature: Feature): EventInput => ({
  type: 'feature-changed',
  ...aboutFeature(feature),
  title: feature.title,
  status: feature.status,
})

export const messageAdded = (feature: Feature, message: ChatMessage): EventInput => ({
  type: 'message-added',
  ...aboutFeature(feature),
  messageId: message.id,
  role: message.role,
})

export const jobChanged = (job: Job): EventInput => ({ type: 'job-changed', ...aboutJob(job), status: job.status })

export const checkChanged = (job: Job, check: CheckResult): EventInput => ({ type: 'check-changed', ...aboutJob(job), check })
