import { Brief, Spec } from '@slipway/domain'
import { checkPlans, parsePlan } from '@slipway/plan'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileApp } from '../scaffold/compile-app.ts'
import { analyse, applyAnswers } from './analyse.ts'
import { anyIdea, HOTEL, WORKSHOP } from './testing/ideas.ts'
import { writePlans } from './write-plans.ts'
import { writeSpec } from './write-spec.ts'

const specOf = (idea: string) => writeSpec(analyse(idea).brief, idea)

test('things become entities that know each other', () => {
  const { blueprint, requirements } = specOf(WORKSHOP)
  expect(blueprint.entities.map((entity) => entity.name)).toEqual(['customer', 'bike', 'repairJob', 'part'])
  const targets = (name: string) => blueprint.entities.find((entity) => entity.name === name)?.fields.flatMap((field) => field.to ?? [])
  expect(targets('bike')).toEqual(['customer'])
  expect(targets('repairJob')).toEqual(['customer', 'bike'])
  expect(blueprint.pages.map((page) => page.kind).slice(0, 3)).toEqual(['dashboard', 'board', 'calendar'])
  expect(requirements.every((requirement) => requirement.delivery === 'compiled')).toBe(true)
})

test('examples agree with each other: a repair is for the customer whose bike it is', () => {
  const { blueprint } = specOf(WORKSHOP)
  const samples = (name: string) => blueprint.entities.find((entity) => entity.name === name)?.samples ?? []
  expect(samples('repairJob').length).toBeGreaterThanOrEqual(8)
  for (const job of samples('repairJob')) if (typeof job.bike === 'number') expect(samples('bike')[job.bike]?.customer).toBe(job.customer)
})

test('a public site begins with a page to read, in the colours that were asked for', () => {
  const { blueprint, requirements } = specOf(HOTEL)
  expect(blueprint.pages[0]?.kind).toBe('content')
  expect(blueprint.theme).toMatchObject({ background: '#ffffe0', primary: '#daa520' })
  expect(blueprint.roles.map((role) => role.isAdmin)).toContain(true)
  expect(blueprint.entities.find((entity) => entity.name === 'room')?.access).toMatchObject({ read: ['everyone'] })
  expect(requirements.find((requirement) => requirement.title === 'Take payments online')?.delivery).toBe('later')
})

test("the owner's own stages become the life cycle", () => {
  const { brief } = applyAnswers(WORKSHOP, [{ questionId: 'stages', values: ['Dropped off, in work, picked up'] }])
  const job = writeSpec(brief, WORKSHOP).blueprint.entities.find((entity) => entity.name === 'repairJob')
  expect(job?.fields.find((field) => field.name === 'status')?.choices?.map((choice) => choice.label)).toEqual([
    'Dropped off',
    'In work',
    'Picked up',
  ])
  expect(job?.workflow?.moves).toHaveLength(2)
})

test('any idea gives a spec that parses, the same one each time, and an app that compiles', () => {
  fc.assert(
    fc.property(anyIdea, (idea) => {
      const spec = specOf(idea)
      expect(Spec.parse(spec)).toEqual(spec)
      expect(specOf(idea)).toEqual(spec)
      expect(compileApp(spec.blueprint, []).length).toBeGreaterThan(10)
    }),
    { numRuns: 30 },
  )
})

test('a brief that people edited into anything still gives a spec', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 60 })
  const edited = fc.record({
    version: fc.constant(1 as const),
    name: fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name.trim().length > 0),
    purpose: line,
    audience: fc.array(line, { maxLength: 3 }),
    goals: fc.array(line, { maxLength: 5 }),
    things: fc.array(fc.oneof(line, fc.constantFrom('Customers', 'Orders', 'Roles', 'Users', 'constructor')), { maxLength: 24 }),
    signIn: fc.constantFrom('none', 'optional', 'required'),
    roles: fc.array(line, { maxLength: 8 }),
    look: fc.record({ background: line.map((text) => text.slice(0, 40)) }),
    assumptions: fc.array(fc.oneof(line, fc.constantFrom('Orders go through these stages: a, b.', 'Amounts are in X (ABC).')), {
      maxLength: 4,
    }),
    outOfScope: fc.array(line, { maxLength: 3 }),
  })
  fc.assert(
    fc.property(edited, (brief) => {
      Spec.parse(writeSpec(Brief.parse(brief), WORKSHOP))
    }),
    { numRuns: 60 },
  )
})

test.each([WORKSHOP, HOTEL, 'A game with levels, players and a chat', 'plant diary'])(
  'the plans of "%s" pass every check and cover every requirement once',
  (idea) => {
    const spec = specOf(idea)
    const plans = writePlans(spec, { title: spec.blueprint.appName })
    const parsed = plans.map(({ name, source }) => ({ name, plan: parsePlan(source).plan }))
    const tree = new Set(compileApp(spec.blueprint, []).map((file) => file.path))
    const requirements = spec.requirements.map((requirement) => requirement.id)
    expect(checkPlans(parsed, { requirements, tree })).toEqual([])
    expect(parsed.flatMap(({ plan }) => plan.frontMatter.requirements).toSorted()).toEqual(requirements.toSorted())
    expect(parsed.map(({ plan }) => plan.frontMatter.wave)).toEqual(plans.map((plan) => plan.wave))
  },
)
