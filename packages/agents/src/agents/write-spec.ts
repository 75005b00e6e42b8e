/** Writes the spec from a confirmed brief: requirements and the blueprint from which the app is compiled. */
import { type Brief, Spec } from '@slipway/domain'
import type { Agent } from '../agent.ts'
import { fenced, fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export interface SpecInput {
  readonly brief: Brief
  /** The spec that is to be revised: its ids keep their meaning. */
  readonly previous?: Spec
  /** What the owner wants changed. */
  readonly comment?: string
}

export const writeSpec: Agent<SpecInput, Spec> = {
  name: 'write-spec',
  role: 'writer',
  system: promptBeside(import.meta.url),
  input: ({ brief, previous, comment }) => ({
    text: [
      fencedJson('brief', brief),
      ...(previous ? [fencedJson('spec so far', previous)] : []),
      ...(comment ? [fenced('what the owner wants changed', comment)] : []),
      previous ? 'Give the whole revised spec. What the comment does not touch stays word for word.' : 'Write the spec.',
    ].join('\n\n'),
  }),
  output: Spec,
  check: (spec, { previous }) => [...idFaults(spec), ...reusedIds(spec, previous), ...sampleFaults(spec)],
  limits: { outputTokens: 24_000 },
  effort: 'medium',
}

function idFaults({ requirements }: Spec): string[] {
  const ids = requirements.map(({ id }) => id)
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice: every requirement has its own id`)
}

/** A requirement that shares no word with the one of that id before it is another one under an old name. */
function reusedIds(spec: Spec, previous: Spec | undefined): string[] {
  const before = new Map((previous?.requirements ?? []).map((requirement) => [requirement.id, requirement]))
  return spec.requirements.flatMap(({ id, title, text }) => {
    const old = before.get(id)
    if (!old) return []
    const words = wordsOf(`${old.title} ${old.text}`)
    const isRelated = [...wordsOf(`${title} ${text}`)].some((word) => words.has(word))
    return isRelated ? [] : [`${id} was "${old.title}" and is now "${title}": give the new requirement a new id`]
  })
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])

function sampleFaults({ blueprint }: Spec): string[] {
  const samplesOf = new Map(blueprint.entities.map(({ name, samples }) => [name, samples.length]))
  return blueprint.entities.flatMap((entity) =>
    entity.samples.flatMap((sample, index) =>
      Object.entries(sample).flatMap(([name, value]) => {
        const where = `sample ${index} of ${entity.name}`
        const field = entity.fields.find((candidate) => candidate.name === name)
        if (!field) return [`${where} has "${name}", which is no field`]
        if (value === null) return []
        if (field.type === 'choice' && !field.choices?.some((choice) => choice.value === value))
          return [`${where}: "${String(value)}" is no choice of ${name}`]
        const count = samplesOf.get(field.to ?? '') ?? 0
        const isIndex = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count
        return field.type === 'reference' && !isIndex
          ? [`${where}: ${name} must be the index of a sample of ${field.to}, 0 to ${count - 1}`]
          : []
      }),
    ),
  )
}
