/** Phase 6, masks: a rectangle or ellipse clips by its shape; a gradient, image or drawing by its alpha. */
import type { Building } from '../building.ts'
import type { Style } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'
import { cornerStyle } from './effects.ts'
import { fillStyle } from './fills.ts'

const BOXES = new Set(['RECTANGLE', 'FRAME', 'ELLIPSE', 'COMPONENT', 'INSTANCE'])

/** Declarations of a box that shows its content only where the mask is. */
export function maskStyle(mask: Layer, building: Building): Style {
  const [fill] = mask.fills
  const shape: Style = { overflow: 'hidden', ...cornerStyle(mask) }
  if (mask.mask !== 'vector' && fill && fill.kind !== 'solid' && mask.fills.length === 1) {
    const painted = fillStyle(mask, mask.fills, building)
    const image = painted['background-image']
    if (image && !image.includes('asset(')) {
      return { ...shape, 'mask-image': image, ...(mask.mask === 'luminance' ? { 'mask-mode': 'luminance' } : {}) }
    }
  }
  if (!BOXES.has(mask.type)) building.report.approximate(mask.id, mask.name, 'MASK_SHAPE', 'A mask of this shape clips by its box here.')
  return shape
}
