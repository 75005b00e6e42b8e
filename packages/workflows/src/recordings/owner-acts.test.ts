import { analyse, writePlans, writeSpec } from '@slipway/blueprint'
import type { BacklogRun, ChatMessage, EventInput, Feature, Job, LiveEvent, OwnerActKind } from '@slipway/domain'
import { EventBody, RUN_STAGES } from '@slipway/domain'
import { expect, test } from 'vitest'
import { ownerActs, type RunHistory } from './owner-acts.ts'

const ID = '00000000-0000-4000-8000-00000000000'
const IDEA = 'Track repairs in a bike workshop with customers and bikes'
const { brief } = analyse(IDEA)
const spec = writeSpec(brief, IDEA)
const plans = writePlans(spec, { title: 'Bikes' })
const at = (second: number) => new Date(second * 1_000).toISOString()

const feature: Feature = {
  ...{ id: `${ID}1`, projectId: `${ID}2`, title: 'Bikes', idea: IDEA, status: 'built' },
  ...{ createdAt: at(0), updatedAt: at(99) },
}
const message = (second: number, rest: Partial<ChatMessage>): ChatMessage => ({
  ...{ id: `${ID}${second % 10}`, featureId: feature.id, role: 'user', about: 'brief', content: 'Words.', createdAt: at(second) },
  ...{ questions: [], answers: [], images: [] },
  ...rest,
})
const event = (second: number, body: EventInput): LiveEvent => ({ id: second + 1, at: at(second), body: EventBody.parse(body) })
const moved = (second: number, status: Feature['status'], title = 'Bikes') =>
  event(second, { type: 'feature-changed', featureId: feature.id, title, status })
const job = (second: number, status: Job['status']) => ({ id: `${ID}${second % 10}`, status, createdAt: at(second) }) as Job
const revision = (second: number, made: 'written' | 'edited' | 'restored', note = '') => ({
  ...{ number: second, made, by: 'Anna', note, createdAt: at(second) },
})

const history: RunHistory = {
  ...{ feature, brief, pictures: new Map(), messages: [message(1, { content: IDEA })], cards: [], specs: [], plans: [], jobs: [] },
  ...{ generations: [], events: [moved(1, 'drafting')] },
}
const kinds = (given: Partial<RunHistory>): OwnerActKind[] => ownerActs({ ...history, ...given }).map(({ act }) => act.kind)

test('the whole way is read from what it left, in the order in which it was done', () => {
  const acts = ownerActs({
    ...history,
    messages: [
      ...history.messages,
      message(2, { role: 'assistant' }),
      message(3, { content: 'With prices', answers: [{ questionId: 'money', values: ['yes'] }] }),
      message(12, { about: 'plan', content: 'Fewer files' }),
    ],
    specs: [
      { spec, revision: revision(5, 'written') },
      { spec, revision: revision(6, 'edited') },
      { spec, revision: revision(7, 'restored', '1') },
    ],
    plans: [
      { plans, revision: revision(10, 'written') },
      { plans, revision: revision(11, 'edited', plans[0]?.name) },
    ],
    events: [
      ...[moved(1, 'drafting'), moved(4, 'spec_generating'), moved(5, 'spec_ready', 'Spokes'), moved(8, 'spec_ready', 'Two wheels')],
      ...[moved(9, 'plan_generating', 'Two wheels'), moved(10, 'plan_ready', 'Two wheels'), moved(12, 'plan_generating', 'Two wheels')],
      ...[moved(13, 'plan_ready', 'Two wheels'), moved(14, 'building', 'Two wheels'), moved(15, 'plan_approved', 'Two wheels')],
      ...[moved(16, 'building', 'Two wheels'), moved(17, 'built', 'Two wheels')],
    ],
    jobs: [
      { job: job(16, 'ready'), restoreFrom: undefined },
      { job: job(14, 'cancelled'), restoreFrom: undefined },
    ],
  })
  expect(acts.map(({ act, isCancelled }) => (isCancelled ? `no ${act.kind}` : act.kind))).toEqual([
    ...['tell-idea', 'say', 'confirm-brief', 'edit-spec', 'restore-spec', 'rename', 'approve-spec', 'edit-plan', 'revise-plan'],
    ...['no build', 'build'],
  ])
  expect(acts[1]).toMatchObject({ act: { text: 'With prices', answers: [{ questionId: 'money' }] }, runId: `turn-${ID}3` })
  expect(acts[4]?.act).toEqual({ kind: 'restore-spec', number: 1 })
  expect(acts.at(-1)?.runId).toBe(`${ID}6`)
})

test('a brief that was changed by hand is changed again before it is confirmed', () => {
  const said = (second: number) => event(second, { type: 'message-added', featureId: feature.id, messageId: `${ID}1`, role: 'user' })
  const changed = (second: number) => event(second, { type: 'brief-changed', featureId: feature.id })
  const begun = [moved(1, 'drafting'), said(1), changed(1), said(2), changed(2)]
  expect(kinds({ events: [...begun, moved(4, 'spec_generating')] })).toEqual(['tell-idea', 'confirm-brief'])
  expect(kinds({ events: [...begun, changed(3), moved(4, 'spec_generating')] })).toEqual(['tell-idea', 'edit-brief', 'confirm-brief'])
  expect(kinds({ events: [...begun, changed(3)] })).toEqual(['tell-idea', 'edit-brief'])
})

test('what failed by itself and what was written is no act; going back is one', () => {
  const events = [
    moved(1, 'drafting'),
    moved(2, 'spec_generating'),
    moved(3, 'drafting'),
    moved(4, 'spec_generating'),
    moved(5, 'spec_ready'),
  ]
  const again = [
    moved(6, 'drafting'),
    moved(7, 'spec_generating'),
    moved(8, 'spec_ready'),
    moved(9, 'plan_generating'),
    moved(10, 'plan_ready'),
  ]
  expect(kinds({ events: [...events, ...again, moved(11, 'spec_ready')] })).toEqual([
    ...['tell-idea', 'confirm-brief', 'confirm-brief', 'reopen-brief', 'confirm-brief', 'approve-spec', 'reopen-spec'],
  ])
})

test('a backlog is made with its retries, from cards that came before; a cancelled one is told', () => {
  const run = (stage: BacklogRun['stage'], rest: Partial<BacklogRun> = {}) =>
    ({
      stage,
      status: 'COMPLETED',
      errorMsg: null,
      retryCount: 0,
      items: [],
      generationId: `${ID}7`,
      createdAt: at(5),
      ...rest,
    }) as BacklogRun
  const card = (second: number, title: string) =>
    ({ title, text: '', position: second, createdAt: at(second) }) as RunHistory['cards'][number]
  const items = [{ retryCount: 2 }, { retryCount: 0 }] as BacklogRun['items']
  const whole = RUN_STAGES.map((stage) => run(stage, stage === 'GENERATE_STORIES' ? { items, retryCount: 1 } : {}))
  const acts = ownerActs({ ...history, cards: [card(3, 'a'), card(3, 'b'), card(9, 'c')], generations: [whole] })
  expect(acts.map(({ act }) => act).slice(1)).toEqual([
    { kind: 'add-cards', cards: [expect.objectContaining({ title: 'a' }), expect.objectContaining({ title: 'b' })] },
    { kind: 'make-backlog', stages: [...RUN_STAGES], retries: 2 },
    { kind: 'add-cards', cards: [{ title: 'c', text: '' }] },
  ])
  const cancelled = run('GENERATE_EPICS', { status: 'SKIPPED', errorMsg: 'Cancelled.' })
  expect(ownerActs({ ...history, generations: [[cancelled]] })[1]?.isCancelled).toBe(true)
})
