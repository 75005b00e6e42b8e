/** Where the pipeline keeps files in the object store. */

/** The zip of a version; named by its content, so that the same app is stored once. */
export const archiveKey = (orgId: string, sha256: string): string => `archives/${orgId}/${sha256}.zip`

/** The sources of a job while it is built: what its sandbox is made from again after a crash. */
export const sourcesKey = (orgId: string, jobId: string): string => `sources/${orgId}/${jobId}.zip`

/** What a plan that is coded in a lane has made of the sources so far; `base` is what the lanes of a wave begin with. */
export const laneKey = (orgId: string, jobId: string, plan: string): string => `${lanesPrefix(orgId, jobId)}${plan}.zip`
export const lanesPrefix = (orgId: string, jobId: string): string => `lanes/${orgId}/${jobId}/`

/** The sources after a task of a plan that a model wrote, named by all that it was written from: the same task is not paid twice. */
export const codedKey = (orgId: string, featureId: string, sha256: string): string => `${codedPrefix(orgId, featureId)}${sha256}.zip`
export const codedPrefix = (orgId: string, featureId: string): string => `coded/${orgId}/${featureId}/`

/** A picture that an owner attached to the conversation. */
export const chatImageKey = (orgId: string, featureId: string, imageId: string): string => `${chatImagePrefix(orgId, featureId)}${imageId}`
export const chatImagePrefix = (orgId: string, featureId: string): string => `chat-images/${orgId}/${featureId}/`
