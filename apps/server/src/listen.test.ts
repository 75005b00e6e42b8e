import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress } from './listen.ts'

const request = (forwarded?: string) =>
  ({ socket: { remoteAddress: '10.0.0.9' }, headers: forwarded ? { 'x-forwarded-for': forwarded } : {} }) as unknown as IncomingMessage

test('what a client writes about itself is not believed', () => {
  expect(clientAddress(request('1.1.1.1'), 0)).toBe('10.0.0.9')
})

test('behind our own proxies the address is the one that the outermost of them saw', () => {
  expect(clientAddress(request('6.6.6.6, 2.2.2.2'), 1)).toBe('2.2.2.2')
  expect(clientAddress(request('6.6.6.6, 2.2.2.2, 10.0.0.1'), 2)).toBe('2.2.2.2')
  expect(clientAddress(request(), 1)).toBe('10.0.0.9')
})
