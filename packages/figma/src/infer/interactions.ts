/** Phase 4, prototype interactions: what HTML says by itself becomes links, anchors and popovers; the rest is named in the report. */
import type { Building } from '../building.ts'
import type { Layer } from '../normalise/layer.ts'
import { jsonOf, objectsOf, textOf } from '../normalise/values.ts'
import { linkAddress } from '../resolve/addresses.ts'

export interface Reaction {
  readonly tag: 'a' | 'button'
  readonly attributes: Readonly<Record<string, string>>
  /** The frame that is laid over the page. */
  readonly overlayId?: string
}

const CLICKS = new Set(['ON_CLICK', 'MOUSE_UP', 'ON_PRESS'])

/** Ids of layers and frames as they stand in the page's own `id` attributes. */
export const anchorOf = (nodeId: string): string => `at-${nodeId.replace(/[^\w]+/g, '-')}`

interface Click {
  readonly kind: string
  readonly destinationId: string
  readonly url: string
  readonly isNewTab: boolean
}

function clickOf(layer: Layer): Click | undefined {
  for (const interaction of objectsOf(layer.node['interactions'])) {
    if (!CLICKS.has(textOf(jsonOf(interaction['trigger'])['type']))) continue
    for (const action of objectsOf(interaction['actions'])) {
      const type = textOf(action['type'])
      return {
        kind: type === 'NODE' ? textOf(action['navigation'], 'NAVIGATE') : type,
        destinationId: textOf(action['destinationId']),
        url: textOf(action['url']),
        isNewTab: action['openUrlInNewTab'] === true,
      }
    }
  }
  const destinationId = textOf(layer.node['transitionNodeID'])
  return destinationId ? { kind: 'NAVIGATE', destinationId, url: '', isNewTab: false } : undefined
}

/** What a click on the layer does, as far as HTML says it without a script. */
export function reactionOf(layer: Layer, building: Building): Reaction | undefined {
  const click = clickOf(layer)
  if (!click || click.kind === 'CHANGE_TO') return undefined
  const { kind, destinationId, isNewTab } = click
  const frame = building.frames.get(destinationId)
  if (kind === 'URL') {
    const href = linkAddress(click.url)
    if (href) return { tag: 'a', attributes: { href, ...(isNewTab ? { target: '_blank', rel: 'noopener' } : {}) } }
  }
  if ((kind === 'NAVIGATE' || kind === 'SWAP') && frame) return { tag: 'a', attributes: { href: `page(${destinationId})` } }
  if (kind === 'SCROLL_TO' && building.anchors.has(destinationId)) return { tag: 'a', attributes: { href: `#${anchorOf(destinationId)}` } }
  if (kind === 'OVERLAY' && frame)
    return { tag: 'button', attributes: { type: 'button', popovertarget: anchorOf(destinationId) }, overlayId: destinationId }
  building.report.approximate(
    layer.id,
    layer.name,
    'INTERACTION',
    destinationId || kind !== 'NAVIGATE'
      ? `The interaction "${kind.toLowerCase()}" leads to a frame that is not compiled here, or needs a script; it was left out.`
      : 'The interaction leads nowhere in the design; it was left out.',
  )
  return undefined
}

/** Ids of layers that a click scrolls to. */
export function findAnchors(roots: readonly Layer[]): ReadonlySet<string> {
  const targets = new Set<string>()
  const waiting = [...roots]
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    const click = clickOf(layer)
    if (click?.kind === 'SCROLL_TO' && click.destinationId) targets.add(click.destinationId)
    waiting.push(...layer.children)
  }
  return targets
}
