/** What an owner did to a feature, in order, read from what it left: messages, revisions, events, builds, generations. Pure. */
import {
  type BacklogRun,
  type Brief,
  type Card,
  type ChatMessage,
  FEATURE,
  type Feature,
  type Job,
  type LiveEvent,
  type OwnerAct,
  type PlanText,
  type Revision,
  type Spec,
  sourcesOf,
  targetOf,
} from '@slipway/domain'

/** All that is known of a feature. */
export interface RunHistory {
  readonly feature: Feature
  /** `feature-changed`, `message-added` and `brief-changed`, oldest first. */
  readonly events: readonly LiveEvent[]
  readonly messages: readonly ChatMessage[]
  /** Hashes of the pictures, by their ids. */
  readonly pictures: ReadonlyMap<string, string>
  readonly brief: Brief | null
  readonly specs: readonly { readonly spec: Spec; readonly revision: Revision }[]
  readonly plans: readonly { readonly plans: readonly PlanText[]; readonly revision: Revision }[]
  readonly jobs: readonly { readonly job: Job; readonly restoreFrom: string | undefined }[]
  readonly generations: readonly (readonly BacklogRun[])[]
  readonly cards: readonly Card[]
}

export interface DoneAct {
  readonly act: OwnerAct
  /** ISO 8601, by the database's clock. */
  readonly at: string
  readonly isCancelled: boolean
  /** Of the run of models that it led to, where its name follows from the act. */
  readonly runId?: string
}

/** The first one is the idea. */
export function ownerActs(history: RunHistory): DoneAct[] {
  const acts = [
    fromIdea(history),
    ...history.messages.slice(1).flatMap((message) => fromMessage(message, history)),
    ...history.specs.flatMap(fromSpec),
    ...history.plans.flatMap(fromPlan),
    ...fromEvents(history.events),
    ...fromCards(history.cards),
    ...history.generations.flatMap(fromGeneration),
    ...history.jobs.map(
      ({ job, restoreFrom }): DoneAct => ({
        act: { kind: 'build', ...(restoreFrom && { restoreFrom }) },
        ...{ at: job.createdAt, isCancelled: job.status === 'cancelled', runId: job.id },
      }),
    ),
  ].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return withBriefEdit(acts, history)
}

const done = (act: OwnerAct, at: string, rest: Partial<DoneAct> = {}): DoneAct => ({ act, at, isCancelled: false, ...rest })

const shown = ({ pictures }: RunHistory, message: ChatMessage | undefined) => ({
  pictures: (message?.images ?? []).flatMap(({ id }) => pictures.get(id) ?? []),
})

/** The idea is the first message too. */
function fromIdea(history: RunHistory): DoneAct {
  const { feature, messages } = history
  const [first] = messages
  const act: OwnerAct = { kind: 'tell-idea', text: feature.idea, ...shown(history, first) }
  return done(act, feature.createdAt, first && { runId: `turn-${first.id}` })
}

function fromMessage(message: ChatMessage, history: RunHistory): DoneAct[] {
  const { id, role, about, content, answers, createdAt } = message
  if (role !== 'user') return []
  if (about !== 'brief') return [done({ kind: `revise-${about}`, comment: content }, createdAt, { runId: `revise-${about}-${id}` })]
  return [done({ kind: 'say', text: content, answers, ...shown(history, message) }, createdAt, { runId: `turn-${id}` })]
}

function fromSpec({ spec, revision: { made, note, createdAt } }: RunHistory['specs'][number]): DoneAct[] {
  if (made === 'edited') return [done({ kind: 'edit-spec', spec }, createdAt)]
  if (made === 'restored') return [done({ kind: 'restore-spec', number: Number(note) }, createdAt)]
  return []
}

function fromPlan({ plans, revision: { made, note, createdAt } }: RunHistory['plans'][number]): DoneAct[] {
  if (made === 'restored') return [done({ kind: 'restore-plan', number: Number(note) }, createdAt)]
  const changed = made === 'edited' ? plans.find(({ name }) => name === note) : undefined
  return changed ? [done({ kind: 'edit-plan', plan: changed.name, source: changed.source }, createdAt)] : []
}

/** Moves of which nothing else tells; comments and builds have rows of their own. */
const MOVES = ['confirm-brief', 'reopen-brief', 'approve-spec', 'reopen-spec'] as const

function fromEvents(events: readonly LiveEvent[]): DoneAct[] {
  const changes = events.flatMap(({ at, body }) => (body.type === 'feature-changed' ? [{ at, ...body }] : []))
  return changes.slice(1).flatMap(({ at, status, title }, index) => {
    const before = changes[index] as (typeof changes)[number]
    // A name that the spec brings comes with a move, and is no act.
    if (before.status === status) return before.title === title ? [] : [done({ kind: 'rename', title }, at)]
    const kind = MOVES.find((event) => sourcesOf(FEATURE, event).includes(before.status) && targetOf(FEATURE, event) === status)
    return kind ? [done({ kind }, at)] : []
  })
}

/** Cards that came together are one act. */
function fromCards(cards: readonly Card[]): DoneAct[] {
  const acts: { at: string; cards: { title: string; text: string }[] }[] = []
  for (const { title, text, createdAt } of cards.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.position - b.position))) {
    const last = acts.at(-1)
    if (last && Date.parse(createdAt) - Date.parse(last.at) < 1_000) last.cards.push({ title, text })
    else acts.push({ at: createdAt, cards: [{ title, text }] })
  }
  return acts.map((act) => done({ kind: 'add-cards', cards: act.cards }, act.at))
}

function fromGeneration(runs: readonly BacklogRun[]): DoneAct[] {
  const [first] = runs
  if (!first) return []
  // A level that has parents is gone over again when the level above is: only what was tried again itself counts.
  const retries = Math.max(...runs.flatMap((run) => (run.items.length ? run.items : [run]).map(({ retryCount }) => retryCount)))
  const isCancelled = runs.some(({ status, errorMsg }) => status === 'SKIPPED' && errorMsg === 'Cancelled.')
  const act: OwnerAct = { kind: 'make-backlog', stages: runs.map(({ stage }) => stage), retries }
  return [done(act, runs.map(({ createdAt }) => createdAt).toSorted()[0] ?? first.createdAt, { isCancelled, runId: first.generationId })]
}

/** Of the brief only the last form is kept: what was edited in it is done again where it was confirmed last. */
function withBriefEdit(acts: readonly DoneAct[], { events, brief }: RunHistory): DoneAct[] {
  const about = events.filter(({ body }) => body.type === 'message-added' || body.type === 'brief-changed')
  // Whoever speaks changes the brief in the same breath; a change without a word before it was made by hand.
  const isEdited = about.some(({ body }, index) => body.type === 'brief-changed' && about[index - 1]?.body.type === 'brief-changed')
  if (!isEdited || !brief) return [...acts]
  const last = acts.findLastIndex(({ act }) => act.kind === 'confirm-brief')
  const place = last < 0 ? acts.length : last
  const at = acts[place]?.at ?? acts.at(-1)?.at ?? ''
  return acts.toSpliced(place, 0, done({ kind: 'edit-brief', brief }, at))
}
