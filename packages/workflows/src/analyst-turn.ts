/** One answer of the business analyst by a model, as a durable run; where no model helps, the built-in analyst answers and says why. */
import { businessAnalyst } from '@slipway/agents'
import { reply } from '@slipway/blueprint'
import { type Brief, type ChatMessage, failure, type Question } from '@slipway/domain'
import type { ObjectStore, Storage } from '@slipway/storage'
import { aboutFeature, messageAdded } from './announce.ts'
import { imagesForModel } from './chat-images.ts'
import { withoutLooking } from './drafting.ts'
import type { Workflow } from './engine.ts'
import { idFrom } from './id-from.ts'
import { type Models, whyNoModel } from './models.ts'
import { showWriting } from './show-writing.ts'

interface Turn {
  readonly say: string
  readonly questions: readonly Question[]
  readonly brief: Brief
}

interface Deps {
  readonly storage: Storage
  readonly objects: ObjectStore
  readonly models: Models
}

export function analystTurnRun({ storage, objects, models }: Deps): Workflow {
  return async (step, { orgId, id, messageId = '', runId }) => {
    const heard = await step('hear', () =>
      storage.inWorkspace(orgId, async ({ messages }) => {
        const history = await messages.list(id)
        // Handed in just before the message was stored; when it never was, there is nothing to answer.
        if (!history.some((message) => message.id === messageId))
          throw failure('STORE_UNREACHABLE', { what: 'The message', reason: 'not yet stored' })
        return true
      }),
    ).catch(() => false)
    if (!heard) return
    await step('answer', async (signal) => {
      const { feature, history, noted } = await storage.inWorkspace(orgId, async (stores) => ({
        feature: await stores.features.get(id),
        history: untilMessage(await stores.messages.list(id), messageId),
        noted: await stores.briefs.get(id),
      }))
      const builtIn = (): Turn => {
        const { brief, questions, message } = reply(feature.idea, history)
        return { say: withoutLooking(message, history.at(-1)?.images ?? []), questions, brief }
      }
      const writing = showWriting(storage, orgId, { feature, document: 'message', field: 'say' })
      const ask = async (): Promise<Turn> => {
        const run = await models.ofRun(orgId, { projectId: feature.projectId, featureId: id, runId })
        if (!run) return builtIn()
        try {
          const conversation = history.map((message) => ({ role: message.role, text: textOf(message) }))
          const last = history.at(-1)
          const images = last?.images.length ? { images: await imagesForModel(objects, orgId, last) } : {}
          return await run.ask(
            businessAnalyst,
            { conversation, brief: noted?.brief ?? null, asked: askedIn(history), ...images },
            { key: 'turn', signal, onPart: writing.onPart },
          )
        } catch (error) {
          const why = whyNoModel(error)
          if (!why || signal.aborted) throw error
          const turn = builtIn()
          return { ...turn, say: `${turn.say}\n\n*Answered without a model: ${why}*` }
        }
      }
      const turn = await ask().finally(writing.end)
      await storage.inWorkspace(orgId, async (stores) => {
        const now = await stores.features.get(id)
        if (now.status !== 'drafting' && now.status !== 'spec_generating') return // it went on without us
        const questions = now.status === 'drafting' ? [...turn.questions] : []
        const said = await stores.messages.add({
          id: idFrom('answer', messageId),
          featureId: id,
          role: 'assistant',
          content: turn.say,
          questions,
        })
        const answers = history.flatMap((message) => message.answers)
        await stores.briefs.save(id, { brief: turn.brief, questions, answers })
        await stores.events.append(messageAdded(now, said), { type: 'brief-changed', ...aboutFeature(now) })
      })
    })
  }
}

/** Pictures are looked at once, with the message that brought them. */
const textOf = ({ content, images }: ChatMessage) =>
  [content, ...(images.length ? [`[${images.length} ${images.length === 1 ? 'picture' : 'pictures'} attached]`] : [])]
    .filter(Boolean)
    .join('\n')

const untilMessage = (history: readonly ChatMessage[], id: string) =>
  history.slice(0, history.findIndex((message) => message.id === id) + 1)

/** Every question that was asked, with its answer; null for one that was passed over. */
function askedIn(history: readonly ChatMessage[]) {
  const answers = history.flatMap((message) => message.answers)
  return history
    .flatMap((message) => message.questions)
    .map((question) => ({ question, answer: answers.findLast((answer) => answer.questionId === question.id) ?? null }))
}
