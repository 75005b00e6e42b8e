/** All features of the workspace, kept true by events. */
import type { EventType, FeatureSummary } from '@slipway/domain'
import { api } from './api.ts'
import { listen } from './live.svelte.ts'

export const features = $state<{ list: FeatureSummary[] | undefined; failure: unknown }>({ list: undefined, failure: undefined })

/** Whether an event of this type changes what the list shows. */
const IS_LISTED: Record<EventType, boolean> = {
  'project-changed': true,
  'project-deleted': true,
  'feature-changed': true,
  'feature-deleted': true,
  'feature-restored': true,
  'message-added': false,
  'brief-changed': false,
  'spec-changed': false,
  'backlog-changed': false,
  'backlog-run-changed': false,
  'plan-changed': false,
  'job-changed': true,
  'queue-moved': false,
  'job-log': false,
  'check-changed': false,
  'preview-answers': false,
  'preview-report': false,
  'shares-changed': false,
  'version-added': true,
  'prototype-changed': false,
  writing: false,
  'money-spent': false,
}

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

/** @returns the way to stop */
export async function watchFeatures(): Promise<() => void> {
  await loadFeatures()
  return listen(known, ({ id, body }) => {
    if (id > known && IS_LISTED[body.type]) void loadFeatures()
  })
}
