/** From a confirmed brief to the spec: requirements with stable ids, and the blueprint that they follow from. */
import type { Brief, Spec } from '@slipway/domain'
import { readLexicon } from './lexicon/lexicon.ts'
import { requirementsOf } from './requirements.ts'
import { clipped, inSentence, listed } from './words.ts'
import { writeBlueprint } from './write-blueprint.ts'

/**
 * Pure and repeatable. What the brief says wins over the idea; the idea adds fields, relations and the sentences requirements came from.
 * @param idea the owner's own words; may be empty
 */
export function writeSpec(brief: Brief, idea: string): Spec {
  const lexicon = readLexicon()
  const { blueprint } = writeBlueprint(brief, idea, lexicon)
  const requirements = requirementsOf(brief, idea, blueprint, lexicon)
  const open = requirements.filter((requirement) => requirement.delivery !== 'compiled')
  const summary = [
    `${brief.name} keeps ${listed(blueprint.entities.map((entity) => inSentence(entity.labelPlural)))}.`,
    brief.signIn === 'none'
      ? 'Nobody signs in.'
      : brief.signIn === 'optional'
        ? 'Everybody can read; changing things needs an account.'
        : 'Everybody signs in.',
    `${requirements.length - open.length} of ${requirements.length} requirements are in the first version.`,
    ...(open.length ? [`Not in it: ${listed(open.map((requirement) => inSentence(requirement.title)))}.`] : []),
  ].join(' ')
  return { version: 1, summary: clipped(summary, 2_000), requirements, blueprint }
}
