/** What signing in promises. */
import { beforeEach, expect, test } from 'vitest'
import { adminRole, newcomerRole } from '../model/roles'
import { createApp } from '../server/app'
import { emptyDatabase } from './database'

let app: ReturnType<typeof createApp>

beforeEach(async () => {
  app = createApp(await emptyDatabase())
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(`/api/session/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

const session = async (cookie: string) => (await app.request('/api/session', { headers: { cookie } })).json()

const ada = { name: 'Ada', email: 'Ada@example.com', password: 'correct horse' }

test('the first account runs the app, the next ones begin with the least', async () => {
  const first = await post('sign-up', ada)
  const second = await post('sign-up', { ...ada, email: 'bob@example.com' })
  expect((await session(cookieOf(first))).account.role).toBe(adminRole)
  expect((await session(cookieOf(second))).account.role).toBe(newcomerRole)
})

test('signing in takes the right password, and signing out ends the session', async () => {
  await post('sign-up', ada)
  expect((await post('sign-in', { email: ada.email, password: 'wrong' })).status).toBe(401)

  const signedIn = await post('sign-in', { email: 'ada@example.com', password: ada.password })
  const cookie = cookieOf(signedIn)
  expect(signedIn.status).toBe(200)
  expect(signedIn.headers.get('set-cookie')).toContain('HttpOnly')
  expect((await session(cookie)).account.name).toBe('Ada')

  await post('sign-out', {}, { cookie })
  expect((await session(cookie)).account).toBeNull()
})

test('an address can have one account, and a password needs eight characters', async () => {
  await post('sign-up', ada)
  expect((await post('sign-up', ada)).status).toBe(409)
  expect((await post('sign-up', { ...ada, email: 'eve@example.com', password: 'short' })).status).toBe(422)
})

test('guessing passwords is stopped after ten tries', async () => {
  await post('sign-up', ada)
  for (let guess = 0; guess < 10; guess++)
    expect((await post('sign-in', { email: ada.email, password: `guess ${guess}` })).status).toBe(401)
  expect((await post('sign-in', { email: ada.email, password: ada.password })).status).toBe(403)
})

test('a page of another site cannot write here', async () => {
  expect((await post('sign-up', ada, { origin: 'https://elsewhere.example', host: 'localhost' })).status).toBe(403)
})

test('only administrators see who has an account', async () => {
  const admin = cookieOf(await post('sign-up', ada))
  const other = cookieOf(await post('sign-up', { ...ada, email: 'bob@example.com' }))
  expect((await app.request('/api/people', { headers: { cookie: other } })).status).toBe(403)
  expect(await (await app.request('/api/people', { headers: { cookie: admin } })).json()).toHaveLength(2)
})
