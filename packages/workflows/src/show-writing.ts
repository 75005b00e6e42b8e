/** Shows what a model writes while it writes it: the text so far, as an event now and then, so that whoever reloads sees it too. */
import { streamField } from '@slipway/agents'
import { type Feature, WRITING_LENGTH_MAX, type WritingDocument } from '@slipway/domain'
import type { Storage } from '@slipway/storage'
import { aboutFeature } from './announce.ts'

const EVERY_MS = 250

/** @param field the property of the answer that people read, and how deep it stands in it */
export function showWriting(
  storage: Storage,
  orgId: string,
  {
    feature,
    document,
    field,
    depth,
  }: { feature: Pick<Feature, 'id' | 'projectId'>; document: WritingDocument; field: string; depth?: number },
) {
  let text = ''
  let hasMore = false
  let timer: NodeJS.Timeout | undefined
  let told: Promise<unknown> = Promise.resolve()
  const tell = () => {
    const event = { type: 'writing', ...aboutFeature(feature), document, text: text.slice(0, WRITING_LENGTH_MAX) } as const
    // What is shown on the way is a courtesy: its failure is no failure of the run.
    told = told.then(() => storage.inWorkspace(orgId, ({ events }) => events.append(event))).catch(() => undefined)
  }
  /** At once, and then now and then. */
  const soon = () => {
    hasMore = true
    if (timer) return
    tell()
    hasMore = false
    timer = setTimeout(() => {
      timer = undefined
      if (hasMore) soon()
    }, EVERY_MS)
  }
  return {
    onPart: streamField(
      field,
      {
        onText: (delta) => {
          text += delta
          soon()
        },
        onRestart: () => {
          text = ''
          soon()
        },
      },
      depth,
    ),
    /** Nothing is told after this returns. */
    async end() {
      clearTimeout(timer)
      await told
    },
  }
}
