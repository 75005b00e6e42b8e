/** The conversation that makes a brief: each turn is one transaction, read anew from everything that was said. */
import { analyse, reply, titleOf } from '@slipway/blueprint'
import { failure } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { aboutFeature, featureChanged, messageAdded } from './announce.ts'
import type { Pipeline } from './pipeline.ts'

type Drafting = Pick<Pipeline, 'createProject' | 'say'>

export function createDrafting({ storage }: { storage: Storage }): Drafting {
  return {
    createProject: (orgId, { idea }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const { brief, questions } = analyse(idea)
        const title = titleOf(brief)
        const project = await stores.projects.create({ name: title })
        const feature = await stores.features.create({ projectId: project.id, title, idea })
        const asked = await stores.messages.add({ featureId: feature.id, role: 'user', content: idea })
        const { message } = reply(idea, [asked])
        const said = await stores.messages.add({ featureId: feature.id, role: 'assistant', content: message, questions: [...questions] })
        await stores.briefs.save(feature.id, { brief, questions, answers: [] })
        await stores.events.append(
          { type: 'project-changed', projectId: project.id },
          featureChanged(feature),
          messageAdded(feature, asked),
          messageAdded(feature, said),
          { type: 'brief-changed', ...aboutFeature(feature) },
        )
        return { project, feature }
      }),

    say: (orgId, { featureId, text, answers }) =>
      storage.inWorkspace(orgId, async (stores) => {
        const feature = await stores.features.get(featureId)
        if (feature.status !== 'drafting') {
          throw failure('MOVED_ON', { thing: 'feature', id: featureId, event: 'change-the-brief', status: feature.status })
        }
        if (!text && answers.length === 0) throw failure('INPUT_INVALID', { what: 'The message', faults: ['it is empty'] })
        const before = await stores.briefs.get(featureId)
        const content = text || spoken(answers, before?.questions ?? [])
        const asked = await stores.messages.add({ featureId, role: 'user', content, answers: [...answers] })
        const history = await stores.messages.list(featureId)
        const { brief, questions, message } = reply(feature.idea, history)
        const said = await stores.messages.add({ featureId, role: 'assistant', content: message, questions: [...questions] })
        await stores.briefs.save(featureId, { brief, questions, answers: [...(before?.answers ?? []), ...answers] })
        await stores.events.append(messageAdded(feature, asked), messageAdded(feature, said), {
          type: 'brief-changed',
          ...aboutFeature(feature),
        })
        return { messages: [asked, said], brief, questions: [...questions] }
      }),
  }
}

/** Chosen options as words, for a conversation that reads well afterwards. */
function spoken(
  answers: Parameters<Drafting['say']>[1]['answers'],
  questions: readonly { id: string; options: readonly { value: string; label: string }[] }[],
): string {
  return answers
    .map(({ questionId, values }) => {
      const options = questions.find((question) => question.id === questionId)?.options ?? []
      const labels = values.map((value) => options.find((option) => option.value === value)?.label ?? value)
      return labels.length ? labels.join(', ') : 'As you suggest'
    })
    .join('\n')
}
