import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './testing/index.ts'

let database: TestDatabase
let org: string
beforeAll(async () => {
  database = await testDatabase()
  org = await database.newWorkspace()
})
afterAll(() => database.close())

test('a project and its feature', async () => {
  const { project, feature } = await database.storage.inWorkspace(org, async (stores) => {
    const project = await stores.projects.create({ name: 'Shop' })
    const feature = await stores.features.create({ projectId: project.id, title: 'T', idea: 'an idea' })
    return { project, feature }
  })
  expect(feature.status).toBe('drafting')
  expect(await database.storage.inWorkspace(org, (stores) => stores.projects.get(project.id))).toEqual(project)
})
