/** Phase 6, effects: shadows and blurs, corners, opacity and blending. */
import type { Building } from '../building.ts'
import { px, rounded, type Style } from '../element.ts'
import type { Effect, Layer } from '../normalise/layer.ts'
import { cssColour } from '../resolve/colour-names.ts'

type Shadow = Extract<Effect, { kind: 'drop-shadow' | 'inner-shadow' }>

const boxShadow = ({ kind, x, y, radius, spread, colour }: Shadow): string =>
  `${kind === 'inner-shadow' ? 'inset ' : ''}${px(x)} ${px(y)} ${px(radius)}${spread ? ` ${px(spread)}` : ''} ${cssColour(colour)}`

const filterShadow = ({ x, y, radius, colour }: Shadow): string => `drop-shadow(${px(x)} ${px(y)} ${px(radius / 2)} ${cssColour(colour)})`

/** Effects of a layer. `shape` says what casts the shadow: the box itself, its letters, or whatever is painted inside it. */
export function effectStyle(layer: Layer, shape: 'box' | 'text' | 'content', rings: readonly string[], building: Building): Style {
  const shadows: string[] = []
  const textShadows: string[] = []
  const filters: string[] = []
  const backdrops: string[] = []
  // Figma lists effects bottom first; CSS paints the first shadow on top.
  for (const effect of layer.effects.toReversed()) {
    if (effect.kind === 'drop-shadow') {
      if (shape === 'box') shadows.push(boxShadow(effect))
      else if (shape === 'text') textShadows.push(`${px(effect.x)} ${px(effect.y)} ${px(effect.radius)} ${cssColour(effect.colour)}`)
      else filters.push(filterShadow(effect))
    } else if (effect.kind === 'inner-shadow') {
      if (shape === 'box') shadows.push(boxShadow(effect))
      else building.report.approximate(layer.id, layer.name, 'INNER_SHADOW', 'An inner shadow of letters or loose content has no CSS.')
    } else if (effect.kind === 'layer-blur') filters.push(`blur(${px(effect.radius / 2)})`)
    else if (effect.kind === 'background-blur') backdrops.push(`blur(${px(effect.radius / 2)})`)
    else
      building.report.approximate(
        layer.id,
        layer.name,
        (effect.kind === 'other' && effect.type) || 'EFFECT',
        'An effect of this kind has no CSS and is left out.',
      )
    if ('isProgressive' in effect && effect.isProgressive) {
      building.report.approximate(layer.id, layer.name, 'PROGRESSIVE_BLUR', 'A blur that grows is drawn with one strength.')
    }
  }
  const boxShadows = [...rings, ...shadows]
  return {
    ...(boxShadows.length ? { 'box-shadow': boxShadows.join(', ') } : {}),
    ...(textShadows.length ? { 'text-shadow': textShadows.join(', ') } : {}),
    ...(filters.length ? { filter: filters.join(' ') } : {}),
    ...(backdrops.length ? { 'backdrop-filter': backdrops.join(' ') } : {}),
  }
}

/** Opacity and blend mode of a layer as a whole. */
export function mixStyle(layer: Layer): Style {
  return {
    ...(layer.opacity < 0.999 ? { opacity: `${rounded(layer.opacity)}` } : {}),
    ...(layer.blend ? { 'mix-blend-mode': layer.blend } : {}),
  }
}

export function cornerStyle(layer: Layer): Style {
  if (layer.type === 'ELLIPSE') return { 'border-radius': Math.abs(layer.width - layer.height) < 0.5 ? '9999px' : '50%' }
  const half = Math.min(layer.width, layer.height) / 2
  const [first] = layer.radii
  if (layer.radii.every((radius) => radius === 0)) return {}
  if (layer.radii.every((radius) => Math.abs(radius - first) < 0.01 || (radius >= half && first >= half && half > 0))) {
    return { 'border-radius': first >= half && first > 12 && half > 0 ? '9999px' : px(first) }
  }
  return { 'border-radius': layer.radii.map((radius) => px(Math.min(radius, Math.max(half * 2, 0)))).join(' ') }
}
