import { expect, test } from 'vitest'
import { createClient, ProblemError } from './index.ts'

const ID = '0190b2a0-0000-7000-8000-000000000001'
const feature = {
  id: ID,
  projectId: ID,
  title: 'New',
  idea: 'a list of bikes',
  status: 'drafting',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}

function clientAnswering(status: number, answer: string) {
  const calls: { url: string; method: string; body?: string }[] = []
  const fetch = async (url: string, init: { method: string; body?: string }) => {
    calls.push({ url, method: init.method, ...(init.body === undefined ? {} : { body: init.body }) })
    return { ok: status < 400, status, text: async () => answer }
  }
  return { calls, client: createClient({ fetch, baseUrl: 'http://slipway.test' }) }
}

test('the input fills the path first and the rest becomes the body', async () => {
  const { calls, client } = clientAnswering(200, JSON.stringify(feature))
  await expect(client.renameFeature({ id: ID, title: 'New' })).resolves.toMatchObject({ title: 'New', status: 'drafting' })
  expect(calls).toEqual([{ url: `http://slipway.test/api/features/${ID}`, method: 'PATCH', body: '{"title":"New"}' }])
})

test('a query is encoded', async () => {
  const { calls, client } = clientAnswering(200, '{"path":"a b","content":"","isBinary":false}')
  await client.readCode({ id: ID, path: 'src/a b&c.ts' })
  expect(calls[0]?.url).toBe(`http://slipway.test/api/jobs/${ID}/file?path=src%2Fa%20b%26c.ts`)
})

test('a problem is thrown with the words of the server', async () => {
  const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'NOT_FOUND', detail: 'There is no job 7.' }
  const { client } = clientAnswering(404, JSON.stringify(problem))
  await expect(client.getJob({ id: ID })).rejects.toThrow('There is no job 7.')
})

test('an answer that is not ours is told as such, not as a parse error', async () => {
  const { client } = clientAnswering(502, '<html>Bad gateway</html>')
  const error = await client.listFeatures({}).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  expect((error as ProblemError).problem.code).toBe('UNEXPECTED')
})
