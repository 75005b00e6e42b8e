/** Pages and their order: what matters first, then a list per thing, boards and calendars where they help, and pages to read. */
import type { Brief, Page } from '@slipway/domain'
import type { PlannedEntity } from './plan-entities.ts'
import type { OpensWith } from './settings.ts'
import type { Traits } from './traits.ts'
import { capitalised, clipped, inSentence, listed } from './words.ts'

const LISTS_MAX = 20

export interface PagesInput {
  readonly brief: Brief
  readonly traits: Traits
  readonly entities: readonly PlannedEntity[]
  readonly contact: PlannedEntity | undefined
  readonly opensWith: OpensWith | undefined
}

export function pagesOf({ brief, traits, entities, contact, opensWith }: PagesInput): Page[] {
  const taken = new Set<string>()
  const nameFor = (wanted: string) => {
    let name = wanted.slice(0, 36)
    for (let round = 2; taken.has(name); round++) name = `${wanted.slice(0, 36)}${round}`
    taken.add(name)
    return name
  }
  const main = entities.filter((entity) => entity !== contact && entity.name !== 'orderLine')
  const overview = overviewOf(main)
  const dashboard: Page = {
    kind: 'dashboard',
    name: nameFor('overview'),
    title: traits.isSite ? 'Overview' : 'Overview',
    icon: 'layout-dashboard',
    entities: overview.map((entity) => entity.name),
  }
  const lists = main.slice(0, LISTS_MAX).map((entity): Page => {
    const isCards = traits.isSite ? isShown(entity) : entity.fields.some(({ field }) => field.type === 'image') && isShown(entity)
    return {
      kind: 'list',
      name: nameFor(`${entity.name}List`),
      title: entity.labelPlural,
      icon: entity.icon,
      entity: entity.name,
      layout: isCards ? 'cards' : 'table',
    }
  })
  const boards = main
    .filter((entity) => entity.workflow && (entity.family === 'work' || entity.family === 'deal'))
    .slice(0, 2)
    .map((entity): Page => {
      const title = boards1(entity)
      return {
        kind: 'board',
        name: nameFor(`${entity.name}Board`),
        title,
        icon: 'columns-3',
        entity: entity.name,
        groupBy: entity.workflow?.field ?? 'status',
      }
    })
  const dated = calendarOf(main, traits)
  const calendars: Page[] = dated ? [{ kind: 'calendar', name: nameFor('calendar'), title: 'Calendar', icon: 'calendar', ...dated }] : []
  const reading = readingPages(brief, traits, main, nameFor)
  const contacts: Page[] = contact
    ? [
        {
          kind: 'contact',
          name: nameFor('contact'),
          title: 'Contact',
          icon: 'mail',
          intro: 'Write to us; we answer within two working days.',
          entity: contact.name,
        },
      ]
    : []
  const inbox: Page[] = contact
    ? [
        {
          kind: 'list',
          name: nameFor(`${contact.name}List`),
          title: contact.labelPlural,
          icon: 'inbox',
          entity: contact.name,
          layout: 'table',
        },
      ]
    : []
  const [welcome, ...others] = reading
  const isOpenTo = (wanted: OpensWith) => opensWith === wanted
  if (traits.isSite && welcome && !isOpenTo('overview'))
    return [welcome, ...lists, ...calendars, ...boards.slice(0, 1), ...others, ...contacts, dashboard, ...inbox].slice(0, 40)
  const first = isOpenTo('board')
    ? boards.slice(0, 1)
    : isOpenTo('calendar')
      ? calendars
      : isOpenTo('list')
        ? lists.slice(0, 1)
        : isOpenTo('welcome') && welcome
          ? [welcome]
          : []
  const rest: Page[] = [dashboard, ...boards.slice(0, 1), ...calendars, ...lists, ...boards.slice(1), ...others, ...contacts, ...inbox]
  return [...first, ...rest.filter((page) => !first.includes(page))].slice(0, 40)
}

const boards1 = (entity: PlannedEntity) => clipped(`${capitalised(inSentence(entity.label))} board`, 80)

/** Catalogues and writings have a face; records of dealings are read in rows. */
const isShown = (entity: PlannedEntity) =>
  entity.family === 'catalogue' ||
  entity.family === 'content' ||
  entity.family === 'place' ||
  (entity.family === 'staff' && entity.fields.some(({ field }) => field.type === 'image'))

/** What moves, is due, or costs money says most about the day. */
function overviewOf(entities: readonly PlannedEntity[]): PlannedEntity[] {
  const weight = (entity: PlannedEntity) =>
    (entity.workflow ? 3 : 0) +
    (entity.family === 'work' || entity.family === 'deal' ? 2 : 0) +
    (entity.fields.some(({ field }) => field.type === 'date' || field.type === 'dateTime') ? 1 : 0) +
    (entity.fields.some(({ field }) => field.type === 'money') ? 1 : 0) +
    (entity.family === 'client' ? 1 : 0)
  return entities.toSorted((a, b) => weight(b) - weight(a)).slice(0, 4)
}

function calendarOf(entities: readonly PlannedEntity[], traits: Traits): { entity: string; dateField: string } | undefined {
  const found = entities
    .map((entity) => {
      const date =
        entity.fields.find(({ field }) => field.type === 'dateTime' && field.required) ??
        entity.fields.find(
          ({ field }) => field.type === 'date' && /^(?:startsOn|dueOn|day|dueBy|deadline)$/.test(field.name) && field.required,
        )
      const isAhead = date && (date.high ?? 0) >= 4
      const weight =
        !date || !isAhead
          ? 0
          : date.field.type === 'dateTime'
            ? 3
            : entity.family === 'work' || entity.family === 'deal'
              ? 2
              : traits.wantsCalendar
                ? 1
                : 0
      return { entity, date, weight }
    })
    .toSorted((a, b) => b.weight - a.weight)[0]
  return found && found.weight > 0 && found.date ? { entity: found.entity.name, dateField: found.date.field.name } : undefined
}

type ContentPage = Extract<Page, { kind: 'content' }>

function readingPages(
  brief: Brief,
  traits: Traits,
  entities: readonly PlannedEntity[],
  nameFor: (wanted: string) => string,
): ContentPage[] {
  if (!traits.isSite && !traits.wantsFaq) return []
  const shown = entities.filter(isShown).slice(0, 3)
  const names = shown.map((entity) => inSentence(entity.labelPlural))
  const heading = (text: string) => clipped(text, 80)
  const welcome: ContentPage = {
    kind: 'content',
    name: nameFor('welcome'),
    title: 'Welcome',
    icon: 'house',
    sections: [
      { heading: heading(brief.name), body: openingWords(brief), image: brief.name },
      ...shown.map((entity) => ({
        heading: heading(entity.labelPlural),
        body: clipped(`${entity.about} Look through the ${inSentence(entity.labelPlural)}, search them, and open one to see more.`, 2_000),
        image: entity.labelPlural,
      })),
      ...(brief.goals.length > 2
        ? [
            {
              heading: 'What you can do here',
              body: clipped(
                `${listed(brief.goals.slice(0, 5).map((goal) => goal.charAt(0).toLowerCase() + goal.slice(1)))}.`.replace(/^./, (first) =>
                  first.toUpperCase(),
                ),
                2_000,
              ),
            },
          ]
        : []),
    ],
  }
  const about: ContentPage = {
    kind: 'content',
    name: nameFor('about'),
    title: 'About',
    icon: 'info',
    sections: [
      {
        heading: heading(`About ${brief.name}`),
        body: clipped(
          `${sentence(brief.purpose)} We keep it small on purpose: everything here is looked after by people you can write to.`,
          2_000,
        ),
        image: `About ${brief.name}`,
      },
      {
        heading: 'How we work',
        body: 'We answer within two working days, say plainly what we can and cannot do, and put right what went wrong.',
      },
    ],
  }
  const faq: ContentPage = {
    kind: 'content',
    name: nameFor('questions'),
    title: 'Questions',
    icon: 'circle-question-mark',
    sections: [
      {
        heading: 'How do I find what I am looking for?',
        body: names.length
          ? `Open ${listed(names, 'or')} and type into the search field. Filters narrow the list, and a click on a column sorts it.`
          : 'Open a list and type into the search field.',
      },
      {
        heading: 'Do I need an account?',
        body:
          brief.signIn === 'none'
            ? 'No. Everything is open to everyone who has the address.'
            : brief.signIn === 'optional'
              ? 'Not for reading. For anything that is kept under your name, yes; signing up takes a minute.'
              : 'Yes. You are asked to sign in before you see anything.',
      },
      { heading: 'Can I have my data?', body: 'Yes. Every list can be downloaded as a file that a spreadsheet opens.' },
    ],
  }
  return [welcome, ...(traits.wantsAbout ? [about] : []), ...(traits.wantsFaq ? [faq] : [])]
}

function openingWords(brief: Brief): string {
  return clipped(sentence(brief.purpose) || `${brief.name}, in one place.`, 2_000)
}

const sentence = (text: string) => (text && !/[.!?…]$/.test(text) ? `${text}.` : text)
