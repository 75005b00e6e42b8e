/** Who writes a backlog: a contract, and the built-in maker that needs no model. */
import { type BacklogIdea, builtInBacklog, type ExistingItem, sortCards } from '@slipway/agents'
import type { Criterion, Effort, Epic, Spec, Story } from '@slipway/domain'
import type { SortedIdea } from '@slipway/storage'

/** What a backlog is made from; the same for every item of a run. */
export interface BacklogSource {
  readonly product: string
  /** null before there is one. */
  readonly spec: Spec | null
  /** Of the cards that were kept. */
  readonly ideas: readonly (BacklogIdea & { readonly value: number })[]
  readonly outOfScope: readonly string[]
}

/** An item as its maker says it: siblings by key; codes are given when it is saved. */
export interface ItemDraft {
  readonly key: string
  readonly title: string
  readonly description: string
  readonly effort: Effort
  readonly criteria: readonly Criterion[]
  /** Keys of items of the same answer. */
  readonly dependsOn: readonly string[]
  /** Of an epic. */
  readonly requirements?: readonly string[]
  /** Of a story. */
  readonly requirement?: string
}

/** What a maker does is an outcome; it throws only what nothing else can be tried after (a cap, a refused key, the signal's reason). */
export type Made<T> =
  | { readonly kind: 'made'; readonly value: T; readonly tokensUsed: number | null }
  | { readonly kind: 'failed'; readonly reason: string; readonly tokensUsed: number | null }

/** For whom and under which name it is made: the same name again is the same work, and is not paid twice. */
export interface MakeContext {
  readonly orgId: string
  readonly projectId: string
  readonly featureId: string
  /** Of the generation: what caps of a run count. */
  readonly runId: string
  readonly key: string
  readonly signal: AbortSignal
}

export interface BacklogMaker {
  /** `built-in`, or the name of the workspace's model. */
  nameFor(orgId: string): Promise<string>
  sortCards(
    source: BacklogSource,
    cards: readonly { readonly id: string; readonly title: string; readonly text: string }[],
    context: MakeContext,
  ): Promise<Made<readonly SortedIdea[]>>
  writeEpics(source: BacklogSource, existing: readonly ExistingItem[], context: MakeContext): Promise<Made<readonly ItemDraft[]>>
  writeStories(
    source: BacklogSource,
    epic: Epic,
    existing: readonly ExistingItem[],
    context: MakeContext,
  ): Promise<Made<readonly ItemDraft[]>>
  writeSubtasks(
    source: BacklogSource,
    story: Story,
    existing: readonly ExistingItem[],
    context: MakeContext,
  ): Promise<Made<readonly ItemDraft[]>>
}

const made = <T>(value: T): Made<T> => ({ kind: 'made', value, tokensUsed: null })

/** Deterministic and at once: the same spec and cards give the same backlog. */
export const builtInMaker: BacklogMaker = {
  nameFor: async () => 'built-in',

  sortCards: async ({ spec, outOfScope }, cards) =>
    made(
      sortCards(cards, { known: spec?.requirements ?? [], outOfScope }).map(({ ids, value, effort, keep, reason }) => ({
        ...{ ids, value, effort, reason },
        isKept: keep,
      })),
    ),

  writeEpics: async (source) =>
    made(
      builtInBacklog(source).epics.map(({ code: _, stories: __, ...epic }, __index, all) => ({ ...epic, dependsOn: keysOf(epic, all) })),
    ),

  async writeStories(source, epic) {
    const own = builtInBacklog(source).epics.find(({ key }) => key === epic.key)
    return made(
      (own?.stories ?? []).map(({ code: _, subtasks: __, ...story }, __index, all) => ({ ...story, dependsOn: keysOf(story, all) })),
    )
  },

  async writeSubtasks(source, story) {
    const own = builtInBacklog(source)
      .epics.flatMap(({ stories }) => stories)
      .find(({ key }) => key === story.key)
    return made((own?.subtasks ?? []).map(({ code: _, ...subtask }, __, all) => ({ ...subtask, dependsOn: keysOf(subtask, all) })))
  },
}

/** The built-in backlog names siblings by code; a draft names them by key. */
const keysOf = (item: { readonly dependsOn: readonly string[] }, all: readonly { readonly code: string; readonly key: string }[]) =>
  item.dependsOn.flatMap((code) => all.find((other) => other.code === code)?.key ?? [])
