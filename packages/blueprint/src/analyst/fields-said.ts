/** "Add a field for the frame number to bikes": wishes for fields, as sentences that name their thing. */
import { phraseKey } from './lexicon/lexicon.ts'
import { sentencesOf, singularPhrase } from './words.ts'

const TO =
  /^(?:please\s+)?(?:(?:we|i)\s+(?:also\s+)?(?:need|want)|(?:also\s+)?(?:add|include|record|store|keep))\s+(?:(?:an?|the|another|one more|new)\s+)*(?:fields?\s+(?:for|called|named|with)\s+)?(?:the\s+|an?\s+)?["“]?([\p{L} -]{3,40}?)["”]?(?:\s+fields?)?\s+(?:to|for|of|on)\s+(?:the\s+|an?\s+|every\s+|each\s+|our\s+)?([\p{L} -]{3,40})$/iu
const HAS =
  /^(?:every|each|an?|the|our)?\s*([\p{L} -]{3,40}?)\s+(?:should have|must have|needs?|have|has|gets?)\s+(?:an?\s+|the\s+)?(?:fields?\s+(?:for|called|named)\s+)?(?:the\s+|an?\s+)?["“]?([\p{L} -]{3,40}?)["”]?(?:\s+fields?)?$/iu

/**
 * @param things as in the brief
 * @returns the sentences that give a thing a field, and what else was said
 */
export function withFieldsSaid(text: string, things: readonly string[]): { fields: string[]; rest: string } {
  const fields: string[] = []
  const rest: string[] = []
  for (const sentence of sentencesOf(text.slice(0, 8_000))) {
    const bare = sentence.replace(/[.!]+$/, '').trim()
    const [, toField, toThing] = TO.exec(bare) ?? []
    const [, hasThing, hasField] = HAS.exec(bare) ?? []
    const thing = thingOf(toThing ?? hasThing, things)
    const field = toField ?? hasField
    if (thing && field) fields.push(`Each ${singularPhrase(thing.toLowerCase())} has a ${field.trim().toLowerCase()}.`)
    else rest.push(sentence)
  }
  return { fields, rest: rest.join('\n') }
}

const thingOf = (words: string | undefined, things: readonly string[]): string | undefined => {
  const said = words && phraseKey(words.trim())
  return said ? things.find((thing) => phraseKey(thing) === said || phraseKey(thing).split(' ').at(-1) === said) : undefined
}
