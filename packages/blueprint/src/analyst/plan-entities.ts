/** From the things of a brief to planned entities: fields, relations and life cycles, before example records. */
import type { Workflow } from '@slipway/domain'
import { meaningOf } from './contexts.ts'
import { askedFields, choiceOf, genericFields, type PlannedField, plannedField } from './fields.ts'
import { type Family, type Kind, type KindField, type Maker, readField } from './lexicon/kind.ts'
import { kindOfPhrase, type Lexicon, phraseKey } from './lexicon/lexicon.ts'
import { buttonFor, isDeadEnd } from './tones.ts'
import { camelCase, capitalised, inSentence, labelOf, pluralOf, sentencesOf, singularOf, singularPhrase } from './words.ts'

export interface PlannedEntity {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly kind: Kind | undefined
  readonly family: Family
  readonly made: Maker
  readonly icon: string
  readonly about: string
  readonly fields: readonly PlannedField[]
  readonly titleField: string
  readonly workflow: Workflow | undefined
}

export interface EntityInput {
  /** As in the brief, plural or singular. */
  readonly things: readonly string[]
  readonly idea: string
  /** Whether pictures belong to the app. */
  readonly hasPictures: boolean
  /** Stages that the owner named, by the key of the thing's phrase. */
  readonly stages: ReadonlyMap<string, readonly string[]>
}

const FIELDS_MAX = 13
const TAKEN = new Set(['user', 'account', 'session', 'role'])

interface Named {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly kind: Kind | undefined
  readonly family: Family
}

export function planEntities(input: EntityInput, lexicon: Lexicon): readonly PlannedEntity[] {
  const named = nameThings(input.things, input.idea, lexicon)
  return named.map((entity) => {
    const sources = fieldSources(entity, input.hasPictures)
    const fields = withAsked(entity, withRelations(entity, named, sources, input.idea), input)
    const staged = withStages(fields, input.stages.get(phraseKey(entity.label)))
    const titleField =
      (
        staged.find(({ field }) => field.type === 'text' && field.required) ??
        staged.find(({ field }) => field.type === 'text') ??
        staged[0]
      )?.field.name ?? 'name'
    return {
      ...entity,
      made: entity.kind?.made ?? 'staff',
      icon: entity.kind?.icon ?? 'folder',
      about: entity.kind?.about ?? `The ${inSentence(entity.labelPlural)} we keep track of.`,
      fields: staged,
      titleField,
      workflow: workflowOf(staged),
    }
  })
}

function nameThings(things: readonly string[], idea: string, lexicon: Lexicon): Named[] {
  const named: Named[] = []
  const taken = new Set<string>(TAKEN)
  const add = (label: string, kind: Kind | undefined) => {
    const wanted = camelCase(label) || `record${named.length + 1}`
    const name = taken.has(wanted) ? `${wanted.slice(0, 34)}Record` : wanted
    if (taken.has(name)) return
    taken.add(name)
    named.push({ name, label, labelPlural: pluralOf(label), kind, family: kind?.family ?? 'catalogue' })
  }
  for (const thing of things) {
    const words = thing.trim().replaceAll(/\s+/g, ' ').slice(0, 60)
    if (!/\p{L}/u.test(words)) continue
    add(capitalised(singularPhrase(words)), kindMeant(words, idea, lexicon))
  }
  if (named.length === 0) add('Record', undefined)
  const has = (kind: string) => named.some((entity) => entity.kind?.name === kind)
  const line = lexicon.kinds.get('orderLine')
  if (
    line &&
    has('order') &&
    (has('product') || has('dish') || has('cake') || has('part') || has('book')) &&
    !has('orderLine') &&
    named.length < 14
  )
    add('Order line', line)
  return named.slice(0, 24)
}

/** The kind that a thing of the brief names, in the sense that the idea gives it. */
function kindMeant(thing: string, idea: string, lexicon: Lexicon): Kind | undefined {
  const usual = kindOfPhrase(thing, lexicon)?.kind
  return meaningOf(phraseKey(thing), usual, idea, lexicon)
}

function fieldSources(entity: Named, hasPictures: boolean): KindField[] {
  if (!entity.kind) return genericFields(entity.label).map(readField)
  return entity.kind.fields.filter((field) => field.type !== 'image' || hasPictures || entity.family === 'content')
}

function withRelations(entity: Named, all: readonly Named[], sources: readonly KindField[], idea: string): PlannedField[] {
  const fields: PlannedField[] = []
  const used = new Set<string>()
  const names = new Set<string>()
  const push = (planned: PlannedField) => {
    if (names.has(planned.field.name)) return
    names.add(planned.field.name)
    fields.push(planned)
  }
  for (const source of sources) {
    if (source.type !== 'reference') {
      push(plannedField(source))
      continue
    }
    const target = targetOf(source, entity, all, used)
    if (target) {
      used.add(target.name)
      push(referenceTo(target, source, names))
    } else if (source.otherwise) {
      push(
        plannedField({
          ...source,
          type: 'text',
          label: source.label ?? (source.name === 'item' ? capitalised(source.otherwise) : labelOf(source.name)),
          values: source.values.length ? source.values : [`@${source.otherwise}`],
        }),
      )
    }
  }
  for (const owner of ownersOf(entity, all, idea)) {
    if (used.has(owner.name)) continue
    used.add(owner.name)
    push(referenceTo(owner, { name: owner.name, label: undefined, isRequired: false }, names))
  }
  return fields
}

function targetOf(source: KindField, entity: Named, all: readonly Named[], used: ReadonlySet<string>): Named | undefined {
  for (const wanted of source.targets) {
    const found = all.find(
      (other) =>
        other !== entity &&
        !used.has(other.name) &&
        (wanted.startsWith('@') ? other.family === wanted.slice(1) : other.kind?.name === wanted),
    )
    if (found) return found
  }
  return undefined
}

function referenceTo(target: Named, source: Pick<KindField, 'name' | 'label' | 'isRequired'>, names: ReadonlySet<string>): PlannedField {
  const name = source.label && !names.has(source.name) ? source.name : names.has(target.name) ? source.name : target.name
  const field = {
    name,
    label: source.label ?? target.label,
    type: 'reference' as const,
    required: source.isRequired,
    unique: false,
    to: target.name,
    onDelete: source.isRequired ? (target.kind?.name === 'order' ? ('cascade' as const) : ('restrict' as const)) : ('clear' as const),
  }
  return { field, values: [], low: undefined, high: undefined, steps: [], sides: [], after: undefined }
}

/** "customers, their bikes" and "each bike has repairs": what a thing belongs to, in the owner's words. */
function ownersOf(entity: Named, all: readonly Named[], idea: string): Named[] {
  const head = headOf(entity.label)
  const owners = new Set<Named>()
  for (const sentence of sentencesOf(idea.toLowerCase())) {
    const owned = new RegExp(`([a-z-]+)(?:,| and| with)? (?:and )?their (?:own )?(?:[a-z-]+ )?${head}`).exec(sentence)?.[1]
    const whole = new RegExp(
      `(?:each|every|a|an) ([a-z-]+) (?:has|have|contains|consists of) (?:many|several|some|multiple|its|one or more|different)? ?(?:[a-z-]+ )?${head}`,
    ).exec(sentence)?.[1]
    for (const word of [owned, whole]) {
      const owner = word && all.find((other) => other !== entity && headOf(other.label) === singularOf(word))
      if (owner) owners.add(owner)
    }
  }
  return [...owners]
}

const headOf = (label: string) => singularOf((label.toLowerCase().split(' ').at(-1) ?? '').replaceAll(/[^a-z0-9-]/g, '')) || 'record'

function withAsked(entity: Named, fields: readonly PlannedField[], { idea, hasPictures }: EntityInput): PlannedField[] {
  const all = [...fields]
  const words = (text: string) => new Set(text.toLowerCase().split(/\s+/).map(singularOf))
  for (const asked of askedFields(entity.label, idea)) {
    const isOnce =
      asked.type === 'email' || asked.type === 'phone' || asked.type === 'image' || asked.type === 'longText' || asked.type === 'rating'
    const isKnown = all.some(
      ({ field }) =>
        field.name === asked.name ||
        (isOnce && field.type === asked.type) ||
        [...words(asked.label)].every((word) => words(field.label).has(word)) ||
        (asked.name === 'name' && field.name === 'title') ||
        (asked.name === 'title' && field.name === 'name'),
    )
    if (isKnown || all.length >= FIELDS_MAX || (asked.type === 'image' && !hasPictures)) continue
    if (/\b(?:status|author|location|brand|category)\b/.test(asked.name) && all.some(({ field }) => field.name === asked.name)) continue
    const line = `${asked.name} ${asked.type}`
    const planned = plannedField(readField(line))
    all.splice(Math.max(1, all.length - 1), 0, { ...planned, field: { ...planned.field, label: asked.label } })
  }
  return all.slice(0, FIELDS_MAX)
}

/** The owner's own stages replace those of the lexicon. */
function withStages(fields: readonly PlannedField[], stages: readonly string[] | undefined): readonly PlannedField[] {
  if (!stages || stages.length < 2) return fields
  const steps = [...new Set(stages.map((stage) => camelCase(stage)).filter(Boolean))].slice(0, 12)
  if (steps.length < 2) return fields
  const labels = new Map(stages.map((stage) => [camelCase(stage), capitalised(stage.trim()).slice(0, 80)]))
  const flow: PlannedField = {
    field: {
      name: 'status',
      label: 'Status',
      type: 'choice',
      required: true,
      unique: false,
      choices: steps.map((step) => ({ ...choiceOf(step), label: labels.get(step) ?? labelOf(step) })),
    },
    values: [],
    low: undefined,
    high: undefined,
    steps: steps.filter((step) => !isDeadEnd(step)),
    sides: steps.filter(isDeadEnd),
    after: undefined,
  }
  const at = fields.findIndex(({ field, steps: known }) => known.length > 1 || field.name === 'status')
  return at < 0
    ? [...fields.slice(0, 3), flow, ...fields.slice(3)]
    : fields.with(at, { ...flow, field: { ...flow.field, name: fields[at]?.field.name ?? 'status' } })
}

/** Forward step by step; sides from every open state, and back from those that do not end the matter. */
function workflowOf(fields: readonly PlannedField[]): Workflow | undefined {
  const flow = fields.find(({ field, steps }) => field.type === 'choice' && steps.length > 1 && field.required && FLOWS.test(field.name))
  if (!flow) return undefined
  const { steps, sides } = flow
  const labelIn = (value: string) => flow.field.choices?.find((choice) => choice.value === value)?.label ?? labelOf(value)
  const move = (from: string, to: string, label = buttonFor(to, labelIn(to))) => ({ from, to, label })
  const moves = steps.slice(1).map((to, index) => move(steps[index] as string, to))
  for (const side of sides) {
    const open = steps.slice(0, -1)
    if (isDeadEnd(side))
      for (const from of open.slice(0, side === 'rejected' || side === 'declined' ? Math.max(1, open.length) : 3))
        moves.push(move(from, side))
    else {
      const middle = steps[Math.min(1, steps.length - 2)] as string
      moves.push(move(middle, side), move(side, middle, 'Continue'))
    }
  }
  return { field: flow.field.name, moves: moves.slice(0, 40) }
}

const FLOWS = /^(?:status|result|stage)$/
