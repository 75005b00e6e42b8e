/** Phases 4 to 6 for lines. */
import type { Building } from '../building.ts'
import { type ElementNode, element, px } from '../element.ts'
import { type Place, placeStyle } from '../layout/place.ts'
import type { SettledSize } from '../layout/settle.ts'
import type { Layer } from '../normalise/layer.ts'
import { effectStyle, mixStyle } from '../style/effects.ts'
import { fillStyle } from '../style/fills.ts'
import { transformStyle } from './box-parts.ts'

/** Lines have no height; what is drawn stands above them. */
export function buildLine(building: Building, layer: Layer, settled: SettledSize, place: Place): ElementNode {
  const weight = layer.strokeWidths.top
  const fills = layer.strokes.slice(-1)
  const placed = { ...placeStyle(layer, settled, place) } as Record<string, string>
  const painted = { ...fillStyle(layer, fills, building), ...mixStyle(layer), ...effectStyle(layer, 'box', [], building) }
  if (layer.turn || weight > 2.5 || layer.dashes.length || place.flow || placed['bottom'] || placed['top']?.includes('%')) {
    const isRound = layer.node['strokeCap'] === 'ROUND'
    const stroke = {
      position: 'absolute',
      bottom: '0px',
      left: '0px',
      width: '100%',
      height: px(weight),
      ...painted,
      ...(isRound ? { 'border-radius': '9999px' } : {}),
    }
    const position = placed['position'] ?? 'relative'
    return element('div', {}, { position, ...placed, height: '0px', ...transformStyle(layer) }, [element('span', {}, stroke, [])], layer)
  }
  placed['top'] = px(layer.box.y - place.frame.y - weight)
  return element('div', {}, { ...placed, height: px(weight), ...painted }, [], layer)
}
