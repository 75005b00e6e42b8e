/** Writes `server/seed/`: the blueprint's samples as typed records, with dates that stay fresh. */
import type { Sample } from '@slipway/domain'
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { artPath } from './art.ts'
import { importList, indent, LINE_WIDTH, moduleText, quote, wrap } from './print.ts'
import { lengthMaxOf, rangeOf, starsOf } from './write-model.ts'

const HISTORY_DAYS = 76

type Value = string | number | boolean | null | undefined

/** A sample that fits the table: `fields` are TypeScript expressions by key. */
interface Row {
  readonly values: ReadonlyMap<FieldModel, string>
  readonly daysAgo: number
}

export interface SeedPlan {
  /** In the order of insertion: what is referred to comes first. */
  readonly order: readonly EntityModel[]
  readonly rows: ReadonlyMap<EntityModel, readonly Row[]>
  /** References that must be set afterwards, because their target comes later. */
  readonly late: ReadonlySet<FieldModel>
  /** Addresses of the pictures that the samples show. */
  readonly art: readonly string[]
}

export function planSeed(app: AppModel): SeedPlan {
  const { order, late } = insertionOrder(app)
  const art = new Set<string>()
  const rows = new Map<EntityModel, Row[]>()
  /** Where a sample ended up after unusable ones were left out. */
  const places = new Map<string, ReadonlyMap<number, number>>()
  for (const entity of order) {
    const seen = new Map<FieldModel, Set<string>>()
    const placed = new Map<number, number>()
    const kept: Row[] = []
    entity.source.samples.forEach((sample, index) => {
      const values = new Map<FieldModel, string>()
      for (const field of entity.fields) {
        if (late.has(field)) continue
        const expression =
          field.type === 'reference' ? referenceOf(field, sample, places, app) : expressionOf(field, sample, entity, index, art, app)
        if (expression === undefined && field.isRequired) return
        if (expression === undefined) continue
        if (field.isUnique) {
          const used = seen.get(field) ?? new Set()
          if (used.has(expression)) return
          seen.set(field, used.add(expression))
        }
        values.set(field, expression)
      }
      placed.set(index, kept.length)
      kept.push({ values, daysAgo: 0 })
    })
    places.set(entity.source.name, placed)
    rows.set(
      entity,
      kept.map((row, index) => ({ ...row, daysAgo: daysAgoOf(index, kept.length) })),
    )
  }
  const setLate = (field: FieldModel, entity: EntityModel) =>
    entity.source.samples.forEach((sample, index) => {
      const at = places.get(entity.source.name)?.get(index)
      const row = at === undefined ? undefined : rows.get(entity)?.[at]
      const expression = referenceOf(field, sample, places, app)
      if (row && expression) (row.values as Map<FieldModel, string>).set(field, expression)
    })
  for (const entity of order) for (const field of entity.fields) if (late.has(field)) setLate(field, entity)
  for (const page of app.pages)
    if (page.source.kind === 'content')
      for (const section of page.source.sections) if (section.image) art.add(artPath(section.image, section.heading))
  return { order, rows, late, art: [...art] }
}

/** Older samples lie further back and more thinly, so that charts over time show growth. */
function daysAgoOf(index: number, count: number): number {
  const share = count < 2 ? 0 : 1 - index / (count - 1)
  return Math.round(HISTORY_DAYS * share ** 1.4)
}

function insertionOrder(app: AppModel): { order: EntityModel[]; late: Set<FieldModel> } {
  const order: EntityModel[] = []
  const late = new Set<FieldModel>()
  const open = new Set<EntityModel>()
  const visit = (entity: EntityModel) => {
    if (order.includes(entity)) return
    open.add(entity)
    // Required references first: they can never be set afterwards.
    for (const field of entity.fields
      .filter((one) => one.type === 'reference')
      .sort((a, b) => Number(b.isRequired) - Number(a.isRequired))) {
      const target = app.entity(field.to)
      if (open.has(target)) late.add(field)
      else visit(target)
    }
    open.delete(entity)
    order.push(entity)
  }
  // Starting where references are required keeps a circle open at an optional one.
  for (const entity of app.entities.toSorted((a, b) => requiredOf(b) - requiredOf(a))) visit(entity)
  return breakRequired(order, late, app)
}

const requiredOf = (entity: EntityModel) => entity.fields.filter((field) => field.type === 'reference' && field.isRequired).length

/** Orders again by required references alone when one of them came to lie the wrong way round. */
function breakRequired(order: EntityModel[], late: Set<FieldModel>, app: AppModel): { order: EntityModel[]; late: Set<FieldModel> } {
  if (![...late].some((field) => field.isRequired)) return { order, late }
  const sorted: EntityModel[] = []
  const visit = (entity: EntityModel) => {
    if (sorted.includes(entity)) return
    for (const field of entity.fields) if (field.type === 'reference' && field.isRequired) visit(app.entity(field.to))
    sorted.push(entity)
  }
  app.entities.forEach(visit)
  const at = (entity: EntityModel) => sorted.indexOf(entity)
  return {
    order: sorted,
    late: new Set(
      sorted.flatMap((entity) => entity.fields.filter((field) => field.type === 'reference' && at(app.entity(field.to)) >= at(entity))),
    ),
  }
}

const sampleValue = (field: FieldModel, sample: Sample): Value =>
  Object.hasOwn(sample, field.source.name) ? sample[field.source.name] : undefined

function referenceOf(
  field: FieldModel,
  sample: Sample,
  places: ReadonlyMap<string, ReadonlyMap<number, number>>,
  app: AppModel,
): string | undefined {
  const value = sampleValue(field, sample)
  const placed = places.get(field.to)
  if (placed === undefined || placed.size === 0) return undefined
  const place = typeof value === 'number' ? placed.get(value) : undefined
  if (place === undefined && !field.isRequired) return undefined
  return `ids.${app.entity(field.to).plural}(${place ?? 0})`
}

/** The sample's value as code; something plausible where a required value is missing; `undefined` to leave it empty. */
function expressionOf(
  field: FieldModel,
  sample: Sample,
  entity: EntityModel,
  index: number,
  art: Set<string>,
  app: AppModel,
): string | undefined {
  const value = sampleValue(field, sample)
  if (value === null || value === undefined || value === '') return field.isRequired ? fallback(field, entity, index) : undefined
  switch (field.type) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'rating': {
      const number = typeof value === 'number' ? value : Number(String(value).replace(/[^\d.-]/g, ''))
      if (!Number.isFinite(number)) return field.isRequired ? fallback(field, entity, index) : undefined
      const { min = -Infinity, max = Infinity } = field.type === 'rating' ? { min: 1, max: starsOf(field) } : rangeOf(field)
      const bound = Math.min(Math.max(number, min, -9_999_999_999), max, field.type === 'integer' ? 2_147_483_647 : 9_999_999_999)
      return String(
        field.type === 'integer' || field.type === 'rating'
          ? Math.round(bound)
          : field.type === 'money'
            ? Math.round(bound * 100) / 100
            : bound,
      )
    }
    case 'boolean':
      return String(value === true || value === 'true' || value === 'yes' || value === 1)
    case 'choice': {
      const choice = field.choices.find((one) => one.value === value || one.label === value)
      return choice ? quote(choice.value) : field.isRequired ? fallback(field, entity, index) : undefined
    }
    case 'date':
    case 'dateTime':
    case 'time':
      return dateExpression(field, String(value)) ?? (field.isRequired ? fallback(field, entity, index) : undefined)
    case 'image': {
      const path = artPath(String(value), String(sampleValue(entity.title, sample) ?? index))
      art.add(path)
      return quote(path)
    }
    case 'colour':
      return /^#[0-9a-f]{6}$/i.test(String(value)) ? quote(String(value)) : field.isRequired ? fallback(field, entity, index) : undefined
    case 'url':
      return /^https?:\/\/\S+$/.test(String(value)) ? quote(String(value)) : field.isRequired ? fallback(field, entity, index) : undefined
    case 'email':
      return /^\S+@\S+\.\S+$/.test(String(value))
        ? quote(String(value).toLowerCase())
        : field.isRequired
          ? fallback(field, entity, index)
          : undefined
    case 'reference':
      return undefined
    default: {
      // A field that became plain text keeps the name of the record that the sample pointed at.
      const target = field.source.type === 'reference' && field.source.to ? app.entity(field.source.to) : undefined
      const text =
        target && typeof value === 'number' ? String(target.source.samples[value]?.[target.title.source.name] ?? '') : String(value)
      return quote(text.slice(0, lengthMaxOf(field)))
    }
  }
}

/** `2026-05-04`, `2026-05-04T14:30`, `14:30`, or days from the day of seeding: `today`, `today-3`, `today+5T14:30`. */
function dateExpression(field: FieldModel, value: string): string | undefined {
  const token = /^today(?:([+-])(\d{1,4}))?(?:T(\d{2}:\d{2}))?$/.exec(value)
  const fixed = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(value)
  const clock = /(?:^|T| )(([01]\d|2[0-3]):[0-5]\d)/.exec(value)?.[1]
  if (field.type === 'time') return clock ? quote(clock) : undefined
  if (token) {
    const days = Number(token[2] ?? 0) * (token[1] === '-' ? -1 : 1)
    return field.type === 'date' ? `day(${days})` : `dayAt(${days}, ${quote(token[3] ?? '09:00')})`
  }
  if (!fixed || Number.isNaN(Date.parse(fixed[1] ?? ''))) return undefined
  return quote(field.type === 'date' ? (fixed[1] ?? '') : `${fixed[1]}T${clock ?? '09:00'}`)
}

function fallback(field: FieldModel, entity: EntityModel, index: number): string {
  const number = index + 1
  const { min = 0, max = Infinity } = rangeOf(field)
  const plain: Partial<Record<FieldModel['type'], string>> = {
    integer: String(Math.min(Math.max(number, Math.ceil(min)), max)),
    decimal: String(Math.min(Math.max(number, min), max)),
    money: String(Math.min(Math.max(number * 10, min), max)),
    rating: String(Math.min(4, starsOf(field))),
    boolean: 'false',
    date: `day(${index % 14})`,
    dateTime: `dayAt(${index % 14}, '10:00')`,
    time: quote('10:00'),
    email: quote(`${entity.singular.toLowerCase()}${number}@example.com`),
    phone: quote(`+44 20 7946 ${String(number).padStart(4, '0')}`),
    url: quote(`https://example.com/${number}`),
    image: quote('/art/none.svg'),
    colour: quote('#6b7280'),
    choice: quote(field.choices[0]?.value ?? ''),
  }
  return plain[field.type] ?? quote(`${entity.label} ${number}`.slice(0, lengthMaxOf(field)))
}

/** `server/seed/<entity>.ts` */
export function writeSeedFile(entity: EntityModel, plan: SeedPlan): string {
  const imports = importList()
  const use = (name: string) => imports.add('./dates', name)
  const rows = (plan.rows.get(entity) ?? []).map(({ values, daysAgo }) => {
    const parts = [...values]
      .filter(([field]) => !plan.late.has(field))
      .map(([field, expression]) => {
        const call = /^(day|dayAt)\(/.exec(expression)?.[1]
        if (call) use(call)
        return `${field.key}: ${expression}`
      })
    return `${wrap('{', [...parts, `createdAt: ${use('daysAgo')}(${daysAgo})`], '}', 2, 1)},`
  })
  const needsIds = rows.some((row) => row.includes('ids.'))
  if (needsIds) imports.add('./index', 'type Ids')
  const argument = needsIds ? 'ids: Ids' : ''
  const table = imports.add(`../db/tables/${entity.file}`, entity.plural)
  const head = `export const ${entity.singular}Samples = (${argument}): (typeof ${table}.$inferInsert)[] => [`
  return moduleText(`Example ${entity.nounPlural}.`, imports, `${head}\n${indent(rows.join('\n'))}\n]`)
}

/** `server/seed/index.ts` */
export function writeSeedIndex(app: AppModel, plan: SeedPlan): string {
  const imports = importList()
  imports.add('../db/client', 'type Database')
  const seeded = plan.order.filter((entity) => plan.rows.get(entity)?.length)
  if (seeded.length === 0 && !app.hasAccounts) {
    return moduleText(
      'The app begins empty: there are no example records.',
      imports,
      'export async function seedWhenEmpty(_db: Database) {}',
    )
  }
  const tables = new Map(seeded.map((entity) => [entity, imports.add(`../db/tables/${entity.file}`, entity.plural)]))
  const inserts = seeded.map((entity) => {
    const samples = imports.add(`./${entity.file}`, `${entity.singular}Samples`)
    const needsIds = (plan.rows.get(entity) ?? []).some(({ values }) =>
      [...values].some(([field, text]) => !plan.late.has(field) && text.startsWith('ids.')),
    )
    const call = `${samples}(${needsIds ? 'ids' : ''})`
    const rows = app.hasAccounts ? `ownedBy(people, ${call})` : call
    const insert = `await tx.insert(${tables.get(entity)}).values(${rows}).returning({ id: ${entity.plural}.id })`
    const flat = `ids.${entity.plural} = ${imports.add('./ids', 'idsOf')}(${insert})`
    if (app.hasAccounts && call.includes('(ids)')) {
      return `ids.${entity.plural} = idsOf(\n  await tx\n    .insert(${tables.get(entity)})\n    .values(${rows})\n    .returning({ id: ${entity.plural}.id }),\n)`
    }
    return flat.length + 4 <= LINE_WIDTH ? flat : `ids.${entity.plural} = idsOf(\n  ${insert},\n)`
  })
  const updates = seeded.flatMap((entity) =>
    (plan.rows.get(entity) ?? []).flatMap(({ values }, index) => {
      const late = [...values].filter(([field]) => plan.late.has(field)).map(([field, expression]) => `${field.key}: ${expression}`)
      if (late.length === 0) return []
      return [
        `await tx.update(${entity.plural}).set({ ${late.join(', ')} }).where(${imports.add('drizzle-orm', 'eq')}(${entity.plural}.id, ids.${entity.plural}(${index})))`,
      ]
    }),
  )
  const first = app.hasAccounts ? imports.add('../accounts/tables', 'accounts') : (tables.get(seeded[0] as EntityModel) ?? '')
  imports.add('drizzle-orm', 'count')
  const idsShape = seeded.map((entity) => `${entity.plural}: ${imports.add('./ids', 'type IdOf')}`)
  const body = `/** The ids of the records that are in already, by the place of their sample. */
export interface Ids {
${indent(idsShape.join('\n'))}
}

/** Fills an empty database in one transaction; does nothing where records exist. */
export async function seedWhenEmpty(db: Database) {
  const [existing] = await db.select({ total: count() }).from(${first})
  if (existing?.total) return
  await db.transaction(async (tx) => {
    const ids = {} as Ids
${app.hasAccounts ? `    const people = await ${imports.add('./accounts', 'seedAccounts')}(tx)\n` : ''}${indent([...inserts, ...updates].join('\n'), 4)}
  })
}${
    app.hasAccounts && seeded.length
      ? `

/** Deals the records out to the accounts, so that everybody has some of their own. */
const ownedBy = <Row>(people: readonly number[], rows: readonly Row[]) =>
  rows.map((row, index) => ({ ...row, createdById: people[index % people.length] }))`
      : ''
  }`
  const text = seeded.length
    ? body
    : body
        .replace('    const ids = {} as Ids\n', '')
        .replace('const people = await', 'await')
        .replace(/\/\*\* The ids of[\s\S]*?\n}\n\n/, '')
  return moduleText('Example records to see the app at work.', imports, text)
}
