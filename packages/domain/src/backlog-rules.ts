/** What holds for a backlog beyond the shape of its items: order without circles, INVEST, and where a story stands. Pure. */
import { type BacklogLevel, EFFORTS, type Effort, type RequirementCoverage, type Story } from './backlog.ts'

const LETTERS: Readonly<Record<BacklogLevel, string>> = { epic: 'E', story: 'S', subtask: 'ST' }

/** `E1`, `S1`, `ST1`: unique within the parent. */
export const itemCode = (level: BacklogLevel, number: number): string => `${LETTERS[level]}${number}`

interface Dependent {
  readonly code: string
  readonly dependsOn: readonly string[]
}

/** One circle of dependencies, as its codes in order and the first one again; undefined when there is none. */
export function dependencyCircle(items: readonly Dependent[]): readonly string[] | undefined {
  const next = new Map(items.map(({ code, dependsOn }) => [code, dependsOn]))
  const finished = new Set<string>()
  const walk = (code: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(code)) return [...path.slice(path.indexOf(code)), code]
    if (finished.has(code)) return undefined
    for (const other of next.get(code) ?? []) {
      const found = walk(other, [...path, code])
      if (found) return found
    }
    finished.add(code)
    return undefined
  }
  for (const { code } of items) {
    const found = walk(code, [])
    if (found) return found
  }
  return undefined
}

/**
 * The items with every dependency that can be kept: on siblings, not on themselves, and closing no circle. What comes first in the list
 * keeps its dependencies first, so hand the ones that people wrote before those that were generated.
 */
export function withoutCircles<T extends Dependent>(items: readonly T[]): T[] {
  const codes = new Set(items.map(({ code }) => code))
  const kept = new Map<string, readonly string[]>(items.map(({ code }) => [code, []]))
  for (const { code, dependsOn } of items) {
    for (const other of new Set(dependsOn)) {
      if (other === code || !codes.has(other)) continue
      const before = kept.get(code) ?? []
      kept.set(code, [...before, other])
      if (dependencyCircle([...kept].map(([name, own]) => ({ code: name, dependsOn: own })))) kept.set(code, before)
    }
  }
  return items.map((item) => ({ ...item, dependsOn: kept.get(item.code) ?? [] }))
}

/** One letter of INVEST, and why it does not hold; empty when it does. */
export interface InvestMark {
  readonly name: 'Independent' | 'Negotiable' | 'Valuable' | 'Estimable' | 'Small' | 'Testable'
  readonly fault: string
}

const DEPENDENCIES_MAX = 2
const CRITERIA_MAX = 8
const SMALL: readonly Effort[] = EFFORTS.slice(0, -1)

/** What can be told of a story without knowing its product; the rest is for people. @see Wake, "INVEST in Good Stories", 2003 */
export function investOf(
  story: Pick<Story, 'title' | 'description' | 'effort' | 'criteria' | 'dependsOn' | 'requirement'>,
): readonly InvestMark[] {
  const { description, effort, criteria, dependsOn, requirement, title } = story
  const incomplete = criteria.filter(({ given, when, then }) => !given.trim() || !when.trim() || !then.trim()).length
  return [
    { name: 'Independent', fault: dependsOn.length > DEPENDENCIES_MAX ? `It waits for ${dependsOn.length} other stories.` : '' },
    { name: 'Negotiable', fault: description.length > 2_000 ? 'Its description leaves nothing to talk about: shorten it.' : '' },
    {
      name: 'Valuable',
      fault: requirement || /\bso that\b/i.test(description) ? '' : 'It serves no requirement and does not say what for.',
    },
    { name: 'Estimable', fault: description.trim() || criteria.length ? '' : `“${title}” alone is too little to estimate.` },
    {
      name: 'Small',
      fault: !SMALL.includes(effort)
        ? `${effort} is more than one story.`
        : criteria.length > CRITERIA_MAX
          ? `${criteria.length} criteria are more than one story.`
          : '',
    },
    {
      name: 'Testable',
      fault: criteria.length === 0 ? 'It has no acceptance criteria.' : incomplete ? 'A criterion lacks its given, when or then.' : '',
    },
  ]
}

/** People move a story between the first two; the third is where evidence puts it, and nobody else. */
export const BOARD_COLUMNS = ['todo', 'doing', 'proved'] as const
export type BoardColumn = (typeof BOARD_COLUMNS)[number]

export function boardColumnOf(story: Pick<Story, 'requirement' | 'startedAt'>, coverage: readonly RequirementCoverage[]): BoardColumn {
  if (coverage.some((row) => row.requirement === story.requirement && row.isProved)) return 'proved'
  return story.startedAt ? 'doing' : 'todo'
}

/** Per requirement, in order: what serves it, and whether it is proved. Empty lists are the gaps. */
export function coverageOf(
  requirements: readonly { readonly id: string; readonly title: string }[],
  epics: readonly {
    readonly code: string
    readonly stories: readonly { readonly code: string; readonly requirement: string }[]
  }[],
  plans: readonly { readonly name: string; readonly requirements: readonly string[] }[],
  proved: ReadonlySet<string>,
): RequirementCoverage[] {
  const stories = epics.flatMap((epic) => epic.stories.map(({ code, requirement }) => ({ code: epic.code + code, requirement })))
  return requirements.map(({ id, title }) => ({
    requirement: id,
    title,
    stories: stories.filter(({ requirement }) => requirement === id).map(({ code }) => code),
    plans: plans.filter((plan) => plan.requirements.includes(id)).map(({ name }) => name),
    isProved: proved.has(id),
  }))
}
