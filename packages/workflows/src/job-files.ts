/** The files of a build: those of its archive, or those that it works on before there is one. */
import type { ObjectStore, Storage } from '@slipway/storage'
import { type AppFiles, unpackFiles } from './archive.ts'
import { archiveKey, sourcesKey } from './object-keys.ts'

/** Empty before anything was written. @throws NOT_FOUND for a job that is not there */
export async function filesOfJob(
  { storage, objects }: { storage: Storage; objects: ObjectStore },
  orgId: string,
  jobId: string,
): Promise<AppFiles> {
  const job = await storage.inWorkspace(orgId, (stores) => stores.jobs.get(jobId))
  const key = job.archiveSha256 ? archiveKey(orgId, job.archiveSha256) : sourcesKey(orgId, jobId)
  if (!(await objects.has(key))) return {}
  return unpackFiles(await objects.get(key))
}
