/** Phases 3 to 6: what a box says of itself, apart from where it stands and what is in it. */
import type { Building } from '../building.ts'
import { px, type Style } from '../element.ts'
import { anchorOf } from '../infer/interactions.ts'
import { hasText } from '../infer/semantics.ts'
import type { Layer } from '../normalise/layer.ts'
import { kebab, wordsOf } from '../resolve/names.ts'
import { modeOf } from '../resolve/variables.ts'
import type { ImagePaint } from '../style/fills.ts'

export const transformStyle = (layer: Layer): Style => {
  if (!layer.turn) return {}
  const [a, b, c, d] = layer.turn
  const degrees = (Math.atan2(b, a) * 180) / Math.PI
  const isPlainTurn = Math.abs(a - d) < 1e-3 && Math.abs(b + c) < 1e-3
  if (isPlainTurn) return { rotate: `${Math.round(degrees * 100) / 100}deg` }
  return { transform: `matrix(${[a, b, c, d].map((cell) => Math.round(cell * 10000) / 10000).join(', ')}, 0, 0)` }
}

export function isPlainImage(layer: Layer): ImagePaint | undefined {
  const [only] = layer.fills
  if (layer.fills.length !== 1 || only?.kind !== 'image' || layer.children.length || only.blend) return undefined
  if (only.fit === 'tile' || (only.fit === 'crop' && only.transform) || only.rotation) return undefined
  return layer.effects.some((effect) => effect.kind === 'inner-shadow') ? undefined : only
}

/** What a box says of itself beyond its look: where a click may scroll to, and the mode of variables that begins here. */
export function marksOf(layer: Layer, building: Building): Readonly<Record<string, string>> {
  const mode = modeOf(layer.node['explicitVariableModes'], building.bundle.variables)
  return {
    ...(building.anchors.has(layer.id) ? { id: anchorOf(layer.id) } : {}),
    ...(mode ? { 'data-theme': kebab(mode, 'mode') } : {}),
    // What scrolls must be reachable by keys.
    ...(layer.scroll === 'none' ? {} : { tabindex: '0' }),
  }
}

/** A button or link without words is called what its layer is called. */
export const nameless = (layer: Layer, { hints, variants }: Building): Readonly<Record<string, string>> =>
  hasText(layer) ? {} : { 'aria-label': hints.labelOf(layer) || wordsOf(variants.nameOf(layer)).join(' ') || 'button' }

export const hasLeftText = (layer: Layer): boolean => layer.text?.style.align === 'left' || layer.children.some(hasLeftText)

export const hasBlend = (layer: Layer) => layer.children.some((child) => child.blend !== '')

export const withoutBackground = (style: Style): Style =>
  Object.fromEntries(Object.entries(style).filter(([property]) => !property.startsWith('background')))

const hasSticking = (layer: Layer): boolean => layer.children.some((child) => child.sticking !== 'none' || hasSticking(child))

export function clipStyle(layer: Layer, isRoot: boolean): Style {
  // What sticks does so within the nearest box that hides or scrolls; one that clips is none.
  if (isRoot) return layer.isClipping ? { overflow: hasSticking(layer) ? 'clip' : 'hidden' } : { 'overflow-x': 'clip' }
  if (layer.scroll !== 'none')
    return layer.scroll === 'both'
      ? { overflow: 'auto' }
      : {
          [`overflow-${layer.scroll}`]: 'auto',
          ...(layer.isClipping ? { [`overflow-${layer.scroll === 'x' ? 'y' : 'x'}`]: 'hidden' } : {}),
        }
  const hidden = layer.isClipping && layer.children.some((child) => exceeds(child, layer))
  return hidden || (layer.isClipping && layer.radii.some((radius) => radius > 0) && layer.children.length > 0) ? { overflow: 'hidden' } : {}
}

/** A frame that clips nothing needs not say so; text may always grow. */
const exceeds = (child: Layer, frame: Layer): boolean =>
  child.effects.length > 0 ||
  child.box.x < frame.box.x - 0.5 ||
  child.box.y < frame.box.y - 0.5 ||
  child.box.x + child.box.width > frame.box.x + frame.box.width + 0.5 ||
  child.box.y + child.box.height > frame.box.y + frame.box.height + 0.5 ||
  (!child.isClipping && child.children.some((each) => exceeds(each, frame)))

const SIDES = [
  ['left', 'right', 'width'],
  ['top', 'bottom', 'height'],
] as const

/** Pictures have a size of their own: two edges that are held do not stretch them. */
export function sizedPicture(style: Style): Style {
  const sized: Record<string, string> = { ...style }
  for (const [start, end, size] of SIDES) {
    const [from, to] = [sized[start], sized[end]]
    if (from === undefined || to === undefined || sized[size] !== undefined) continue
    const kept = Number.parseFloat(from) + Number.parseFloat(to)
    delete sized[end]
    sized[size] = px(kept) === '0px' ? '100%' : `calc(100% - ${px(kept)})`
  }
  return sized
}
