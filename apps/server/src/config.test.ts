import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting there is a server for one person on their own machine', () => {
  expect(readConfig({}, [])).toMatchObject({
    port: 4600,
    isPortFixed: false,
    host: '127.0.0.1',
    role: 'all',
    databaseUrl: undefined,
    isSignUpOpen: false,
    previewDomain: 'preview.localhost',
  })
})

test('arguments win over the environment', () => {
  const config = readConfig({ SLIPWAY_DATA: '/from/environment', PORT: '1' }, ['--data', '/from/argument', '--port', '5000'])
  expect(config).toMatchObject({ dataFolder: '/from/argument', port: 5000, isPortFixed: true })
})

test('every fault is told at once', () => {
  const environment = { PORT: 'many', DATABASE_URL: 'mysql://x', SLIPWAY_ROLE: 'king', SLIPWAY_JWKS_URL: 'https://issuer.example/jwks' }
  expect(() => readConfig(environment, [])).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*SLIPWAY_ROLE/)
  expect(() => readConfig({ SLIPWAY_JWKS_URL: 'https://issuer.example/jwks' }, [])).toThrow('SLIPWAY_JWKS_ISSUER')
  expect(() => readConfig({}, ['--prot', '1'])).toThrow('--prot')
})

test('generated code runs under bubblewrap, unless another engine that exists is named', () => {
  expect(readConfig({}, []).sandbox).toBe('local')
  expect(readConfig({ SLIPWAY_SANDBOX: 'runsc' }, []).sandbox).toBe('runsc')
  expect(() => readConfig({ SLIPWAY_SANDBOX: 'none' }, [])).toThrow('SLIPWAY_SANDBOX')
})

test('a setting that is empty is not there', () => {
  expect(readConfig({ DATABASE_URL: '', SLIPWAY_ORIGIN: '' }, [])).toMatchObject({ databaseUrl: undefined, origin: undefined })
})

test('previews live apart from Slipway itself, because generated apps run there', () => {
  const of = (origin: string, domain: string) => () => readConfig({ SLIPWAY_ORIGIN: origin, SLIPWAY_PREVIEW_DOMAIN: domain }, [])
  for (const domain of ['slipway.example', 'preview.slipway.example', 'example'])
    expect(of('https://slipway.example', domain), domain).toThrow('a domain apart')
  for (const domain of ['slipway-previews.example', 'myslipway.example'])
    expect(of('https://slipway.example', domain)().previewDomain).toBe(domain)
  expect(of('http://localhost:4600', 'preview.localhost')().previewDomain).toBe('preview.localhost')
})
