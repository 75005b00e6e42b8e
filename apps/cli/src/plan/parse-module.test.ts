import { type ArtifactValues, type KeyLinkValues, parsePlan, textTree, verifyPlan } from '@slipway/plan'
import { expect, test } from 'vitest'
import { moduleParser } from './parse-module.ts'
import { planFile } from './testing/project.ts'

async function statusOf(files: Record<string, string>, promise: ArtifactValues | KeyLinkValues): Promise<string> {
  const mustHaves = {
    truths: [],
    artifacts: 'path' in promise ? [promise] : [],
    keyLinks: 'path' in promise ? [] : [promise],
    prohibitions: [],
  }
  const [source = ''] = Object.values(planFile('01', { mustHaves, filesModified: [], tasks: [] }))
  const parseModule = await moduleParser(Object.keys(files))
  const [check] = verifyPlan(parsePlan(source).plan, textTree(files), { parseModule }).checks
  return `${check?.status}: ${check?.evidence.at(-1)?.rule}`
}

test('Go: a name is offered when it is declared, not when a comment or string has it', async () => {
  const artifact = { path: 'db/user.go', exports: ['Save'] }
  expect(await statusOf({ 'db/user.go': 'package db\n\nfunc Save(n int) error { return write(n) }\n' }, artifact)).toBe('satisfied: export')
  expect(await statusOf({ 'db/user.go': 'package db\n\n// func Save(n int)\nvar text = "func Save"\n' }, artifact)).toBe('violated: export')
  expect(await statusOf({ 'db/user.go': 'package db\n\nfunc Save(n int) error { panic("not implemented") }\n' }, artifact)).toBe(
    'violated: stub',
  )
  expect(await statusOf({ 'db/user.go': 'package db\n\nfunc Save(n int) {\n\t// later\n}\n' }, artifact)).toBe('violated: stub')
  expect(await statusOf({ 'db/user.go': 'package db\n\ntype S struct{}\n\nfunc (s S) Save() error { return s.x() }\n' }, artifact)).toBe(
    'satisfied: declaration',
  )
})

test('Go: a file is wired to a package that it imports, and to a neighbour whose names it uses', async () => {
  const db = { 'go.mod': 'module example.com/app\n', 'internal/db/user.go': 'package db\n\nfunc Save() int { return 1 }\n' }
  const link = { from: 'cmd/main.go', to: 'internal/db/user.go' }
  expect(
    await statusOf({ ...db, 'cmd/main.go': 'package main\n\nimport "example.com/app/internal/db"\n\nfunc main() { db.Save() }\n' }, link),
  ).toBe('satisfied: import-edge')
  expect(await statusOf({ ...db, 'cmd/main.go': 'package main\n\nfunc main() { other() }\n' }, link)).toBe('violated: import-edge')
  const near = { from: 'internal/db/all.go', to: 'internal/db/user.go' }
  expect(await statusOf({ ...db, 'internal/db/all.go': 'package db\n\nfunc All() int { return Save() }\n' }, near)).toBe(
    'satisfied: import-edge',
  )
  expect(await statusOf({ ...db, 'internal/db/all.go': 'package db\n\nfunc All() int { return 2 } // Save\n' }, near)).toBe(
    'violated: import-edge',
  )
})

test('Rust: what is public is offered, unless its body is yet to be written', async () => {
  const artifact = { path: 'src/db.rs', exports: ['save'] }
  expect(await statusOf({ 'src/db.rs': 'pub fn save() -> i32 { 1 }\n' }, artifact)).toBe('satisfied: export')
  expect(await statusOf({ 'src/db.rs': 'fn save() -> i32 { 1 }\n' }, artifact)).toBe('violated: export')
  expect(await statusOf({ 'src/db.rs': 'pub fn save() -> i32 { todo!() }\n' }, artifact)).toBe('violated: stub')
  expect(await statusOf({ 'src/db.rs': 'pub struct Db;\nimpl Db { pub fn save(&self) -> i32 { 1 } }\n' }, artifact)).toBe(
    'satisfied: declaration',
  )
  expect(await statusOf({ 'src/db.rs': '/* pub fn save() */ pub const S: &str = "pub fn save()";\n' }, artifact)).toBe('violated: export')
})

test('Rust: a path of the crate is an import, when what it names is used', async () => {
  const db = {
    'Cargo.toml': '[package]\nname = "app"\n',
    'src/db/mod.rs': 'pub mod user;\npub use self::user::User;\n',
    'src/db/user.rs': 'pub struct User { pub id: i32 }\n',
  }
  const link = { from: 'src/main.rs', to: 'src/db/user.rs' }
  const main = (use: string, body: string) => ({ ...db, 'src/main.rs': `${use}\nfn main() { ${body} }\n` })
  expect(await statusOf(main('use crate::db::user::User;', 'let u = User { id: 1 };'), link)).toBe('satisfied: import-edge')
  expect(await statusOf(main('use crate::db::{User as Person};', 'let u = Person { id: 1 };'), link)).toBe('satisfied: import-edge')
  expect(await statusOf(main('use crate::db::user::User;', 'let u = 1;'), link)).toBe('violated: import-unused')
  expect(await statusOf(main('use std::io;', 'let u = 1;'), link)).toBe('violated: import-edge')
})

test('other files are left to others, and broken ones break nothing', async () => {
  const parse = await moduleParser(['a.go', 'a.rs'])
  expect(parse('a.swift', 'func x() {}')).toBeNull()
  for (const text of ['', '}}}}((', 'func', 'pub use a::{b::{c', '\u0000'])
    for (const path of ['a.go', 'a.rs']) expect(() => parse(path, text)).not.toThrow()
  expect(await moduleParser(['a.ts'])).toBe((await import('@slipway/plan/oxc')).parseWithOxc)
})
