import { readdirSync, readFileSync } from 'node:fs'
import { Blueprint } from '@slipway/domain'
import fc from 'fast-check'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { compileApp, packageName } from './compile-app.ts'
import { randomBlueprint } from './testing/random-blueprint.ts'
import { readTemplate } from './testing/template-files.ts'

const SAMPLES = new URL('samples/', import.meta.url)
const template = readTemplate()
const samples = readdirSync(SAMPLES).map(
  (name) => [name, Blueprint.parse(JSON.parse(readFileSync(new URL(name, SAMPLES), 'utf8')))] as const,
)

const written = (blueprint: Blueprint) => {
  const fixed = new Set(template.map((file) => file.content))
  return compileApp(blueprint, template).filter((file) => !fixed.has(file.content))
}

const syntaxFaults = (files: readonly { path: string; content: string }[]) =>
  files
    .filter((file) => /\.tsx?$/.test(file.path))
    .flatMap((file) => parseSync(file.path, file.content).errors.map((error) => `${file.path}: ${error.message}`))

test.each(samples)('%s compiles to the same files each time, each path once', (_, blueprint) => {
  const files = compileApp(blueprint, template)
  expect(compileApp(blueprint, template)).toEqual(files)
  expect(new Set(files.map((file) => file.path)).size).toBe(files.length)
})

test.each(samples)('%s compiles to code that parses', (_, blueprint) => {
  expect(syntaxFaults(compileApp(blueprint, template))).toEqual([])
})

test('any blueprint compiles to files that parse, however unkind its names and labels', () => {
  fc.assert(
    fc.property(randomBlueprint, (blueprint) => {
      const files = written(blueprint)
      expect(syntaxFaults(files)).toEqual([])
      expect(new Set(files.map((file) => file.path.toLowerCase())).size).toBe(files.length)
    }),
    { numRuns: 60 },
  )
})

test('no module of any app declares or imports a name twice', () => {
  fc.assert(
    fc.property(randomBlueprint, (blueprint) => {
      for (const { path, content } of written(blueprint).filter((file) => /\.tsx?$/.test(file.path))) {
        const imported = [...content.matchAll(/^import (?:type )?\{([^}]+)\}/gm)].flatMap((match) =>
          (match[1] ?? '').split(',').map((name) => name.replace('type ', '').trim()),
        )
        const declared = [...content.matchAll(/^export (?:const|function|interface|async function) (\w+)/gm)].map((match) => match[1] ?? '')
        const own = [...new Set(declared)].filter(Boolean)
        const all = [...imported.filter(Boolean), ...own]
        expect({ path, twice: all.filter((name, index) => all.indexOf(name) !== index) }).toEqual({ path, twice: [] })
      }
    }),
    { numRuns: 40 },
  )
})

test('nothing that a user wrote can end the page or a script in index.html', () => {
  fc.assert(
    fc.property(randomBlueprint, (blueprint) => {
      const html = compileApp(blueprint, template).find((file) => file.path === 'index.html')?.content ?? ''
      expect(html.match(/<script/g)).toHaveLength(2)
      expect(html).not.toContain('alert(1)</script>')
    }),
    { numRuns: 20 },
  )
})

test('the app has a name that npm accepts, in the manifest and in the lock file', () => {
  const [, blueprint] = samples.find(([name]) => name.startsWith('bike')) ?? []
  const files = compileApp(blueprint as Blueprint, template)
  const json = (path: string) => JSON.parse(files.find((file) => file.path === path)?.content ?? '{}')
  expect(json('package.json').name).toBe('spoke-chain')
  expect(json('package-lock.json')).toMatchObject({ name: 'spoke-chain', packages: { '': { name: 'spoke-chain' } } })
  expect(packageName('日本')).toBe('app')
  expect(packageName('42 Things!')).toBe('app-42-things')
})

test('the lock file holds every platform of every optional package', () => {
  const lock = JSON.parse(template.find((file) => file.path === 'package-lock.json')?.content ?? '{}') as {
    packages: Record<string, { version?: string; optionalDependencies?: Record<string, string> }>
  }
  const locked = new Set(
    Object.entries(lock.packages).flatMap(([path, entry]) => (entry.version ? [path.split('node_modules/').at(-1)] : [])),
  )
  const wanted = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  expect(wanted.filter((name) => !locked.has(name))).toEqual([])
})

test('an app without roles or rules has no trace of accounts', () => {
  const [, blueprint] = samples.find(([name]) => name.startsWith('bike')) ?? []
  const files = compileApp(blueprint as Blueprint, template)
  expect(files.filter((file) => /accounts/.test(file.path))).toEqual([])
  expect(files.filter((file) => /\.tsx?$/.test(file.path) && /from '.*\/accounts\//.test(file.content))).toEqual([])
})

test('sample dates are resolved on the day of seeding, and pictures are drawn into the app', () => {
  const [, blueprint] = samples.find(([name]) => name.startsWith('bike')) ?? []
  const files = compileApp(blueprint as Blueprint, template)
  const seed = (name: string) => files.find((file) => file.path === `server/seed/${name}.ts`)?.content ?? ''
  expect(seed('repair')).toContain('dueOn: day(-2)')
  const picture = /photo: '(\/art\/[^']+)'/.exec(seed('part'))?.[1]
  expect(files.map((file) => file.path)).toContain(`public${picture}`)
})
