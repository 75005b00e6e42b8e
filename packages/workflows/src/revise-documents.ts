/** A spec or its plans as a comment of the owner changes them: durable runs that keep what was there when they cannot. */
import { reviseSpec } from '@slipway/blueprint'
import { type ChatAbout, comparePlans, compareSpecs, type DocumentChange, type Feature, failure, isFailure } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import { aboutFeature, featureChanged, messageAdded } from './announce.ts'
import { sayChanges } from './change-words.ts'
import { needsModel, PLAN_OBJECTIVE_DEPTH, revisePlansByModel, reviseSpecByModel } from './document-makers.ts'
import { isCancellation, type RunInput, type Step, type Workflow } from './engine.ts'
import { idFrom } from './id-from.ts'
import type { Models } from './models.ts'
import { requireSoundPlans } from './plan-faults.ts'
import { showWriting } from './show-writing.ts'
import { enters } from './write-documents.ts'

interface Deps {
  readonly storage: Storage
  readonly models: Models
  readonly log: (line: object) => void
}

type Document = Exclude<ChatAbout, 'brief'>

/** What became of a comment: a new revision that `save` stores, or the reason why there is none. */
type Outcome =
  | { readonly changes: readonly DocumentChange[]; readonly save: (stores: Stores) => Promise<unknown> }
  | { readonly why: string }

interface Given {
  readonly feature: Feature
  readonly comment: string
  readonly signal: AbortSignal
  readonly input: RunInput
}

const SPEC_NEEDS_MODEL =
  'By myself I understand things, fields, names, colours and accounts: "Also track suppliers", "Add a phone number to customers". Free words beyond that need a model: choose one in Settings, or edit the requirements by hand.'
const PLAN_NEEDS_MODEL =
  'The plan of what is compiled follows from the spec, and free words on it need a model: choose one in Settings, or change the spec.'
const ALL_COMPILED = 'Every requirement is compiled, and that part of the plan follows from the spec: change the spec instead.'

export function reviseSpecRun(deps: Deps): Workflow {
  const { storage, models } = deps
  return revising(deps, 'spec', async ({ feature, comment, signal, input: { orgId, id, runId } }) => {
    const { brief, noted, basis, numberMax } = await storage.inWorkspace(orgId, async ({ briefs, specs }) => ({
      brief: (await briefs.get(id))?.brief,
      noted: await specs.get(id),
      basis: await specs.basis(id),
      numberMax: await specs.numberMax(id),
    }))
    if (!brief || !noted) throw failure('NOT_FOUND', { thing: 'spec of feature', id })
    const { spec: previous, revision } = noted
    const run = await models.ofRun(orgId, { projectId: feature.projectId, featureId: id, runId })
    if (!run) {
      const revised = basis && reviseSpec({ brief, idea: feature.idea, basis, current: previous, numberMax }, comment)
      if (!revised) return { why: SPEC_NEEDS_MODEL }
      const origin = { made: 'revised', by: '', note: comment, basis: revised.basis } as const
      return { changes: compareSpecs(previous, revised.spec), save: ({ specs }) => specs.save(id, revised.spec, revision, origin) }
    }
    const writing = showWriting(storage, orgId, { feature, document: 'spec', field: 'summary' })
    const wanted = { brief, previous, comment, numberMax }
    const spec = await reviseSpecByModel(run, wanted, { signal, onPart: writing.onPart }).finally(writing.end)
    const by = (await models.nameOf(orgId, 'writer')) ?? ''
    const origin = { made: 'revised', by, note: comment, basis: null } as const
    return { changes: compareSpecs(previous, spec), save: ({ specs }) => specs.save(id, spec, revision, origin) }
  })
}

export function revisePlansRun(deps: Deps): Workflow {
  const { storage, models } = deps
  return revising(deps, 'plan', async ({ feature, comment, signal, input: { orgId, id, runId } }) => {
    const { spec, before } = await storage.inWorkspace(orgId, async ({ specs, plans }) => ({
      spec: (await specs.get(id))?.spec,
      before: await plans.list(id),
    }))
    if (!spec) throw failure('NOT_FOUND', { thing: 'spec of feature', id })
    const run = await models.ofRun(orgId, { projectId: feature.projectId, featureId: id, runId })
    if (!run) return { why: PLAN_NEEDS_MODEL }
    if (!needsModel(spec)) return { why: ALL_COMPILED }
    const writing = showWriting(storage, orgId, { feature, document: 'plan', field: 'objective', depth: PLAN_OBJECTIVE_DEPTH })
    const wanted = { spec, feature, plans: before, comment }
    const plans = await revisePlansByModel(run, wanted, { signal, onPart: writing.onPart }).finally(writing.end)
    requireSoundPlans(plans, spec)
    const by = (await models.nameOf(orgId, 'writer')) ?? ''
    return {
      changes: comparePlans(before, plans),
      save: (stores) => stores.plans.replace(id, plans, { made: 'revised', by, note: comment }),
    }
  })
}

/** The steps that both have in common. The comment is a message of the conversation, and so is what came of it. */
function revising({ storage, log }: Deps, document: Document, revise: (given: Given) => Promise<Outcome>): Workflow {
  return async (step, input) => {
    const { orgId, id, messageId = '' } = input
    const comment = await heard(step, storage, input)
    if (comment === undefined) return
    const inside = <T>(work: (stores: Stores) => Promise<T>) => storage.inWorkspace(orgId, work)
    const answerId = idFrom('answer', messageId)

    const end = async (stores: Stores, event: `${Document}-${'written' | 'kept'}`, content: string) => {
      const feature = await stores.features.move(id, event)
      const said = await stores.messages.add({ id: answerId, featureId: id, role: 'assistant', about: document, content })
      await stores.events.append(
        ...(event.endsWith('written') ? [{ type: `${document}-changed`, ...aboutFeature(feature) } as const] : []),
        messageAdded(feature, said),
        featureChanged(feature),
      )
    }
    const keep = (why: string) =>
      inside((stores) => end(stores, `${document}-kept`, `I did not change the ${document}. ${why} The ${document} is as it was.`))

    const isOurs = await step('enter', () => inside((stores) => enters(stores, id, `revise-${document}`)))
    if (!isOurs) return
    try {
      await step('revise', async (signal) => {
        const { feature, isDone } = await inside(async (stores) => ({
          feature: await stores.features.get(id),
          isDone: (await stores.messages.list(id)).some((message) => message.id === answerId),
        }))
        if (isDone) return // killed between the end of this step and the note that it ended
        const outcome = await revise({ feature, comment, signal, input })
        if ('why' in outcome) return keep(outcome.why)
        if (outcome.changes.length === 0) return keep('The comment leads to the very words that are there.')
        await inside(async (stores) => {
          await outcome.save(stores)
          await end(stores, `${document}-written`, `Revised the ${document}: ${sayChanges(outcome.changes)}.`)
        })
      })
    } catch (error) {
      if (isCancellation(error)) throw error
      await step('keep', async () => {
        log({ level: 'error', at: `workflow.${document}-kept`, featureId: id, error: String((error as Error).stack ?? error) })
        await keep(isFailure(error) ? error.message : 'Something went wrong on our side; the log has the whole story.')
      })
    }
  }
}

/** The words of the message that the run was handed in for; undefined when it never was stored. */
function heard(step: Step, storage: Storage, { orgId, id, messageId }: RunInput): Promise<string | undefined> {
  return step('hear', () =>
    storage.inWorkspace(orgId, async ({ messages }) => {
      const message = (await messages.list(id)).find((one) => one.id === messageId)
      if (!message) throw failure('STORE_UNREACHABLE', { what: 'The comment', reason: 'not yet stored' })
      return message.content
    }),
  ).catch(() => undefined)
}
