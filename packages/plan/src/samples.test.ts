import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsePlan } from './parse.ts'
import { valuesOf } from './plan-values.ts'
import { printPlan } from './print.ts'

const SAMPLES = new URL('./samples/', import.meta.url)

/** One folder per case; UPDATE=1 rewrites the expectations. */
test.each(readdirSync(SAMPLES).filter((name) => !name.startsWith('.')))('%s', (name) => {
  const source = readFileSync(new URL(`${name}/input.plan`, SAMPLES), 'utf8')
  const { plan, diagnostics } = parsePlan(source)
  const said = `${JSON.stringify({ diagnostics, values: valuesOf(plan) }, null, 2)}\n`

  const expected = new URL(`${name}/expected.json`, SAMPLES)
  if (process.env.UPDATE || !existsSync(expected)) writeFileSync(expected, said)
  expect(JSON.parse(said)).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  expect(printPlan(plan)).toBe(source)
})
