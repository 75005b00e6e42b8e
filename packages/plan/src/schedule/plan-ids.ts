/** Plan ids in every shape that real plans use, resolved to the names of a set of plans. */
import type { Plan } from '../plan.ts'

export interface NamedPlan {
  /** What other parts call it: `01-02`, a file stem or a path; unique in its set. */
  readonly name: string
  readonly plan: Plan
}

export interface PlanIds {
  /** The phase of a plan, `1` or `12.5`, or its whole text where it has no number. */
  phaseOf(name: string): string
  /** Sorts by phase, then plan. */
  readonly ordered: readonly string[]
  /** The plan that a reference means, seen from the plan that makes it. */
  resolve(reference: string, from: string): { kind: 'plan'; name: string } | { kind: 'earlier-phase' } | { kind: 'unknown' }
}

interface Place {
  readonly phase: string
  readonly plan: string
  readonly slug: string
}

export function planIds(plans: readonly NamedPlan[]): PlanIds {
  const places = new Map(plans.map(({ name, plan }) => [name, placeOf(name, plan)]))
  const byPlace = new Map<string, string>()
  const byText = new Map<string, string>()
  for (const [name, place] of places) {
    if (!byPlace.has(`${place.phase}-${place.plan}`)) byPlace.set(`${place.phase}-${place.plan}`, name)
    for (const text of [name, stem(name), place.slug && `${place.phase}-${place.plan}-${place.slug}`]) {
      if (text && !byText.has(text.toLowerCase())) byText.set(text.toLowerCase(), name)
    }
  }
  const phases = new Set([...places.values()].map((place) => place.phase))
  const first = [...phases]
    .map(Number)
    .filter(Number.isFinite)
    .reduce((least, phase) => Math.min(least, phase), Number.POSITIVE_INFINITY)

  const resolve: PlanIds['resolve'] = (reference, from) => {
    const text = stem(reference)
    const own = places.get(from)?.phase ?? ''
    const read = readId(text)
    const name =
      byText.get(reference.toLowerCase()) ??
      (read?.phase === undefined ? undefined : byPlace.get(`${read.phase}-${read.plan}`)) ??
      byText.get(text.toLowerCase()) ??
      (read && read.phase === undefined ? byPlace.get(`${own}-${read.plan}`) : undefined)
    if (name !== undefined) return { kind: 'plan', name }
    const phase = read?.phase === undefined ? /^(?:phase[\s-]*)(\d+(?:\.\d+)*)/i.exec(text)?.[1] : read.phase
    const isEarlier = phase !== undefined && !phases.has(phase) && Number(phase) < first
    return { kind: isEarlier ? 'earlier-phase' : 'unknown' }
  }
  return {
    phaseOf: (name) => places.get(name)?.phase ?? '',
    ordered: [...places.keys()].sort((a, b) => comparePlaces(places.get(a) as Place, places.get(b) as Place) || compareText(a, b)),
    resolve,
  }
}

/** `.planning/phases/01-x/01-02-auth-PLAN.md`, `"01-02"`, `01-02-PLAN` → `01-02-auth`, `01-02`, `01-02`. */
const stem = (text: string) =>
  (text.trim().split('/').at(-1) ?? '')
    .replace(/^["'`]+|["'`]+$/g, '')
    .replace(/\.md$/i, '')
    .replace(/[-_]?(?:PLAN|SUMMARY)$/i, '')

const NUMBER = String.raw`(\d+(?:\.\d+)*[a-z]?)`
const FULL = new RegExp(
  `^(?:[A-Z]{2,}-)?(?:phase[\\s-]*)?${NUMBER}(?:-[a-z][\\w-]*?)??[-/\\s](?:plan[\\s-]*)?${NUMBER}(?:-([a-z][\\w-]*))?$`,
  'i',
)
const BARE = new RegExp(`^(?:plan[\\s-]*)?${NUMBER}$`, 'i')

function readId(text: string): { phase?: string; plan: string; slug: string } | null {
  const short = text.slice(0, 200)
  const full = FULL.exec(short)
  if (full) return { phase: plainNumber(full[1] as string), plan: plainNumber(full[2] as string), slug: full[3] ?? '' }
  const bare = BARE.exec(short)
  return bare ? { plan: plainNumber(bare[1] as string), slug: '' } : null
}

/** `01` → `1`, `02.10` → `2.10`, `01a` → `1a`. */
const plainNumber = (text: string) => text.toLowerCase().replace(/^0+(?=\d)/, '')

function placeOf(name: string, plan: Plan): Place {
  const named = readId(stem(name))
  const phaseNumber = /^(?:[A-Z]{2,}-)?(?:phase[\s-]*)?(\d+(?:\.\d+)*)/i.exec(plan.frontMatter.phase)?.[1]
  const own = readId(plan.frontMatter.plan)
  return {
    phase: phaseNumber ? plainNumber(phaseNumber) : (named?.phase ?? plan.frontMatter.phase),
    plan: own?.plan ?? named?.plan ?? (plan.frontMatter.plan || stem(name)),
    slug: named?.slug ?? '',
  }
}

function comparePlaces(a: Place, b: Place): number {
  return compareText(a.phase, b.phase) || compareText(a.plan, b.plan)
}

const compareText = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
