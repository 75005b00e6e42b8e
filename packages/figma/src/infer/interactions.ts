/** Phase 4, prototype interactions: what HTML says by itself becomes links, anchors and popovers, going back one line of script; the rest is named in the report. */
import type { Building } from '../building.ts'
import type { Layer } from '../normalise/layer.ts'
import { type Json, jsonOf, objectsOf, textOf, wordIn } from '../normalise/values.ts'
import type { JsxTag } from '../print/jsx.ts'
import { linkAddress } from '../resolve/addresses.ts'
import { timedActions } from './changes.ts'

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

/** What leads somewhere goes before what changes a variant, and both before what is not said at all. */
const LEADS = new Set(['URL', 'BACK', 'NAVIGATE', 'SWAP', 'SCROLL_TO', 'OVERLAY'])

const kindOf = (action: Json): string => {
  const type = textOf(action['type'])
  return type === 'NODE' ? textOf(action['navigation'], 'NAVIGATE') : type
}

const triggerOf = (interaction: Json): string => textOf(jsonOf(interaction['trigger'])['type'])

function clickOf(layer: Layer): Click | undefined {
  const clicks = objectsOf(layer.node['interactions'])
    .filter((interaction) => CLICKS.has(triggerOf(interaction)))
    .flatMap((interaction) => objectsOf(interaction['actions']))
    .map((action) => ({
      kind: kindOf(action),
      destinationId: textOf(action['destinationId']),
      url: textOf(action['url']),
      isNewTab: action['openUrlInNewTab'] === true,
    }))
  const found = clicks.find(({ kind }) => LEADS.has(kind)) ?? clicks.find(({ kind }) => kind === 'CHANGE_TO') ?? clicks[0]
  const destinationId = textOf(layer.node['transitionNodeID'])
  return found ?? (destinationId ? { kind: 'NAVIGATE', destinationId, url: '', isNewTab: false } : undefined)
}

/** Whether the designer gave the layer a click: then it is an element of its own, also where it only groups others. */
export const isClicked = (layer: Layer): boolean => clickOf(layer) !== undefined

/** What a click on the layer does, as far as HTML says it without a script. */
export function reactionOf(layer: Layer, building: Building): Reaction | undefined {
  const click = clickOf(layer)
  // All variants of a switch are one element, also the one that a click leaves alone.
  if (!click) return building.variants.isSwitch(layer) ? { tag: 'button', attributes: { type: 'button' } } : undefined
  if (click.kind === 'CHANGE_TO') return building.variants.isSwitch(layer) ? { tag: 'button', attributes: { type: 'button' } } : undefined
  if (click.kind === 'BACK') return { tag: 'button', attributes: { type: 'button', onclick: 'back' } }
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

/** The page to which a frame leads by itself after a while. */
export function pageChange(frame: Layer, { frames, slugs }: Building): { readonly href: string; readonly delayMs: number } | undefined {
  for (const { action, delayMs } of timedActions(frame)) {
    const destinationId = textOf(action['destinationId'])
    const leads = action['type'] === 'NODE' && textOf(action['navigation'], 'NAVIGATE') === 'NAVIGATE'
    if (leads && destinationId !== frame.id && frames.has(destinationId)) return { href: `/${slugs.get(destinationId) ?? ''}`, delayMs }
  }
  return undefined
}

const WHEN = { hover: 'hovering', press: 'pressing', click: 'a click', time: 'a while' } as const

/** Names what no component says: changes of variant, and what is waited or hovered for elsewhere. */
export function tellUnsaid(tag: JsxTag, said: ReadonlySet<JsxTag>, building: Building): void {
  if (tag.changes && tag.nodeId !== undefined && !said.has(tag)) {
    const [first] = tag.changes
    const why = first?.to ? 'it changes more than one thing at once, or the component is used once' : 'that variant is not in the design'
    const when = tag.changes.map(({ trigger }) => WHEN[trigger]).join(' and ')
    building.report.approximate(tag.nodeId, tag.layerName ?? '', 'INTERACTION', `The change of variant on ${when} is left out: ${why}.`)
  }
  for (const child of tag.children) if (child.kind === 'tag' && !child.isAbsent) tellUnsaid(child, said, building)
}

const MOMENTS: Readonly<Record<string, string>> = {
  ON_HOVER: 'hovering',
  MOUSE_ENTER: 'hovering',
  MOUSE_LEAVE: 'leaving',
  AFTER_TIMEOUT: 'a while',
  ON_DRAG: 'dragging',
  ON_KEY_DOWN: 'a key',
}

/** Names what is asked for at other moments than a click, and what a click does beside the one thing that is said. */
export function tellOtherMoments(roots: readonly Layer[], building: Building): void {
  const waiting = [...roots]
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    const click = clickOf(layer)
    for (const interaction of objectsOf(layer.node['interactions'])) {
      const trigger = triggerOf(interaction)
      for (const action of objectsOf(interaction['actions'])) {
        const kind = kindOf(action)
        const isSaid = CLICKS.has(trigger)
          ? kind === click?.kind && textOf(action['destinationId']) === click.destinationId
          : trigger === 'AFTER_TIMEOUT' && roots.includes(layer) && pageChange(layer, building) !== undefined
        if (kind === 'CHANGE_TO' || isSaid) continue
        const moment = CLICKS.has(trigger) ? 'a click' : (wordIn(MOMENTS, trigger) ?? 'something else')
        const what = kind.toLowerCase().replaceAll('_', ' ').slice(0, 40) || 'nothing'
        building.report.approximate(
          layer.id,
          layer.name,
          'INTERACTION',
          `What ${moment} does here ("${what}") needs a script; it was left out.`,
        )
      }
    }
    waiting.push(...layer.children)
  }
}
