/** What differs between two revisions of a spec or a plan, thing by thing, as text for people. Pure, and total: no difference is left out. */
import type { Entity, Field } from './blueprint.ts'
import type { PlanText } from './revision.ts'
import type { Criterion, Requirement, Spec } from './spec.ts'

export interface ChangedPart {
  readonly name: string
  /** Empty where it was not there. */
  readonly before: string
  /** Empty where it is gone; the same as before where the text for people does not tell the difference. */
  readonly after: string
}

export interface DocumentChange {
  readonly section: 'summary' | 'requirement' | 'record' | 'page' | 'role' | 'app' | 'plan'
  readonly kind: 'added' | 'removed' | 'changed'
  /** `REQ-02`, or what people call the record, page or role; a plan's `01-02`. */
  readonly name: string
  readonly title: string
  readonly parts: readonly ChangedPart[]
}

/** By a key that stays while the part is the same one; `exact` tells also what the text for people does not. */
type Parts = ReadonlyMap<string, { readonly name: string; readonly text: string; readonly exact: string }>
interface Thing {
  /** By which it is the same thing in both. */
  readonly key: string
  readonly name: string
  readonly title: string
  readonly parts: Parts
}

/** Empty exactly when the two are the same. */
export function compareSpecs(before: Spec, after: Spec): DocumentChange[] {
  const all = (section: DocumentChange['section'], thingsOf: (spec: Spec) => Thing[]) =>
    compared(section, thingsOf(before), thingsOf(after))
  return [
    ...all('summary', ({ summary }) => whole('Summary', { text: summary })),
    ...all('requirement', ({ requirements }) => requirements.map(requirementThing)),
    ...all('record', ({ blueprint }) => blueprint.entities.map(recordThing)),
    ...all('page', ({ blueprint }) => blueprint.pages.map((page) => ({ ...namesOf(page.name, page.title), parts: partsOf(page) }))),
    ...all('role', ({ blueprint }) => blueprint.roles.map((role) => ({ ...namesOf(role.name, role.label), parts: partsOf(role) }))),
    ...all('app', ({ blueprint: { entities: _, pages: __, roles: ___, ...app } }) => whole('App', app)),
    ...ordered(before, after),
  ]
}

const namesOf = (key: string, name: string) => ({ key, name, title: name })
const whole = (name: string, thing: object): Thing[] => [{ ...namesOf(name, name), parts: partsOf(thing) }]

/** A plan document is the same one while it keeps its name. */
export function comparePlans(before: readonly PlanText[], after: readonly PlanText[]): DocumentChange[] {
  const thing = ({ name, title, wave, source }: PlanText): Thing => ({
    key: name,
    name,
    title,
    parts: partsOf({ title, wave, document: source }),
  })
  return compared('plan', before.map(thing), after.map(thing))
}

const requirementThing = ({ id, criteria, ...rest }: Requirement): Thing => ({
  ...{ key: id, name: id, title: rest.title },
  parts: new Map([
    ...partsOf(rest),
    ...criteria.map((criterion, index) => part(`criterion ${index}`, `Criterion ${index + 1}`, sayCriterion(criterion), criterion)),
  ]),
})

const sayCriterion = ({ given, when, then }: Criterion) => `Given ${given}\nWhen ${when}\nThen ${then}`

const recordThing = ({ fields, samples, ...rest }: Entity): Thing => ({
  ...namesOf(rest.name, rest.labelPlural),
  parts: new Map([
    ...partsOf(rest),
    ...fields.map((field) => part(`field ${field.name}`, `Field ${field.label}`, sayField(field), field)),
    part('samples', 'Example records', `${samples.length} ${samples.length === 1 ? 'record' : 'records'}`, samples),
  ]),
})

function sayField({ name: _, label, type, required, choices, ...rest }: Field): string {
  const others = Object.entries(rest).flatMap(([key, value]) => (value === undefined || value === false ? [] : [`${key} ${textOf(value)}`]))
  const states = choices?.map((choice) => choice.label).join(', ')
  return [`${label}: ${type}${required ? ', needed' : ''}`, ...(states ? [states] : []), ...others].join('\n')
}

const NAMES: Readonly<Record<string, string>> = {
  priority: 'Weight',
  labelPlural: 'Plural',
  titleField: 'Told apart by',
  isAdmin: 'May do everything',
  appName: 'Name',
}
const nameOf = (key: string) =>
  NAMES[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/^./, (letter) => letter.toUpperCase())

const part = (key: string, name: string, text: string, value: unknown) => [key, { name, text, exact: exactly(value) }] as const

const partsOf = (thing: object): Parts =>
  new Map(Object.entries(thing).flatMap(([key, value]) => (value === undefined ? [] : [part(key, nameOf(key), textOf(value), value)])))

const sorted = (value: object) =>
  Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** The same for the same value, whatever the order of its keys, and for no other. */
const exactly = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    item && typeof item === 'object' && !Array.isArray(item) ? Object.fromEntries(sorted(item)) : item,
  ) ?? ''

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).join(value.every((item) => typeof item === 'string') ? ', ' : '\n')
  if (value === null || typeof value !== 'object') return String(value)
  return sorted(value)
    .map(([key, item]) => `${key}: ${textOf(item)}`)
    .join('; ')
}

function compared(section: DocumentChange['section'], before: readonly Thing[], after: readonly Thing[]): DocumentChange[] {
  const old = new Map(before.map((thing) => [thing.key, thing]))
  const now = new Set(after.map(({ key }) => key))
  const empty: Parts = new Map()
  const change = (kind: DocumentChange['kind'], { name, title }: Thing, from: Parts, to: Parts): DocumentChange => ({
    ...{ section, kind, name, title },
    parts: changedParts(from, to),
  })
  return [
    ...after.flatMap((thing) => {
      const was = old.get(thing.key)
      if (!was) return [change('added', thing, empty, thing.parts)]
      const changed = change('changed', thing, was.parts, thing.parts)
      return changed.parts.length ? [changed] : []
    }),
    ...before.filter(({ key }) => !now.has(key)).map((thing) => change('removed', thing, thing.parts, empty)),
  ]
}

const changedParts = (before: Parts, after: Parts): ChangedPart[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    if (was?.exact === is?.exact) return []
    return [{ name: (is ?? was)?.name ?? key, before: was?.text ?? '', after: is?.text ?? '' }]
  })

/** The same things in another order are a change of their own. */
function ordered(before: Spec, after: Spec): DocumentChange[] {
  const names = (things: readonly { readonly name: string }[]) => things.map(({ name }) => name)
  const ids = ({ requirements }: Spec) => requirements.map(({ id }) => id)
  const [old, now] = [before.blueprint, after.blueprint]
  const fields = now.entities.map(
    ({ name, labelPlural, fields }) =>
      [`Order of the fields of ${labelPlural}`, names(old.entities.find((one) => one.name === name)?.fields ?? []), names(fields)] as const,
  )
  const orders = [
    ['Order of the requirements', ids(before), ids(after)],
    ['Order of the records', names(old.entities), names(now.entities)],
    ['Order of the pages', names(old.pages), names(now.pages)],
    ['Order of the roles', names(old.roles), names(now.roles)],
    ...fields,
  ] as const
  const parts = orders.flatMap(([name, from, to]): ChangedPart[] => {
    const both = (one: readonly string[], other: readonly string[]) => one.filter((item) => other.includes(item)).join(', ')
    return both(from, to) === both(to, from) ? [] : [{ name, before: from.join(', '), after: to.join(', ') }]
  })
  return parts.length ? [{ section: 'app', kind: 'changed', name: 'Order', title: 'Order', parts }] : []
}
