import fc from 'fast-check'
import { expect, test } from 'vitest'
import { installableLock } from './lock-file.ts'
import { appTemplate } from './testing/template-files.ts'

const INTEGRITY = 'sha512-xyz'
const lock = (packages: object) => Buffer.from(JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': {}, ...packages } }))
const packagesOf = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()).packages

test('the lock that every app begins with is complete', () => {
  const own = appTemplate().find(({ path }) => path === 'package-lock.json')
  const packages = packagesOf(installableLock(Buffer.from(own?.content ?? '')))
  expect(Object.keys(packages).length).toBeGreaterThan(100)
})

test('addresses at the registry are left out, so that every package is asked for by its name', () => {
  const left = { version: '1.0.0', integrity: INTEGRITY, dev: true }
  const installable = installableLock(
    lock({ 'node_modules/left': { ...left, resolved: 'https://registry.npmjs.org/left/-/left-1.0.0.tgz' } }),
  )
  expect(packagesOf(installable)).toEqual({ '': {}, 'node_modules/left': left })
})

test.each([
  'http://127.0.0.1:9/left-1.0.0.tgz',
  'https://registry.npmjs.org.evil.example/left-1.0.0.tgz',
  'https://registry.npmjs.org@evil.example/left-1.0.0.tgz',
  'git+ssh://git@github.com/x/left.git#1111111111111111111111111111111111111111',
  'file:../../etc',
  '',
])('what would come from %o is refused before anything is asked', (resolved) => {
  const bytes = lock({ 'node_modules/left': { version: '1.0.0', integrity: INTEGRITY, resolved } })
  expect(() => installableLock(bytes)).toThrow('only packages of the registry')
})

test('links, folders beside the app, and packages without a checksum are refused', () => {
  expect(() => installableLock(lock({ 'node_modules/left': { link: true, resolved: 'left' } }))).toThrow('only packages of the registry')
  expect(() => installableLock(lock({ '../left': { version: '1.0.0' } }))).toThrow('only packages of the registry')
  expect(() => installableLock(lock({ 'node_modules/left': { version: '1.0.0' } }))).toThrow('no checksum')
})

test('whatever stands in its place, it is installable or plainly refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      try {
        installableLock(Buffer.from(text))
      } catch (error) {
        expect(error).toMatchObject({ code: 'BUILD_FAILED' })
      }
    }),
  )
})
