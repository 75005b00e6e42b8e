/** A backlog without a model: epics from the blueprint's things, stories from requirements, subtasks from what each needs. Pure. */
import { EFFORTS, type Effort, type Requirement, type Spec } from '@slipway/domain'
import type { Backlog, BacklogEpic, BacklogItem, BacklogStory } from './backlog-tree.ts'
import { itemCode } from './merge-items.ts'

type Entity = Spec['blueprint']['entities'][number]

/** Every requirement has one story; the same spec gives the same backlog. */
export function backlogFromSpec(spec: Spec): Backlog {
  const { entities, appName } = spec.blueprint
  const owners = new Map(spec.requirements.map((requirement) => [requirement.id, ownerOf(requirement, entities)]))
  const groups = [undefined, ...entities].flatMap((entity) => {
    const own = spec.requirements.filter(({ id }) => owners.get(id) === entity)
    return own.length ? [{ entity, requirements: own }] : []
  })
  const codes = new Map(groups.map(({ entity }, index) => [entity?.name, itemCode('epic', index + 1)]))
  const epics = groups.map(({ entity, requirements }, index): BacklogEpic => {
    const stories = requirements.map((requirement, at) => storyOf(requirement, at + 1, entity, spec))
    const needed = (entity?.fields ?? []).flatMap(({ to }) => (to && to !== entity?.name ? [codes.get(to)] : []))
    return {
      code: itemCode('epic', index + 1),
      key: entity ? slug(entity.name) : 'whole-app',
      title: entity ? entity.labelPlural : `${appName} as a whole`,
      description:
        entity?.description ||
        `What ${appName} has to do ${entity ? `with ${entity.labelPlural.toLowerCase()}` : 'everywhere'}: ${list(requirements.map(({ title }) => title))}.`,
      effort: effortOf(stories.length),
      criteria: requirements.slice(0, 3).flatMap(({ criteria }) => criteria.slice(0, 1)),
      // only earlier epics: what refers to each other in a circle is built in the order of the blueprint
      dependsOn: [...new Set(needed)].filter((code): code is string => code !== undefined && Number(code.slice(1)) < index + 1),
      requirements: requirements.map(({ id }) => id),
      stories,
    }
  })
  return { version: 1, product: appName, epics }
}

/** The first thing that its title names, or the only one that its text does; undefined when it is about the whole app. */
function ownerOf({ title, text }: Requirement, entities: readonly Entity[]): Entity | undefined {
  const names = entities.map((entity) => ({ entity, words: [entity.name, entity.label, entity.labelPlural].flatMap(words) }))
  const namedBy = (word: string) => names.find((own) => own.words.some((name) => isKin(word, name)))?.entity
  const inTitle = words(title).map(namedBy).find(Boolean)
  const inText = new Set(words(text).flatMap((word) => namedBy(word) ?? []))
  return inTitle ?? (inText.size === 1 ? [...inText][0] : undefined)
}

const words = (text: string): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]{3,}/gu) ?? []

/** `books` and `booking`, `table` and `tables`: the same beginning, and not much more. */
function isKin(a: string, b: string): boolean {
  if (a === b) return true
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return same >= 4 && Math.max(a.length, b.length) - same <= 4
}

function storyOf(requirement: Requirement, number: number, entity: Entity | undefined, spec: Spec): BacklogStory {
  const { id, title, text, source, criteria } = requirement
  const role = spec.blueprint.roles.find(({ label }) => words(text).includes(label.toLowerCase()))?.label ?? 'user'
  return {
    code: itemCode('story', number),
    key: id.toLowerCase(),
    title,
    description: [`As a ${role.toLowerCase()}: ${text}`, ...(source ? [`It was asked for as: “${source}”`] : [])].join('\n\n'),
    effort: effortOf(criteria.length + (requirement.delivery === 'model' ? 1 : 0)),
    criteria,
    dependsOn: [],
    requirement: id,
    subtasks: subtasksOf(requirement, entity),
  }
}

interface Part {
  readonly key: string
  readonly title: string
  readonly description: string
}

function subtasksOf(requirement: Requirement, entity: Entity | undefined): readonly BacklogItem[] {
  const { delivery, title, criteria } = requirement
  const subject = entity?.label.toLowerCase() ?? 'app'
  const fields = entity ? list(entity.fields.map(({ label }) => label.toLowerCase())) : ''
  const proof: Part = {
    key: 'proof',
    title: `Prove “${title}” in the running app`,
    description: 'Each criterion is tried out in a browser and its result kept as evidence.',
  }
  const built: readonly Part[] = [
    ...(entity
      ? [
          {
            key: 'data',
            title: `Keep what ${title.toLowerCase()} needs`,
            description: `Fields of ${subject} (${fields}), with what is new and its migration.`,
          },
        ]
      : []),
    {
      key: 'server',
      title: `Serve “${title}”`,
      description: 'Routes with checks of input and rights, and what they answer when something is wrong.',
    },
    { key: 'page', title: `Show “${title}”`, description: 'Page, form and states: empty, loading, wrong input, done.' },
    { key: 'tests', title: `Test “${title}”`, description: 'A test per criterion, through the public routes.' },
    proof,
  ]
  const parts = delivery === 'later' ? [] : delivery === 'compiled' ? [proof] : built
  return parts.map(({ key, title: name, description }, index) => ({
    code: itemCode('subtask', index + 1),
    key,
    title: name,
    description,
    effort: key === 'server' || key === 'page' ? 'S' : 'XS',
    criteria: key === 'proof' || key === 'tests' ? criteria : criteria.slice(0, 1),
    dependsOn: index === 0 ? [] : [itemCode('subtask', index)],
  }))
}

const effortOf = (points: number): Effort => EFFORTS[Math.min(EFFORTS.length - 1, Math.floor(points / 2))] as Effort
const slug = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
const list = (items: readonly string[]) =>
  items.length <= 8 ? items.join(', ') : `${items.slice(0, 8).join(', ')} and ${items.length - 8} more`
