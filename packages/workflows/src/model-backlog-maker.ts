/** A backlog by the workspace's model, where its owner has chosen one; by the built-in maker where not. */
import { type Agent, analyzeCards, withCardIds, writeEpics, writeStories, writeSubtasks } from '@slipway/agents'
import { type BacklogMaker, type BacklogSource, builtInMaker, type Made, type MakeContext } from './backlog-maker.ts'
import { type Models, whyUnusable } from './models.ts'

export function modelBacklogMaker(models: Models): BacklogMaker {
  /** Undefined where there is no model to ask. */
  const ask = async <I, O>(agent: Agent<I, O>, input: I, context: MakeContext): Promise<Made<O> | undefined> => {
    const { orgId, projectId, featureId, runId, key, signal } = context
    const run = await models.ofRun(orgId, { projectId, featureId, runId })
    if (!run) return undefined
    const outcome = await run.run(agent, input, { key, signal })
    const { tokensUsed } = outcome
    return outcome.kind === 'answer'
      ? { kind: 'made', value: outcome.value, tokensUsed }
      : { kind: 'failed', reason: `The model's answer could not be used: ${whyUnusable(outcome)}`, tokensUsed }
  }
  return {
    nameFor: async (orgId) => (await models.nameOf(orgId, 'writer')) ?? builtInMaker.nameFor(orgId),

    async sortCards(source, cards, context) {
      const asked = await ask(analyzeCards, { goal: summaryOf(source), cards }, context)
      if (!asked) return builtInMaker.sortCards(source, cards, context)
      return mapped(asked, (answer) =>
        withCardIds(answer, cards).ideas.map(({ ids, value, effort, keep, reason }) => ({ ids, value, effort, reason, isKept: keep })),
      )
    },

    async writeEpics(source, existing, context) {
      const ideas = source.ideas.map(({ title, text, value }) => ({ title, summary: text, value }))
      const asked = await ask(writeEpics, { ...productOf(source), ideas, existing }, context)
      return asked ? mapped(asked, ({ epics }) => epics) : builtInMaker.writeEpics(source, existing, context)
    },

    async writeStories(source, epic, existing, context) {
      const { title, description, requirements } = epic
      const asked = await ask(writeStories, { ...productOf(source), epic: { title, description, requirements }, existing }, context)
      if (!asked) return builtInMaker.writeStories(source, epic, existing, context)
      return mapped(asked, ({ stories }) =>
        stories.map(({ asA, iWant, soThat, ...story }) => ({
          ...story,
          description: `As ${asA}, I want ${iWant}, so that ${soThat}.\n\n${story.description}`,
        })),
      )
    },

    async writeSubtasks(source, story, existing, context) {
      const { title, description, criteria } = story
      const asked = await ask(writeSubtasks, { summary: summaryOf(source), story: { title, description, criteria }, existing }, context)
      return asked ? mapped(asked, ({ subtasks }) => subtasks) : builtInMaker.writeSubtasks(source, story, existing, context)
    },
  }
}

const summaryOf = ({ product, spec }: BacklogSource) => (spec ? `${product}: ${spec.summary}` : product)
const productOf = (source: BacklogSource) => ({ summary: summaryOf(source), requirements: source.spec?.requirements ?? [] })

const mapped = <T, U>(asked: Made<T>, to: (value: T) => U): Made<U> =>
  asked.kind === 'made' ? { ...asked, value: to(asked.value) } : asked
