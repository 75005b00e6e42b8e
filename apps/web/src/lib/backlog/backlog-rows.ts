/** What of a backlog is shown: filtered, counted, found by its code. Pure. */
import {
  type BacklogLevel,
  type BacklogView,
  type BoardColumn,
  boardColumnOf,
  type Effort,
  type EpicView,
  type InvestMark,
  investOf,
  type StoryView,
  type Subtask,
} from '@slipway/domain'

export const SHOW = {
  all: 'Everything',
  weak: 'Needs work',
  unplanned: 'Without a plan',
  edited: 'Changed by hand',
  archived: 'Put away',
} as const
export type Show = keyof typeof SHOW

export interface Filter {
  readonly words: string
  readonly effort: Effort | ''
  readonly show: Show
}
export const NO_FILTER: Filter = { words: '', effort: '', show: 'all' }
export const isFiltered = ({ words, effort, show }: Filter): boolean => words.trim() !== '' || effort !== '' || show !== 'all'

export const faultsOf = (story: StoryView): readonly InvestMark[] => investOf(story).filter(({ fault }) => fault !== '')

/** Plans that deliver the story's requirement. */
export const plansOf = (story: Pick<StoryView, 'requirement'>, { coverage }: Pick<BacklogView, 'coverage'>): readonly string[] =>
  coverage.find(({ requirement }) => requirement === story.requirement)?.plans ?? []

/** Epics with the stories that fit; an epic without any is left out while something is filtered, unless it fits itself. */
export function filteredEpics(view: BacklogView, filter: Filter): EpicView[] {
  const isAway = filter.show === 'archived'
  const words = filter.words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const says = (item: { code: string; title: string; description: string }, more = '') => {
    const text = `${item.code} ${more} ${item.title} ${item.description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const fits = (epic: EpicView, story: StoryView) =>
    Boolean(story.archivedAt ?? epic.archivedAt) === isAway &&
    (filter.effort === '' || story.effort === filter.effort) &&
    (filter.show !== 'weak' || faultsOf(story).length > 0) &&
    (filter.show !== 'unplanned' || plansOf(story, view).length === 0) &&
    (filter.show !== 'edited' || story.editedAt !== null || story.subtasks.some(({ editedAt }) => editedAt !== null)) &&
    says(story, `${epic.code}${story.code} ${story.requirement} ${story.subtasks.map(({ title }) => title).join(' ')}`)
  return view.epics.flatMap((epic) => {
    const stories = epic.stories
      .filter((story) => fits(epic, story))
      .map((story) => ({ ...story, subtasks: story.subtasks.filter(({ archivedAt }) => archivedAt === null) }))
    const isShown =
      stories.length > 0 ||
      (isAway
        ? epic.archivedAt !== null
        : epic.archivedAt === null && (!isFiltered(filter) || (filter.effort === '' && filter.show === 'all' && says(epic))))
    return isShown ? [{ ...epic, stories }] : []
  })
}

/** An item with what is above and beside it. */
export type Found =
  | { readonly level: 'epic'; readonly item: EpicView; readonly siblings: readonly EpicView[]; readonly code: string }
  | {
      readonly level: 'story'
      readonly item: StoryView
      readonly siblings: readonly StoryView[]
      readonly code: string
      readonly epic: EpicView
    }
  | {
      readonly level: 'subtask'
      readonly item: Subtask
      readonly siblings: readonly Subtask[]
      readonly code: string
      readonly story: StoryView
    }

/** @param code `E1`, `E1S2`, `E1S2ST3` */
export function findItem(view: BacklogView, code: string): Found | undefined {
  const live = <T extends { archivedAt: string | null }>(items: readonly T[]) => items.filter(({ archivedAt }) => archivedAt === null)
  for (const epic of view.epics) {
    if (code === epic.code) return { level: 'epic', item: epic, siblings: live(view.epics), code }
    for (const story of epic.stories) {
      const storyCode = epic.code + story.code
      if (code === storyCode) return { level: 'story', item: story, siblings: live(epic.stories), code, epic }
      const subtask = story.subtasks.find((one) => code === storyCode + one.code)
      if (subtask) return { level: 'subtask', item: subtask, siblings: live(story.subtasks), code, story }
    }
  }
  return undefined
}

/** Before whom an item comes to stand when it moves one place up or down among its siblings; undefined when it is at the end. */
export function stepTo(ids: readonly string[], id: string, direction: -1 | 1): { beforeId: string | null } | undefined {
  const at = ids.indexOf(id)
  const target = at + direction
  if (at < 0 || target < 0 || target >= ids.length) return undefined
  return { beforeId: direction < 0 ? (ids[target] ?? null) : (ids[target + 1] ?? null) }
}

export interface Gaps {
  readonly withoutStory: readonly string[]
  readonly withoutPlan: readonly string[]
  /** Stories that serve no requirement. */
  readonly loose: readonly string[]
  readonly provedCount: number
}

export function gapsOf(view: BacklogView): Gaps {
  const stories = view.epics
    .filter(({ archivedAt }) => archivedAt === null)
    .flatMap((epic) =>
      epic.stories.filter(({ archivedAt }) => archivedAt === null).map((story) => ({ ...story, code: epic.code + story.code })),
    )
  const known = new Set(view.coverage.map(({ requirement }) => requirement))
  return {
    withoutStory: view.coverage.filter((row) => row.stories.length === 0).map(({ requirement }) => requirement),
    withoutPlan: stories.filter((story) => plansOf(story, view).length === 0).map(({ code }) => code),
    loose: stories.filter(({ requirement }) => !known.has(requirement)).map(({ code }) => code),
    provedCount: view.coverage.filter(({ isProved }) => isProved).length,
  }
}

export interface BoardCard {
  readonly story: StoryView
  readonly epic: EpicView
  readonly column: BoardColumn
}

export const boardCards = (view: BacklogView, filter: Filter): BoardCard[] =>
  filteredEpics(view, filter).flatMap((epic) => epic.stories.map((story) => ({ story, epic, column: boardColumnOf(story, view.coverage) })))

export const parentLevel = (level: BacklogLevel): BacklogLevel | undefined =>
  level === 'story' ? 'epic' : level === 'subtask' ? 'story' : undefined
