/** The routes of the backlog: cards, generations, items by hand, export. */
import { z } from 'zod'
import {
  BacklogFormat,
  BacklogLevel,
  BacklogRun,
  BacklogView,
  Card,
  Effort,
  ItemCode,
  ItemCriteria,
  ItemDescription,
  ItemTitle,
  RunStage,
} from './backlog.ts'
import { route } from './route.ts'
import { RequirementId } from './spec.ts'
import { Id } from './values.ts'

const ById = z.object({ id: Id })
const Done = z.object({ ok: z.literal(true) })
const Runs = z.object({ runs: z.array(BacklogRun) })
const OneItem = z.object({ level: BacklogLevel, id: Id })

/** Of pasted cards or a card file: as many characters. */
export const CARDS_TEXT_MAX = 1_000_000

/** What a person may change of an item; what is left out stays. */
export const ItemPatch = z.object({
  title: ItemTitle.optional(),
  description: ItemDescription.optional(),
  effort: Effort.optional(),
  criteria: ItemCriteria.optional(),
  dependsOn: z.array(ItemCode).max(20).optional(),
  /** Of a story. */
  requirement: RequirementId.or(z.literal('')).optional(),
  /** Of a story or subtask: work on it has begun. */
  isStarted: z.boolean().optional(),
  isArchived: z.boolean().optional(),
})
export type ItemPatch = z.infer<typeof ItemPatch>

export const CardPatch = z.object({
  title: Card.shape.title.optional(),
  text: Card.shape.text.optional(),
  isKept: z.boolean().optional(),
})
export type CardPatch = z.infer<typeof CardPatch>

export const BACKLOG_ROUTES = {
  getBacklog: route({
    method: 'GET',
    path: '/api/features/{id}/backlog',
    tag: 'backlog',
    summary: 'Epics, stories, subtasks, cards, the newest runs, and what covers each requirement',
    params: ById,
    response: BacklogView,
  }),
  generateBacklog: route({
    method: 'POST',
    path: '/api/features/{id}/backlog/generate',
    tag: 'backlog',
    summary: 'Generate the named levels, or all; merged into what is there, edits are kept',
    params: ById,
    body: z.object({ stages: z.array(RunStage).min(1).optional() }),
    response: Runs,
  }),
  retryBacklog: route({
    method: 'POST',
    path: '/api/features/{id}/backlog/retry',
    tag: 'backlog',
    summary: 'Go on with the newest generation: what failed or was skipped is tried again, what is done is left alone',
    params: ById,
    response: Runs,
  }),
  cancelBacklog: route({
    method: 'POST',
    path: '/api/features/{id}/backlog/cancel',
    tag: 'backlog',
    summary: 'Cancel the running generation; what is saved stays',
    params: ById,
    response: Runs,
  }),
  skipBacklogItem: route({
    method: 'POST',
    path: '/api/backlog-runs/{id}/skip/{parentId}',
    tag: 'backlog',
    summary: 'Leave one epic or story of a run out',
    params: z.object({ id: Id, parentId: Id }),
    response: Runs,
  }),
  exportBacklog: route({
    method: 'GET',
    path: '/api/features/{id}/backlog/export',
    tag: 'backlog',
    summary: 'The backlog as a file that other tools read',
    params: ById,
    query: z.object({ format: BacklogFormat }),
    response: z.object({ name: z.string(), mediaType: z.string(), text: z.string() }),
  }),

  addCards: route({
    method: 'POST',
    path: '/api/features/{id}/cards',
    tag: 'backlog',
    summary: 'Add idea cards from text: a list, lines, paragraphs, CSV, or what was copied from a spreadsheet',
    params: ById,
    body: z.object({ text: z.string().trim().min(1).max(CARDS_TEXT_MAX) }),
    response: z.object({ added: z.array(Card) }),
  }),
  changeCard: route({
    method: 'PATCH',
    path: '/api/cards/{id}',
    tag: 'backlog',
    summary: 'Change a card, keep it or let it go',
    params: ById,
    body: CardPatch,
    response: Card,
  }),
  removeCard: route({
    method: 'DELETE',
    path: '/api/cards/{id}',
    tag: 'backlog',
    summary: 'Delete a card',
    params: ById,
    response: Done,
  }),

  addBacklogItem: route({
    method: 'POST',
    path: '/api/features/{id}/backlog/items',
    tag: 'backlog',
    summary: 'Add an epic, or a story or subtask below its parent',
    params: ById,
    body: z.object({ level: BacklogLevel, parentId: Id.optional(), title: ItemTitle }),
    response: ById,
  }),
  changeBacklogItem: route({
    method: 'PATCH',
    path: '/api/backlog/{level}/{id}',
    tag: 'backlog',
    summary: 'Change an item by hand; generations leave it alone from then on',
    params: OneItem,
    body: ItemPatch,
    response: Done,
  }),
  moveBacklogItem: route({
    method: 'POST',
    path: '/api/backlog/{level}/{id}/move',
    tag: 'backlog',
    summary: 'Move an item before another, or to the end of a parent; below another parent it gets a new code',
    params: OneItem,
    body: z.object({ parentId: Id.optional(), beforeId: Id.nullable().default(null) }),
    response: Done,
  }),
  removeBacklogItem: route({
    method: 'DELETE',
    path: '/api/backlog/{level}/{id}',
    tag: 'backlog',
    summary: 'Delete an item that a person added; archive one that was generated, so that it does not come back',
    params: OneItem,
    response: Done,
  }),
} as const
