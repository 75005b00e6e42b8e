/** A workspace with a project, a feature and a job, as most tests of stores begin. */
import type { Feature, Job, Project } from '@slipway/domain'
import type { Stores } from '../stores.ts'
import type { TestDatabase } from './index.ts'

export interface FilledWorkspace {
  readonly orgId: string
  readonly project: Project
  readonly feature: Feature
  readonly job: Job
  inside<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export async function filledWorkspace({ storage, newWorkspace }: TestDatabase): Promise<FilledWorkspace> {
  const orgId = await newWorkspace()
  const inside = <T>(work: (stores: Stores) => Promise<T>) => storage.inWorkspace(orgId, work)
  return inside(async (stores) => {
    const project = await stores.projects.create({ name: 'Shop' })
    const feature = await stores.features.create({ projectId: project.id, title: 'First', idea: 'a shop for bikes' })
    const job = await stores.jobs.create({ featureId: feature.id })
    return { orgId, project, feature, job, inside }
  })
}
