/** The conversation that makes a brief: the built-in analyst answers in the same transaction, a model in a run of its own. */
import { randomUUID } from 'node:crypto'
import { analyse, reply, titleOf } from '@slipway/blueprint'
import { failure, type Question } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import { aboutFeature, featureChanged, messageAdded } from './announce.ts'
import { CANNOT_LOOK, keepImages } from './chat-images.ts'
import type { Engine } from './engine.ts'
import type { Models } from './models.ts'
import type { Pipeline } from './pipeline.ts'

type Drafting = Pick<Pipeline, 'createProject' | 'say'>

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly models: Models
  readonly engine: Engine
}

export function createDrafting({ storage, objects, models, engine }: Deps): Drafting {
  /** Handed in before the message is stored, so that no stored message waits for an answer that nobody was asked for. */
  const handIn = (orgId: string, featureId: string, messageId: string) =>
    engine.begin('analyst-turn', { orgId, id: featureId, messageId }, { id: `turn-${messageId}`, queue: 'documents', group: featureId })

  return {
    async createProject(orgId, { idea, images: sent = [] }) {
      const [featureId, messageId] = [randomUUID(), randomUUID()]
      const images = await keepImages(objects, { orgId, featureId }, sent)
      const isForModel = await models.isChosen(orgId)
      if (isForModel) await handIn(orgId, featureId, messageId)
      return storage.inWorkspace(orgId, async (stores) => {
        const { brief, questions } = analyse(idea)
        const title = titleOf(brief)
        const project = await stores.projects.create({ name: title })
        const feature = await stores.features.create({ id: featureId, projectId: project.id, title, idea })
        const asked = await stores.messages.add({ id: messageId, featureId, role: 'user', content: idea, images })
        // The built-in draft stands until the model has made its own: there is always a brief to go on with.
        await stores.briefs.save(featureId, { brief, questions: isForModel ? [] : questions, answers: [] })
        const content = withoutLooking(reply(idea, [asked]).message, images)
        const first = isForModel ? [] : [await stores.messages.add({ featureId, role: 'assistant', content, questions: [...questions] })]
        await stores.events.append(
          { type: 'project-changed', projectId: project.id },
          featureChanged(feature),
          ...[asked, ...first].map((message) => messageAdded(feature, message)),
          { type: 'brief-changed', ...aboutFeature(feature) },
        )
        return { project, feature }
      })
    },

    async say(orgId, { featureId, text, answers, images: sent = [] }) {
      if (!text && answers.length === 0 && sent.length === 0)
        throw failure('INPUT_INVALID', { what: 'The message', faults: ['it is empty'] })
      const messageId = randomUUID()
      const isForModel = await models.isChosen(orgId)
      const { status } = await storage.inWorkspace(orgId, ({ features }) => features.get(featureId))
      if (status !== 'drafting') throw failure('MOVED_ON', { thing: 'feature', id: featureId, event: 'change-the-brief', status })
      const images = await keepImages(objects, { orgId, featureId }, sent)
      if (isForModel) await handIn(orgId, featureId, messageId)
      return storage.inWorkspace(orgId, async (stores) => {
        const feature = await stores.features.get(featureId)
        const before = await stores.briefs.get(featureId)
        const content = text || spoken(answers, before?.questions ?? [])
        const asked = await stores.messages.add({ id: messageId, featureId, role: 'user', content, answers: [...answers], images })
        const about = { type: 'brief-changed', ...aboutFeature(feature) } as const
        const given = [...(before?.answers ?? []), ...answers]
        if (isForModel && before) {
          await stores.briefs.save(featureId, { brief: before.brief, questions: [], answers: given })
          await stores.events.append(messageAdded(feature, asked), about)
          return { messages: [asked], brief: before.brief, questions: [] }
        }
        const history = await stores.messages.list(featureId)
        const { brief, questions, message } = reply(feature.idea, history)
        const said = await stores.messages.add({
          ...{ featureId, role: 'assistant', questions: [...questions] },
          content: withoutLooking(message, images),
        })
        await stores.briefs.save(featureId, { brief, questions, answers: given })
        await stores.events.append(messageAdded(feature, asked), messageAdded(feature, said), about)
        return { messages: [asked, said], brief, questions: [...questions] }
      })
    },
  }
}

/** What the built-in analyst says, with a word about pictures where there are some. */
export const withoutLooking = (message: string, images: readonly unknown[]) => (images.length ? `${message}\n\n${CANNOT_LOOK}` : message)

/** Chosen options as words, for a conversation that reads well afterwards. */
function spoken(answers: Parameters<Drafting['say']>[1]['answers'], questions: readonly Question[]): string {
  return answers
    .map(({ questionId, values }) => {
      const options = questions.find((question) => question.id === questionId)?.options ?? []
      const labels = values.map((value) => options.find((option) => option.value === value)?.label ?? value)
      return labels.length ? labels.join(', ') : 'As you suggest'
    })
    .join('\n')
}
