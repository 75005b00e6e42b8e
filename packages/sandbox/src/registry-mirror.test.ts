import fc from 'fast-check'
import { expect, test } from 'vitest'
import { registryRequest } from './registry-mirror.ts'

test('packages and their tarballs may be read', () => {
  expect(registryRequest('GET', '/left-pad')).toEqual({ kind: 'document', path: 'left-pad' })
  expect(registryRequest('GET', '/@types%2fnode')).toEqual({ kind: 'document', path: '@types/node' })
  expect(registryRequest('HEAD', '/@types/node/-/node-24.1.0.tgz')).toEqual({ kind: 'tarball', path: '@types/node/-/node-24.1.0.tgz' })
})

test.each([
  ['PUT', '/left-pad'],
  ['GET', '/left-pad?x=1'],
  ['GET', '/-/v1/search?text=x'],
  ['GET', '/-/npm/v1/security/advisories/bulk'],
  ['GET', '/..%2f..%2fetc%2fpasswd'],
  ['GET', '/%'],
  ['GET', '//evil.example/x'],
  ['GET', '/left-pad/-/../../x.tgz'],
])('%s %s may not', (method, url) => {
  expect(registryRequest(method, url)).toBeUndefined()
})

test('whatever is asked, what is asked of the registry is a plain path below it', () => {
  fc.assert(
    fc.property(fc.webPath({ size: 'medium' }), (path) => {
      const wanted = registryRequest('GET', path || '/')
      if (wanted)
        expect(new URL(wanted.path, 'https://registry.example/').href).toMatch(/^https:\/\/registry\.example\/[\w@.~-]+(\/[\w.~+-]+){0,3}$/)
    }),
  )
})
