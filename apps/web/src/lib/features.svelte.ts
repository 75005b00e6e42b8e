/** All features of the workspace, kept true by events. */
import type { FeatureSummary, LiveEvent } from '@slipway/domain'
import { api } from './api.ts'
import { listen } from './live.ts'

export const features = $state<{ list: FeatureSummary[] | undefined; failure: unknown }>({ list: undefined, failure: undefined })

let isLoading = false
let isStale = false
let known = 0

/** Loads, or loads once more when it was asked for while it loaded. */
export async function loadFeatures(): Promise<void> {
  if (isLoading) {
    isStale = true
    return
  }
  isLoading = true
  try {
    do {
      isStale = false
      const answer = await api.listFeatures({})
      known = answer.eventId
      features.list = answer.features
      features.failure = undefined
    } while (isStale)
  } catch (error) {
    features.failure = error
  } finally {
    isLoading = false
  }
}

const QUIET = new Set<LiveEvent['body']['type']>([
  'job-log',
  'check-changed',
  'preview-report',
  'message-added',
  'brief-changed',
  'spec-changed',
])

/** @returns the way to stop */
export async function watchFeatures(): Promise<() => void> {
  await loadFeatures()
  return listen(known, ({ id, body }) => {
    if (id > known && !QUIET.has(body.type)) void loadFeatures()
  })
}
