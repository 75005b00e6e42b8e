/** The house style as a test; ROOMS is the dependency map that ARCHITECTURE.md draws. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = dirname(fileURLToPath(import.meta.url))
const LINES_MAX = 400

/** Which rooms a room may import. Arrows point down only. */
const ROOMS: Record<string, readonly string[]> = {
  'packages/domain': [],
  'packages/plan': ['domain'],
  'packages/blueprint': ['domain', 'plan'],
  'packages/figma': ['domain'],
  'packages/storage': ['domain'],
  'packages/sandbox': ['domain'],
  'packages/agents': ['domain', 'plan', 'sandbox'],
  'packages/workflows': ['domain', 'plan', 'blueprint', 'figma', 'storage', 'sandbox', 'agents'],
  'packages/api': ['domain', 'plan', 'storage', 'agents', 'workflows'],
  'apps/web': ['domain', 'plan'],
  'apps/cli': ['domain', 'plan', 'figma', 'sandbox'],
  'apps/server': ['domain', 'plan', 'blueprint', 'storage', 'sandbox', 'agents', 'workflows', 'api'],
}
const ROOMS_WITHOUT_IO = ['packages/domain', 'packages/plan', 'packages/blueprint', 'packages/figma']
const ENVIRONMENT_READERS = /^(apps\/server\/src\/config\.ts|apps\/cli\/src\/main\.ts|scripts\/|benches\/|e2e\/)/

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(ts|mjs|svelte)$/.test(path) && !/^templates\/|\/samples\/|\.d\.ts$/.test(path) && existsSync(join(ROOT, path)))

const roomOf = (path: string) => Object.keys(ROOMS).find((room) => path.startsWith(`${room}/`))
const isTest = (path: string) => /\.test\.ts$|\/testing\/|\/tests\//.test(path)

/** What a module imports, static or dynamic, without its comments. */
const importsOf = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] as string)

function importFaults(path: string, text: string): string[] {
  const room = roomOf(path)
  if (!room || isTest(path)) return []
  return importsOf(text).flatMap((specifier) => {
    const target = /^@slipway\/(\w+)/.exec(specifier)?.[1]
    if (target && target !== room.split('/')[1] && !ROOMS[room]?.includes(target)) {
      return [`${room} may not import ${target}: see the map in ARCHITECTURE.md`]
    }
    const isLeaving = specifier.startsWith('.') && !join(dirname(path), specifier).startsWith(`${room}/`)
    if (isLeaving && !specifier.endsWith('package.json')) return [`"${specifier}" leaves the room: import the room by its name`]
    if (ROOMS_WITHOUT_IO.includes(room) && specifier.startsWith('node:')) return [`${room} does no I/O: "${specifier}" belongs at the edge`]
    return []
  })
}

function faultsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const lines = text.split('\n').length
  const isSource = path.endsWith('.ts') && !isTest(path)
  return [
    lines > LINES_MAX && `has ${lines} lines, at most ${LINES_MAX}: split it by what it is about`,
    isSource && !/^(#!.*\n)?\/\*\*/.test(text) && 'begins without a sentence: say in a doc comment what this module is for',
    /(^|\/)(utils?|helpers?|common|misc|shared)(\.|\/)/.test(path) && 'is a drawer: name the file after what it does',
    isSource && /\bprocess\.env\b/.test(text) && !ENVIRONMENT_READERS.test(path) && 'reads the environment: take it from Config',
    isSource && /\/\/\s*(TODO|FIXME|HACK)\b(?!.*#\d)/.test(text) && 'has a TODO without an issue number',
    isSource && /^\s*(export )?enum /m.test(text) && 'has a TypeScript enum: use a table and z.enum',
    /(^|[^\w.])(describe|test|it)\.only\(/.test(text) &&
      path.endsWith('.test.ts') &&
      path !== 'tidy.test.ts' &&
      'runs only some of its tests',
    ...importFaults(path, text),
  ]
    .filter((fault) => fault !== false)
    .map((fault) => `${path} ${fault}`)
}

test('every module keeps the house style and the arrows between rooms', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(files.flatMap(faultsOf)).toEqual([])
})

test('a forbidden import is found', () => {
  expect(importFaults('packages/plan/src/parse.ts', "import { x } from '@slipway/storage'")).toEqual([
    'packages/plan may not import storage: see the map in ARCHITECTURE.md',
  ])
  expect(importFaults('packages/domain/src/a.ts', "import { readFileSync } from 'node:fs'")).toEqual([
    'packages/domain does no I/O: "node:fs" belongs at the edge',
  ])
  expect(importFaults('packages/domain/src/a.ts', "import { x } from '../../plan/src/x.ts'")).toEqual([
    '"../../plan/src/x.ts" leaves the room: import the room by its name',
  ])
})

test('package.json of every room names only rooms it may import, and pins every version exactly', () => {
  const faults = Object.entries(ROOMS).flatMap(([room, allowed]) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, room, 'package.json'), 'utf8')) as Record<string, Record<string, string>>
    const dependencies = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    return dependencies.flatMap(([name, version]) => [
      ...(name.startsWith('@slipway/') && manifest.dependencies?.[name] && !allowed.includes(name.slice(9))
        ? [`${room} may not depend on ${name}`]
        : []),
      ...(/^\d/.test(version) ? [] : [`${room} does not pin ${name} (${version})`]),
    ])
  })
  expect(faults).toEqual([])
})

test('every room says in a README what it owns', () => {
  expect(Object.keys(ROOMS).filter((room) => !existsSync(join(ROOT, room, 'README.md')))).toEqual([])
})
