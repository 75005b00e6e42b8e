/** Believable example records: consistent references, dates around today, states that fit the dates. */
import type { Sample } from '@slipway/domain'
import { type Chance, chanceOf } from './chance.ts'
import type { PlannedField } from './fields.ts'
import type { Family } from './lexicon/kind.ts'
import { CITIES, COMPANIES, COUNTRIES, EPITHETS, FIRST_NAMES, LAST_NAMES, REMARKS, STREETS } from './lexicon/pools.ts'
import type { PlannedEntity } from './plan-entities.ts'
import { inSentence } from './words.ts'

const COUNTS: Readonly<Record<Family, number>> = {
  client: 12,
  staff: 6,
  place: 8,
  catalogue: 14,
  group: 8,
  deal: 16,
  work: 15,
  content: 12,
  log: 16,
  talk: 12,
}

/** Samples by the name of the entity; a reference is the index of a sample of its target. */
export function writeSamples(entities: readonly PlannedEntity[], seed: string): ReadonlyMap<string, readonly Sample[]> {
  const done = new Map<string, readonly Sample[]>()
  for (const entity of inOrder(entities)) done.set(entity.name, samplesOf(entity, entities, done, chanceOf(`${seed}/${entity.name}`)))
  return done
}

/** What is referred to comes first; a circle is cut where it is met. */
function inOrder(entities: readonly PlannedEntity[]): PlannedEntity[] {
  const order: PlannedEntity[] = []
  const open = new Set<PlannedEntity>()
  const visit = (entity: PlannedEntity) => {
    if (order.includes(entity) || open.has(entity)) return
    open.add(entity)
    for (const { field } of entity.fields) {
      const target = field.to && entities.find((other) => other.name === field.to)
      if (target) visit(target)
    }
    order.push(entity)
  }
  entities.forEach(visit)
  return order
}

function samplesOf(
  entity: PlannedEntity,
  entities: readonly PlannedEntity[],
  done: ReadonlyMap<string, readonly Sample[]>,
  chance: Chance,
): Sample[] {
  const title = entity.fields.find(({ field }) => field.name === entity.titleField)
  const titles = title?.values ?? []
  const isListed = titles.length > 0 && !titles[0]?.startsWith('@')
  const wanted = COUNTS[entity.family]
  const isRepeated = entity.family === 'log' || entity.family === 'deal'
  const count = isListed
    ? Math.min(wanted, title?.field.unique || !isRepeated ? titles.length : titles.length * 2)
    : titles[0] === '@own'
      ? Math.min(wanted, EPITHETS.length)
      : titles.length === 0
        ? Math.min(wanted, 8)
        : wanted
  const places = chance.shuffled(Array.from({ length: isListed ? titles.length : count }, (_, index) => index))
  const order = Array.from({ length: count }, (_, index) => places[index % places.length] ?? index)
  const names = chance.shuffled(FIRST_NAMES)
  const families = chance.shuffled(LAST_NAMES)
  return Array.from({ length: count }, (_, index) => {
    const sample: Sample = {}
    const row: Row = {
      entity,
      entities,
      done,
      chance,
      index,
      count,
      place: order[index] ?? index,
      titleCount: titles.length,
      names,
      families,
      sample,
    }
    for (const planned of entity.fields) {
      const value = valueFor(planned, row)
      if (value !== undefined) sample[planned.field.name] = value
    }
    agree(row)
    return sample
  })
}

interface Row {
  readonly entity: PlannedEntity
  readonly entities: readonly PlannedEntity[]
  readonly done: ReadonlyMap<string, readonly Sample[]>
  readonly chance: Chance
  readonly index: number
  readonly count: number
  /** Where the record's title stands in its list; lists of the same length are read at the same place. */
  readonly place: number
  readonly titleCount: number
  readonly names: readonly string[]
  readonly families: readonly string[]
  readonly sample: Sample
}

/** From 0 for the oldest record to 1 for the newest. */
const ageOf = ({ index, count }: Row) => (count < 2 ? 1 : index / (count - 1))

function valueFor(planned: PlannedField, row: Row): Sample[string] | undefined {
  const { field } = planned
  const { chance, sample, entity } = row
  const low = planned.low
  const high = planned.high
  const title = String(sample[entity.titleField] ?? '')
  const aligned = planned.values.length === row.titleCount && !planned.values[0]?.startsWith('@') ? planned.values[row.place] : undefined
  if (aligned !== undefined && field.type === 'choice') return aligned
  if (aligned !== undefined && (field.type === 'money' || field.type === 'integer' || field.type === 'decimal')) return Number(aligned)
  switch (field.type) {
    case 'reference': {
      const targets = row.done.get(field.to ?? '') ?? []
      if (targets.length === 0 || (!field.required && chance.next() < 0.12)) return undefined
      return chance.between(0, targets.length - 1)
    }
    case 'choice':
      return stateOf(planned, row)
    case 'integer':
      return chance.between(Math.ceil(low ?? 1), Math.floor(high ?? 40))
    case 'decimal':
      return Math.round(((low ?? 1) + chance.next() * ((high ?? 50) - (low ?? 1))) * 10) / 10
    case 'money':
      return price((low ?? 10) + chance.next() ** 1.4 * ((high ?? 200) - (low ?? 10)))
    case 'boolean':
      return chance.next() < (/urgent|featured|pinned/i.test(field.name) ? 0.2 : 0.7)
    case 'rating':
      return chance.next() < 0.55 ? 5 : chance.between(3, 4)
    case 'date':
    case 'dateTime':
      return dateOf(planned, row)
    case 'time':
      return planned.values.length ? chance.pick(planned.values) : chance.pick(['08:30', '09:00', '10:15', '13:30', '16:00'])
    case 'email':
      return `${slug(title, '.') || 'post'}@${chance.pick(['mail', 'post', 'inbox'])}.example`
    case 'phone':
      return `+44 20 7946 0${String(100 + ((row.index * 37 + chance.between(0, 30)) % 900)).padStart(3, '0')}`
    case 'url':
      return `https://www.${slug(title, '-') || 'page'}.example`
    case 'image':
      return title || `${entity.label} ${row.index + 1}`
    case 'colour':
      return ['#2f6f6a', '#a3541f', '#3d5a98', '#7a4a8c', '#b3892a', '#4f7d3a', '#a13d55', '#556070'][row.index % 8]
    case 'longText':
    case 'text':
      return textOf(planned, row)
  }
}

function textOf({ field, values }: PlannedField, row: Row): string | undefined {
  const { chance, index, place, titleCount, entity } = row
  const isTitle = field.name === entity.titleField
  const list = values.length ? values : propertyValues(field.name)
  const generator = list[0]?.startsWith('@') ? list[0].slice(1) : undefined
  if (generator !== undefined) return isTitle || field.required || chance.next() < 0.85 ? generated(generator, row, isTitle) : undefined
  if (list.length === 0) return isTitle ? generated('own', row, true) : undefined
  if (isTitle || field.unique) return list[isTitle ? place : index % list.length]
  if (!field.required && list.length !== titleCount && chance.next() < (field.type === 'longText' ? 0.4 : 0.12)) return undefined
  return list.length === titleCount ? list[place] : chance.pick(list)
}

function generated(generator: string, row: Row, isTitle: boolean): string {
  const { chance, index, names, families, entity } = row
  const code = /^code\((.*?)(\d+)\)$/.exec(generator)
  if (code) return `${code[1]}${String(Number(code[2]) + index * 3 + (index % 2)).padStart((code[2] ?? '').length, '0')}`
  switch (generator) {
    case 'person':
      return isTitle
        ? `${names[index % names.length]} ${families[index % families.length]}`
        : `${chance.pick(FIRST_NAMES)} ${chance.pick(LAST_NAMES)}`
    case 'company':
      return isTitle ? (COMPANIES[(index + entity.name.length) % COMPANIES.length] as string) : chance.pick(COMPANIES)
    case 'city':
    case 'place':
      return chance.pick(CITIES)
    case 'country':
      return chance.pick(COUNTRIES)
    case 'address':
      return `${chance.between(1, 94)} ${chance.pick(STREETS)}`
    case 'plate':
      return `${chance.pick(['KM', 'LB', 'RT', 'HG', 'NV'])} ${String(110 + index * 67).slice(0, 3)} ${chance.pick(['XA', 'PT', 'DO', 'EL', 'MS'])}`
    case 'remark':
      return REMARKS[(index + chance.between(0, 1)) % REMARKS.length] as string
    case 'own':
      return `${EPITHETS[row.place % EPITHETS.length]} ${inSentence(entity.label)}`
    default:
      return chance.pick(OTHERWISE[generator] ?? EPITHETS)
  }
}

/** What stands in a text where the app keeps no records of that thing. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  category: ['Essentials', 'Seasonal', 'Popular', 'New', 'For beginners'],
  class: ['1a', '2b', '3a', '4c', '5b', '6a'],
  department: ['Sales', 'Operations', 'Finance', 'People', 'Customer care'],
  vehicle: ['Ford Transit', 'Renault Kangoo', 'Cargo bike', 'Volkswagen Caddy'],
  role: ['Pastry chef', 'Bookkeeper', 'Front-end developer', 'Night porter', 'Care assistant'],
  product: ['Oak desk lamp', 'Linen tote bag', 'Stoneware mug', 'Wool throw', 'Walnut tray', 'Canvas apron'],
  order: ['ORD-2041', 'ORD-2044', 'ORD-2050', 'ORD-2053', 'ORD-2061'],
  event: ['Spring open house', 'Repair café', 'Open stage', 'Summer concert'],
  team: ['Harbour Rovers', 'The Larks', 'Valley Foxes', 'Red Kites', 'Southbank'],
  project: ['Library extension', 'Brand refresh', 'Warehouse move', 'Annual report'],
  course: ['Watercolour basics', 'Spanish for travel', 'Bookkeeping', 'Photography at night'],
  room: ['Room 1', 'Room 2', 'Studio', 'Hall'],
  bed: ['Balcony', 'Kitchen window', 'South bed', 'Greenhouse'],
  meal: ['Breakfast', 'Lunch', 'Dinner', 'Dessert'],
  subject: ['Mathematics', 'English', 'History', 'Biology', 'Music'],
  topic: ['Getting started', 'Everyday life', 'News', 'Questions', 'Behind the scenes'],
  system: ['Web shop', 'Mail server', 'Booking service', 'Data warehouse', 'Customer portal'],
  list: ['Favourites', 'For later', 'Work', 'Weekend'],
}

/** Properties that owners ask for by name. */
function propertyValues(name: string): readonly string[] {
  const key = name.toLowerCase()
  const found = Object.entries(PROPERTIES).find(([word]) => key.endsWith(word))
  return found?.[1] ?? []
}

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  speciality: ['Wheels', 'Electrics', 'Diagnosis', 'Fine work', 'Finishing', 'Everything urgent'],
  author: ['@person'],
  director: ['@person'],
  owner: ['@person'],
  contact: ['@person'],
  publisher: ['@company'],
  brand: ['@company'],
  company: ['@company'],
  city: ['@city'],
  location: ['@city'],
  country: ['@country'],
  origin: ['@country'],
  address: ['@address'],
  number: ['@code(N-1042)'],
  code: ['@code(C-310)'],
  isbn: ['@code(978-0-4521-)'],
  plate: ['@plate'],
  size: ['Small', 'Medium', 'Large', 'Extra large'],
  gender: ['Female', 'Male', 'Not stated'],
  nickname: ['Comet', 'Maple', 'Juno', 'Echo', 'Rook', 'Sable'],
  language: ['English', 'Spanish', 'German', 'Japanese'],
  material: ['Oak', 'Linen', 'Steel', 'Clay', 'Wool'],
  model: ['Classic', 'Series 2', 'Compact', 'Pro'],
  version: ['1.0', '1.2', '2.0', '2.1'],
  position: ['Assistant', 'Lead', 'Specialist', 'Coordinator'],
  subject: ['Mathematics', 'English', 'History', 'Biology'],
  status: ['Active', 'Paused', 'New'],
  species: ['Dog', 'Cat', 'Rabbit', 'Bird'],
  breed: ['Mixed breed', 'Border collie', 'Beagle'],
  title: ['First edition', 'The long way', 'A short summer', 'Field notes'],
  dosage: ['One in the morning', 'Two after meals', 'Half at night'],
}

/** Older records are further along their life; about one in ten ended at a side. */
function stateOf({ field, steps, sides }: PlannedField, row: Row): string | undefined {
  const choices = field.choices ?? []
  const first = choices[0]
  if (!first) return undefined
  const { chance } = row
  if (steps.length < 2) return chance.next() < 0.4 ? first.value : chance.pick(choices).value
  if (sides.length && row.index % 7 === 3) return chance.pick(sides)
  const place = (1 - ageOf(row)) * steps.length + (chance.next() - 0.5) * 0.8
  return steps[Math.min(steps.length - 1, Math.max(0, Math.floor(place)))]
}

/** Dates advance with the records, with some scatter, so that the newest are those still open. */
function dateOf(planned: PlannedField, row: Row): string {
  const { chance, sample } = row
  const { field, low = -30, high = 30 } = planned
  const spread = high - low
  const start = planned.after ? daysOf(sample[planned.after]) : undefined
  const isLong = spread > 200
  const days =
    start !== undefined
      ? start + chance.between(low, high)
      : Math.round(
          isLong ? low + chance.next() * spread : low + spread * Math.min(1, Math.max(0, ageOf(row) + (chance.next() - 0.5) * 0.25)),
        )
  const token = days === 0 ? 'today' : `today${days < 0 ? '-' : '+'}${Math.abs(days)}`
  if (field.type === 'date') return token
  const hour =
    planned.after && start !== undefined && spread === 0 ? hourOf(sample[planned.after]) + chance.between(1, 3) : chance.between(9, 18)
  return `${token}T${String(Math.min(hour, 22)).padStart(2, '0')}:${chance.pick(['00', '15', '30', '45'])}`
}

function daysOf(value: Sample[string] | undefined): number | undefined {
  const found = /^today([+-]\d+)?/.exec(String(value ?? ''))
  return found ? Number(found[1] ?? 0) : undefined
}

const hourOf = (value: Sample[string] | undefined) => Number(/T(\d{2})/.exec(String(value ?? ''))?.[1] ?? 10)

/** Where two references lead to the same record by different ways, they name the same one: a repair's customer owns its bike. */
function agree({ entity, entities, done, sample }: Row) {
  const references = entity.fields.filter(({ field }) => field.type === 'reference')
  for (const { field } of references) {
    const target = entities.find((other) => other.name === field.to)
    const index = sample[field.name]
    const record = typeof index === 'number' ? done.get(field.to ?? '')?.[index] : undefined
    if (!target || !record) continue
    for (const { field: beyond } of target.fields) {
      const same = beyond.type === 'reference' && references.find(({ field: own }) => own !== field && own.to === beyond.to)
      const value = record[beyond.name]
      if (same && typeof value === 'number' && typeof sample[same.field.name] === 'number') sample[same.field.name] = value
    }
  }
}

/** Amounts as people ask for them: half units when small, whole ones, then tens. */
function price(amount: number): number {
  if (amount < 20) return Math.round(amount * 2) / 2
  if (amount < 1_000) return Math.round(amount)
  return Math.round(amount / 10) * 10
}

const slug = (text: string, mark: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, mark)
    .replace(mark === '.' ? /^\.+|\.+$/g : /^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/[.-]+$/, '')
