/** A backlog without a model: epics from the blueprint's things, stories from requirements and ideas, subtasks from what each needs. Pure. */
import { EFFORTS, type Effort, itemCode, type Requirement, type Spec } from '@slipway/domain'
import type { Backlog, BacklogEpic, BacklogItem, BacklogStory } from './backlog-tree.ts'
import { kinOf, wordsOf as words } from './words.ts'

type Entity = Spec['blueprint']['entities'][number]

/** An idea from a card, or from several that say the same, that was kept. */
export interface BacklogIdea {
  readonly title: string
  readonly text: string
  readonly effort: Effort
}

/** What a story is made of: a requirement of the spec, or an idea that no requirement speaks of. */
type Wish = Pick<Requirement, 'title' | 'text' | 'source' | 'criteria' | 'delivery'> & {
  readonly key: string
  /** Empty for an idea. */
  readonly requirement: string
  readonly effort: Effort
}

/**
 * Every requirement has one story, and every idea whose title is not that of a requirement; the same input gives the same backlog.
 * @param spec null before there is one: then the ideas are all there is
 */
export function builtInBacklog(source: {
  readonly product: string
  readonly spec: Spec | null
  readonly ideas: readonly BacklogIdea[]
}): Backlog {
  const { product, spec, ideas } = source
  const entities = spec?.blueprint.entities ?? []
  const wishes = [...(spec?.requirements ?? []).map(ofRequirement), ...ideasBeyond(spec, ideas).map(ofIdea)]
  const owners = new Map(wishes.map((wish) => [wish.key, ownerOf(wish, entities)]))
  const ofOwner = (entity: Entity | undefined, isIdea: boolean) =>
    wishes.filter(({ key, requirement }) => owners.get(key) === entity && (entity !== undefined || (requirement === '') === isIdea))
  const groups = [
    { entity: undefined, key: 'whole-app', title: `${product} as a whole`, wishes: ofOwner(undefined, false) },
    ...entities.map((entity) => ({ entity, key: slug(entity.name), title: entity.labelPlural, wishes: ofOwner(entity, false) })),
    { entity: undefined, key: 'ideas', title: 'Ideas from cards', wishes: ofOwner(undefined, true) },
  ].filter((group) => group.wishes.length > 0)
  const codes = new Map(groups.flatMap(({ entity }, index) => (entity ? [[entity.name, itemCode('epic', index + 1)] as const] : [])))
  const epics = groups.map(({ entity, key, title, wishes: own }, index): BacklogEpic => {
    const stories = own.map((wish, at) => storyOf(wish, at + 1, entity, spec))
    const needed = (entity?.fields ?? []).flatMap(({ to }) => (to && to !== entity?.name ? [codes.get(to)] : []))
    return {
      code: itemCode('epic', index + 1),
      key,
      title,
      description:
        entity?.description ||
        (key === 'ideas'
          ? `What cards ask for and the spec does not say yet: ${list(own.map((wish) => wish.title))}.`
          : `What ${product} has to do ${entity ? `with ${entity.labelPlural.toLowerCase()}` : 'everywhere'}: ${list(own.map((wish) => wish.title))}.`),
      effort: effortOf(stories.length),
      criteria: own.slice(0, 3).flatMap(({ criteria }) => criteria.slice(0, 1)),
      // only earlier epics: what refers to each other in a circle is built in the order of the blueprint
      dependsOn: [...new Set(needed)].filter((code): code is string => code !== undefined && Number(code.slice(1)) < index + 1),
      requirements: own.flatMap(({ requirement }) => (requirement ? [requirement] : [])),
      stories,
    }
  })
  return { version: 1, product, epics }
}

const ofRequirement = ({ id, title, text, source, criteria, delivery }: Requirement): Wish => ({
  ...{ title, text, source, criteria, delivery },
  key: id.toLowerCase(),
  requirement: id,
  effort: effortOf(criteria.length + (delivery === 'model' ? 1 : 0)),
})

/** What a card says has no criteria yet: they are for people to write. */
const ofIdea = ({ title, text, effort }: BacklogIdea): Wish => ({
  ...{ title, text, effort, source: '', criteria: [], delivery: 'model' },
  key: `card-${slug(words(title).join('-')).slice(0, 50) || 'idea'}`,
  requirement: '',
})

function ideasBeyond(spec: Spec | null, ideas: readonly BacklogIdea[]): BacklogIdea[] {
  const known = new Set((spec?.requirements ?? []).map(({ title }) => words(title).join(' ')))
  const keys = new Set<string>()
  return ideas.filter((idea) => {
    const said = words(idea.title).join(' ')
    if (known.has(said) || keys.has(ofIdea(idea).key)) return false
    keys.add(ofIdea(idea).key)
    return true
  })
}

/** The first thing that its title names, or the only one that its text does; undefined when it is about the whole app. */
function ownerOf({ title, text }: Wish, entities: readonly Entity[]): Entity | undefined {
  const names = entities.map((entity) => ({ entity, words: [entity.name, entity.label, entity.labelPlural].flatMap(words) }))
  const namedBy = (word: string) => names.find((own) => own.words.some((name) => kinOf(word, name)))?.entity
  const inTitle = words(title).map(namedBy).find(Boolean)
  const inText = new Set(words(text).flatMap((word) => namedBy(word) ?? []))
  return inTitle ?? (inText.size === 1 ? [...inText][0] : undefined)
}

function storyOf(wish: Wish, number: number, entity: Entity | undefined, spec: Spec | null): BacklogStory {
  const { key, requirement, title, text, source, criteria, effort } = wish
  const role = spec?.blueprint.roles.find(({ label }) => words(text).includes(label.toLowerCase()))?.label ?? 'user'
  const said = requirement ? `As a ${role.toLowerCase()}: ${text}` : text
  return {
    code: itemCode('story', number),
    key,
    title,
    description: [said, ...(source ? [`It was asked for as: “${source}”`] : [])].filter(Boolean).join('\n\n'),
    effort,
    criteria,
    dependsOn: [],
    requirement,
    subtasks: subtasksOf(wish, entity),
  }
}

interface Part {
  readonly key: string
  readonly title: string
  readonly description: string
}

function subtasksOf(wish: Wish, entity: Entity | undefined): readonly BacklogItem[] {
  const { delivery, title, criteria } = wish
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
