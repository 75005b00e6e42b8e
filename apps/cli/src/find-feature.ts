/** Finds the feature a person means by its id or by the first letters of its title. */
import { type Client, type FeatureSummary, failure } from '@slipway/domain'

/** @throws NOT_FOUND for no match, INPUT_INVALID when several features match */
export async function findFeature(client: Client, words: string): Promise<FeatureSummary> {
  const { features } = await client.listFeatures({})
  const wanted = words.toLowerCase()
  const byId = features.filter((feature) => feature.id === words)
  const found = byId.length ? byId : features.filter((feature) => feature.title.toLowerCase().startsWith(wanted))
  if (found.length > 1) {
    const faults = found.map((feature) => `"${feature.title}" is ${feature.id}`)
    throw failure('INPUT_INVALID', { what: `"${words}" means ${found.length} features and`, faults })
  }
  if (!found[0]) throw failure('NOT_FOUND', { thing: 'feature', id: `"${words}"` })
  return found[0]
}
