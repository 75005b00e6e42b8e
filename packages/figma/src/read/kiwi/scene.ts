/** Orders the flat list of a message's nodes into trees, and finds main components by id. */
import { ReadStop } from '../read-result.ts'
import type { KiwiFields } from './decode.ts'
import { fieldsOf, guidOf, listOf, textOf } from './values.ts'

export interface Scene {
  readonly byId: ReadonlyMap<string, KiwiFields>
  /** Pages that people see, in order. */
  readonly pages: readonly string[]
  childrenOf(id: string): readonly string[]
}

/** Children stand in the order of a text key, compared by code unit. */
const byPosition = (a: { position: string }, b: { position: string }) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0)

/** @throws ReadStop when the list is too long */
export function sceneOf(message: KiwiFields, nodesMax: number): Scene {
  const changes = listOf(message.nodeChanges)
  // Styles, variables and hidden pages are nodes as well, so more are borne than a design may show.
  if (changes.length > nodesMax * 2)
    throw new ReadStop('too-many-nodes', `The design has more than ${nodesMax} layers. Copy a frame of it.`)
  const byId = new Map<string, KiwiFields>()
  const children = new Map<string, { id: string; position: string }[]>()
  for (const node of changes) {
    const id = guidOf(node.guid)
    if (id === undefined || byId.has(id) || node.phase === 'REMOVED') continue
    byId.set(id, node)
    const parent = fieldsOf(node.parentIndex)
    const parentId = guidOf(parent.guid)
    if (parentId === undefined || parentId === id) continue
    const siblings = children.get(parentId) ?? []
    siblings.push({ id, position: textOf(parent.position) ?? '' })
    children.set(parentId, siblings)
  }
  const ordered = new Map([...children].map(([id, list]) => [id, list.toSorted(byPosition).map((child) => child.id)]))
  const documents = [...byId].filter(([, node]) => node.type === 'DOCUMENT').map(([id]) => id)
  const isPage = (id: string) => byId.get(id)?.type === 'CANVAS' && byId.get(id)?.internalOnly !== true
  const childrenOf = (id: string) => ordered.get(id) ?? []
  const pages = documents.flatMap(childrenOf).filter(isPage)
  return { byId, childrenOf, pages: pages.length ? pages : [...byId.keys()].filter(isPage) }
}
