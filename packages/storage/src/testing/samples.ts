/** Smallest whole values of the things that tests store. */
import { Brief, Spec } from '@slipway/domain'

/** @param name what it is told apart by */
export const sampleBrief = (name = 'Shop'): Brief =>
  Brief.parse({
    version: 1,
    name,
    purpose: 'Sell things',
    audience: [],
    goals: ['Buy a thing'],
    things: ['thing'],
    signIn: 'none',
    roles: [],
    look: {},
    assumptions: [],
    outOfScope: [],
  })

/** @param codes the ids of its requirements */
export const sampleSpec = (...codes: readonly string[]): Spec =>
  Spec.parse({
    version: 1,
    summary: 'A shop',
    requirements: codes.map((id) => ({
      id,
      title: `Title of ${id}`,
      text: 'It works.',
      // biome-ignore lint/suspicious/noThenProperty: Gherkin's own word
      criteria: [{ given: 'a shop', when: 'someone buys', then: 'it is sold' }],
    })),
    blueprint: {
      version: 1,
      appName: 'Shop',
      capabilities: ['browse'],
      entities: [
        {
          name: 'thing',
          label: 'Thing',
          labelPlural: 'Things',
          titleField: 'name',
          fields: [{ name: 'name', label: 'Name', type: 'text' }],
        },
      ],
      pages: [{ kind: 'list', name: 'things', title: 'Things', entity: 'thing' }],
      theme: { background: '#ffffff', primary: '#1d4ed8' },
    },
  })
