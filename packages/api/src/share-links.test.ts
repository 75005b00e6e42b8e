import { PreviewShareLink } from '@slipway/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createShareLinks } from './share-links.ts'
import { ORIGIN, type TestApi, testApi } from './testing/test-api.ts'

let api: TestApi
let cookie: string
let jobId: string
beforeAll(async () => {
  api = await testApi()
  cookie = await api.signIn()
  const made = (await (await api.as(cookie, 'POST', '/api/projects', { idea: 'An app for bikes' })).json()) as { feature: { id: string } }
  const job = (await (await api.as(cookie, 'POST', `/api/features/${made.feature.id}/build`, {})).json()) as { id: string }
  jobId = job.id
}, 60_000)
afterAll(() => api.close())

const share = async (hours = 1) =>
  PreviewShareLink.parse(await (await api.as(cookie, 'POST', `/api/jobs/${jobId}/shares`, { hours })).json())
const follow = (url: string) => api.app.request(url.slice(ORIGIN.length))

test('a link opens its preview for somebody without an account, and nothing else', async () => {
  const { url, id } = await share()
  const answer = await follow(url)
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toBe(`http://3000-${jobId.replaceAll('-', '')}.preview.localhost:4600/enter?as=share:${id}`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.getSetCookie()).toEqual([])
  const { shares } = (await (await api.as(cookie, 'GET', `/api/jobs/${jobId}/shares`)).json()) as { shares: PreviewShareLink[] }
  expect(shares.find((one) => one.id === id)).toMatchObject({ url, visits: 1 })
})

test('a link that was taken back opens nothing, and whoever looked through it is shown out', async () => {
  const { url, id } = await share()
  expect((await api.as(cookie, 'DELETE', `/api/shares/${id}`)).status).toBe(200)
  expect(api.shownOut.at(-1)).toEqual({ previewId: jobId.replaceAll('-', ''), viewer: `share:${id}` })
  const answer = await follow(url)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('This link has ended')
  expect((await api.as(cookie, 'DELETE', `/api/shares/${id}`)).status).toBe(200)
})

test('a link that was not made here opens nothing, whatever of it was changed', async () => {
  const { url, id } = await share()
  const [org, , proof] = url.split('/').at(-1)?.split('.') ?? []
  const other = await share()
  const forged = createShareLinks({ origin: ORIGIN, secret: 'another secret' }).urlOf('org', id)
  const names = [`${org}.${other.id}.${proof}`, `${org}.${id}`, `${org}.${id}.${proof}.x`, `${org}.${id}.${proof?.slice(1)}`, 'x', '..']
  for (const token of names) expect((await follow(`${ORIGIN}/share/${token}`)).status, token).toBe(404)
  expect((await follow(forged)).status).toBe(404)
})

test('a life without end, of no length, or of a job that is not ours is refused', async () => {
  for (const hours of [0, -1, 1.5, 24 * 91, 'x'])
    expect((await api.as(cookie, 'POST', `/api/jobs/${jobId}/shares`, { hours })).status, String(hours)).toBe(422)
  const strange = '00000000-0000-4000-8000-000000000000'
  expect((await api.as(cookie, 'POST', `/api/jobs/${strange}/shares`, {})).status).toBe(404)
})
