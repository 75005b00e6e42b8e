/** From a confirmed brief to the blueprint: entities with fields, relations, states and examples; roles, pages, look. */
import { Blueprint, type Brief, type Capability, type Entity, type Page } from '@slipway/domain'
import { accessOf, rolesOf } from './access.ts'
import type { Lexicon } from './lexicon/lexicon.ts'
import { pagesOf } from './pages.ts'
import { type PlannedEntity, planEntities } from './plan-entities.ts'
import { writeSamples } from './samples.ts'
import { readSettings } from './settings.ts'
import { themeOf } from './theme.ts'
import { traitsOf } from './traits.ts'
import { clipped } from './words.ts'

export interface Written {
  readonly blueprint: Blueprint
  readonly entities: readonly PlannedEntity[]
}

/** @throws a `ZodError` only for a fault of the analyst: every brief that parses gives a blueprint that parses */
export function writeBlueprint(brief: Brief, idea: string, lexicon: Lexicon): Written {
  const text = [idea, brief.purpose, ...brief.goals].join('\n')
  const traits = traitsOf([idea, brief.purpose, ...brief.goals.filter((goal) => !goal.startsWith('Keep track of '))].join('\n'))
  const settings = readSettings(brief)
  const wantsContact = traits.wantsContact || traits.isSite
  const isContact = (thing: string) => /\b(?:contact (?:message|request)|enquir|inquir)/i.test(thing)
  const things = wantsContact && !brief.things.some(isContact) ? [...brief.things, 'Contact message'] : brief.things
  const entities = planEntities({ things, idea, hasPictures: traits.hasPictures, stages: settings.stages }, lexicon)
  const contact = wantsContact ? entities.find((entity) => entity.kind?.name === 'contactMessage') : undefined
  const roles = rolesOf(brief.roles, brief.signIn)
  const samples = writeSamples(entities, `${brief.name}/${brief.things.join()}`)
  const pages = pagesOf({ brief, traits, entities, contact, opensWith: settings.opensWith })
  const blueprint = Blueprint.parse({
    version: 1,
    appName: brief.name,
    tagline: clipped(brief.purpose, 160),
    purpose: clipped(brief.purpose, 2_000),
    capabilities: capabilitiesOf(entities, pages, brief, text),
    roles,
    entities: entities.map(
      (entity): Entity => ({
        name: entity.name,
        label: clipped(entity.label, 80),
        labelPlural: clipped(entity.labelPlural, 80),
        description: clipped(entity.about, 300),
        icon: entity.icon,
        fields: entity.fields.map(({ field }) => field),
        titleField: entity.titleField,
        ...(entity.workflow && { workflow: entity.workflow }),
        access: accessOf(entity, brief.signIn, roles, traits.isSite),
        samples: [...(samples.get(entity.name) ?? [])],
      }),
    ),
    pages,
    theme: themeOf(brief.look, text),
    currency: settings.currency,
  })
  return { blueprint, entities }
}

function capabilitiesOf(entities: readonly PlannedEntity[], pages: readonly Page[], brief: Brief, text: string): Capability[] {
  const kinds = new Set(entities.map((entity) => entity.kind?.name ?? ''))
  const has = (...names: string[]) => names.some((name) => kinds.has(name))
  const shows = (kind: Page['kind']) => pages.some((page) => page.kind === kind)
  const list: readonly (readonly [Capability, boolean])[] = [
    ['browse', true],
    ['edit', true],
    ['signIn', brief.signIn !== 'none'],
    ['dashboard', shows('dashboard')],
    ['board', shows('board')],
    ['calendar', shows('calendar')],
    ['cart', has('cartItem') || (has('order') && has('product'))],
    ['booking', has('booking', 'appointment', 'registration', 'lease')],
    ['messaging', has('message', 'conversation')],
    ['forum', has('post', 'topic')],
    ['polls', has('survey')],
    ['reviews', has('review')],
    ['content', shows('content')],
    ['contact', shows('contact')],
    ['reports', shows('dashboard')],
    ['export', true],
    ['files', /\bupload/i.test(text) && has('document', 'dataset', 'conversionJob')],
    ['settings', true],
  ]
  return list.filter(([, isIn]) => isIn).map(([capability]) => capability)
}
