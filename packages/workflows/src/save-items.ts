/** Merges what a maker wrote into the items of one parent: nothing that people made is lost, no circle is stored, no code given twice. */
import { mergeItems } from '@slipway/agents'
import { type BacklogLevel, type ChangeCounts, itemCode, withoutCircles } from '@slipway/domain'
import type { ItemContent, Stores } from '@slipway/storage'
import type { ItemDraft } from './backlog-maker.ts'

/** @param parentId the feature of epics, the epic of stories, the story of subtasks */
export async function saveItems(
  { backlog }: Pick<Stores, 'backlog'>,
  at: { level: BacklogLevel; parentId: string; runId: string },
  drafts: readonly ItemDraft[],
): Promise<ChangeCounts> {
  const { level, parentId, runId } = at
  const { items, lastNumber } = await backlog.mergeable(level, parentId)
  // Siblings are compared by key: the code of a new item is not known before the merge.
  const nameOf = new Map(items.map(({ code, key }) => [code, key || code]))
  const stored = items.map((item) => ({
    ...item,
    content: { ...item.content, dependsOn: item.content.dependsOn.map((code) => nameOf.get(code) ?? code) },
  }))
  const merge = mergeItems<ItemContent>(
    stored,
    drafts.map(({ key, ...content }) => ({ key, content })),
    lastNumber,
  )
  const codes = new Map(items.map(({ code, key }) => [key || code, code]))
  const created = merge.changes.flatMap((change) =>
    change.kind === 'created' ? [{ key: change.key, code: itemCode(level, change.number), content: change.content }] : [],
  )
  for (const { key, code } of created) codes.set(key, code)
  const updated = merge.changes.flatMap((change) => (change.kind === 'updated' ? [change] : []))
  const gone = new Set(merge.changes.flatMap((change) => (change.kind === 'deleted' || change.kind === 'archived' ? [change.id] : [])))

  const codeOf = new Map(items.map(({ id, code }) => [id, code]))
  const ofOthers = items.filter(({ id, isArchived }) => !gone.has(id) && !isArchived && !updated.some((change) => change.id === id))
  const order = withoutCircles([
    ...ofOthers.map(({ code, content }) => ({ code, dependsOn: content.dependsOn })),
    ...[...updated.map(({ id, content }) => ({ code: codeOf.get(id) ?? '', content })), ...created].map(({ code, content }) => ({
      code,
      dependsOn: content.dependsOn.flatMap((name) => codes.get(name) ?? []),
    })),
  ])
  const dependsOn = new Map(order.map((item) => [item.code, item.dependsOn]))
  const withCodes = (code: string, content: ItemContent): ItemContent => ({ ...content, dependsOn: dependsOn.get(code) ?? [] })

  await backlog.apply(level, parentId, {
    created: created.map(({ key, code, content }) => ({ key, code, content: withCodes(code, content) })),
    updated: updated.map(({ id, key, content }) => ({ id, key, content: withCodes(codeOf.get(id) ?? '', content) })),
    deleted: merge.changes.flatMap((change) => (change.kind === 'deleted' ? [change.id] : [])),
    archived: merge.changes.flatMap((change) => (change.kind === 'archived' ? [change.id] : [])),
    lastNumber: merge.lastNumber,
    runId,
  })
  return merge.counts
}
