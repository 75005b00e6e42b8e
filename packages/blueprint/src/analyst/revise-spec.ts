/** Free words worked into a spec that is there: what the analyst understands changes, ids stay, and edits by hand survive. */
import type { Brief, Requirement, Spec } from '@slipway/domain'
import { understand } from './brief.ts'
import { editBrief } from './edit-brief.ts'
import { withFieldsSaid } from './fields-said.ts'
import { readLexicon } from './lexicon/lexicon.ts'
import { writeSpec } from './write-spec.ts'

/** The analyst's own spec, before anybody edited it, and the words that are in it beside the brief. */
export interface SpecBasis {
  readonly spec: Spec
  readonly words: readonly string[]
}

export interface Revised {
  readonly spec: Spec
  readonly basis: SpecBasis
}

/**
 * Pure and repeatable.
 * @param current the spec as it stands, by hand or not; its blueprint must be that of the basis
 * @param numberMax the highest number that a requirement of this feature ever had: no id is given twice
 * @returns undefined when the comment says nothing that the analyst could turn into a change
 */
export function reviseSpec(
  { brief, idea, basis, current, numberMax }: { brief: Brief; idea: string; basis: SpecBasis; current: Spec; numberMax: number },
  comment: string,
): Revised | undefined {
  if (!isSame(current.blueprint, basis.spec.blueprint)) return undefined
  const words = [...basis.words, comment]
  const before = specOf(brief, idea, basis.words)
  const written = specOf(brief, idea, words)
  if (isSame(before, written)) return undefined
  const after = withIds(written, basis.spec, numberMax)
  return { basis: { spec: after, words }, spec: merged(basis.spec, after, current) }
}

/** The spec that brief and words lead to, with ids in order. */
function specOf(brief: Brief, idea: string, words: readonly string[]): Spec {
  const lexicon = readLexicon()
  const understanding = understand(idea, lexicon)
  const said = words.map((text) => withFieldsSaid(text, brief.things))
  const edit = (edited: Brief, text: string): Brief => (text ? editBrief(edited, text, idea, understanding, lexicon).brief : edited)
  const edited = said.reduce((sofar, { rest }) => edit(sofar, rest), brief)
  return writeSpec(edited, [idea, ...said.flatMap(({ fields }) => fields)].join('\n'))
}

/** What goes by the same title, or stands in the same place of a list that only changed its words, keeps its id. */
function withIds(written: Spec, before: Spec, numberMax: number): Spec {
  const ids = new Map<Requirement, string>()
  const left = new Set(before.requirements)
  const pair = (requirement: Requirement, old: Requirement | undefined) => {
    if (!old || !left.delete(old)) return
    ids.set(requirement, old.id)
  }
  for (const requirement of written.requirements)
    pair(
      requirement,
      [...left].find(({ title }) => title === requirement.title),
    )
  const open = () => written.requirements.filter((requirement) => !ids.has(requirement))
  for (const verb of new Set(open().map(verbOf))) {
    const [fresh, old] = [open(), [...left]].map((list) => list.filter((requirement) => verbOf(requirement) === verb))
    if (fresh && old && fresh.length === old.length) for (const [index, requirement] of fresh.entries()) pair(requirement, old[index])
  }
  let number = Math.max(numberMax, ...before.requirements.map(({ id }) => numberOf(id)))
  const requirements = written.requirements.map((requirement) => {
    const id = ids.get(requirement)
    if (!id) number++
    return { ...requirement, id: id ?? `REQ-${String(number).padStart(2, '0')}` }
  })
  return { ...written, requirements }
}

const verbOf = ({ title }: Requirement) => title.split(' ')[0]
export const numberOf = (id: string): number => Number(id.split('-')[1])

/** Three ways: what the comment changed comes in, what a person changed stays; a thing that the comment leaves out goes. */
function merged(base: Spec, theirs: Spec, mine: Spec): Spec {
  const byId = (spec: Spec) => new Map(spec.requirements.map((requirement) => [requirement.id, requirement]))
  const [old, own] = [byId(base), byId(mine)]
  const fromThem = theirs.requirements.flatMap((requirement) => {
    const was = old.get(requirement.id)
    const is = own.get(requirement.id)
    if (!was) return [requirement]
    return is ? [mergedRequirement(was, requirement, is)] : []
  })
  const added = mine.requirements.filter(({ id }) => !old.has(id) && !fromThem.some((one) => one.id === id))
  return {
    ...theirs,
    summary: mine.summary === base.summary ? theirs.summary : mine.summary,
    requirements: [...fromThem, ...added],
  }
}

function mergedRequirement(base: Requirement, theirs: Requirement, mine: Requirement): Requirement {
  const kept = Object.entries(mine).filter(([key, value]) => !isSame(value, base[key as keyof Requirement]))
  return { ...theirs, ...Object.fromEntries(kept) }
}

/** Whatever the order of keys: stored JSON has its own. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
}
