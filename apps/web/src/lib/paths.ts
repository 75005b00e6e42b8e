/** Addresses of this app and of what the server streams. */
import { STREAMS } from '@slipway/domain'
import type { Tab } from './words.ts'

export const tabPath = (featureId: string, tab: Tab): string => `/features/${featureId}/${tab}`

/** A picture of the conversation. */
export const chatImagePath = (featureId: string, imageId: string): string =>
  STREAMS.chatImage.path.replace('{id}', encodeURIComponent(featureId)).replace('{imageId}', encodeURIComponent(imageId))

/** What a feature costs and has cost. */
export const moneyPath = (featureId: string): string => `/features/${featureId}/money`

/** The zip of the newest ready build, or of the version of that name. */
export function downloadPath(featureId: string, version?: string): string {
  const path = STREAMS.download.path.replace('{id}', encodeURIComponent(featureId))
  return version ? `${path}?version=${encodeURIComponent(version)}` : path
}

/** The whole run of a feature, for `slipway replay`. */
export const recordingPath = (featureId: string): string => STREAMS.recording.path.replace('{id}', encodeURIComponent(featureId))

/** The reference of the HTTP API, as the server serves it. */
export const API_REFERENCE = '/api/docs'
