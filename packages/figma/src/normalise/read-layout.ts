/** Phase 1, layout fields: auto layout, grid, sizing and constraints, of today's schema and of files older than 2023. */
import type { Align, FlexLayout, GridCell, GridLayout, Pin, Sides, Sizing } from './layer.ts'
import { type Json, jsonOf, numberOf, objectsOf, textOf, wordIn } from './values.ts'

const ALIGNS: Readonly<Record<string, Align>> = { MIN: 'start', CENTER: 'center', MAX: 'end' }

/** Files of 2019 and 2020 have one padding for each axis. */
function paddingOf(node: Json): Sides {
  const side = (name: string, axis: 'horizontalPadding' | 'verticalPadding') => Math.max(0, numberOf(node[name], numberOf(node[axis])))
  return {
    top: side('paddingTop', 'verticalPadding'),
    right: side('paddingRight', 'horizontalPadding'),
    bottom: side('paddingBottom', 'verticalPadding'),
    left: side('paddingLeft', 'horizontalPadding'),
  }
}

/** In the same files each child says how it is aligned; where they agree, the frame says it for them. */
function alignOf(node: Json): string {
  const said = textOf(node['counterAxisAlignItems'])
  if (said) return said
  const [first, ...others] = objectsOf(node['children']).filter((child) => child['visible'] !== false)
  const align = textOf(first?.['layoutAlign'])
  return others.every((child) => child['layoutAlign'] === align) ? align : ''
}

/** Track lists are CSS already; anything else than tracks in them is refused. */
function tracksOf(value: unknown, count: unknown): string {
  const text = textOf(value).trim()
  if (text.length < 500 && /^[\w\s(),.%-]+$/.test(text) && !/url|var|attr|env/i.test(text)) return text
  const number = Math.round(numberOf(count))
  return number > 0 && number < 200 ? `repeat(${number}, minmax(0, 1fr))` : ''
}

export function readLayout(node: Json): FlexLayout | GridLayout | undefined {
  const mode = textOf(node['layoutMode'])
  if (mode === '' || mode === 'NONE') return undefined
  const hasBorder = node['strokesIncludedInLayout'] === true
  const isReversed = node['itemReverseZIndex'] === true
  if (mode === 'GRID') {
    return {
      mode: 'grid',
      padding: paddingOf(node),
      columns: tracksOf(node['gridColumnsSizing'], node['gridColumnCount']),
      rows: tracksOf(node['gridRowsSizing'], node['gridRowCount']),
      columnGap: Math.max(0, numberOf(node['gridColumnGap'])),
      rowGap: Math.max(0, numberOf(node['gridRowGap'])),
      hasBorder,
      isReversed,
    }
  }
  if (mode !== 'HORIZONTAL' && mode !== 'VERTICAL') return undefined
  const isSpread = node['primaryAxisAlignItems'] === 'SPACE_BETWEEN'
  const align = alignOf(node)
  return {
    mode: mode === 'HORIZONTAL' ? 'row' : 'column',
    padding: paddingOf(node),
    // With SPACE_BETWEEN the field holds a left-over number.
    gap: isSpread ? 0 : numberOf(node['itemSpacing']),
    justify: isSpread ? 'space-between' : (wordIn(ALIGNS, node['primaryAxisAlignItems']) ?? 'start'),
    align: align === 'BASELINE' ? 'baseline' : (wordIn(ALIGNS, align) ?? 'start'),
    wraps: node['layoutWrap'] === 'WRAP',
    wrapGap: Math.max(0, numberOf(node['counterAxisSpacing'])),
    isWrapSpread: node['counterAxisAlignContent'] === 'SPACE_BETWEEN',
    hasBorder,
    isReversed,
    isInferred: false,
  }
}

const SIZINGS: Readonly<Record<string, Sizing>> = { FIXED: 'fixed', HUG: 'hug', FILL: 'fill' }

/** Sizing of one axis. Older files say it by `layoutGrow`, `layoutAlign` and `primary/counterAxisSizingMode`. */
export function readSizing(node: Json, axis: 'x' | 'y', parentMode: 'row' | 'column' | 'grid' | undefined): Sizing {
  const said = wordIn(SIZINGS, node[axis === 'x' ? 'layoutSizingHorizontal' : 'layoutSizingVertical'])
  const isText = node['type'] === 'TEXT'
  const ownMode = node['layoutMode'] === 'HORIZONTAL' ? 'row' : node['layoutMode'] === 'VERTICAL' ? 'column' : undefined
  const isInFlow = parentMode !== undefined && node['layoutPositioning'] !== 'ABSOLUTE'
  if (said && (said !== 'fill' || isInFlow) && !(isText && !isInFlow)) return said
  if (isInFlow && !said) {
    const isMain = (parentMode === 'row') === (axis === 'x')
    if (isMain ? node['layoutGrow'] === 1 : node['layoutAlign'] === 'STRETCH') return 'fill'
  }
  const resize = isText ? textOf(jsonOf(node['style'])['textAutoResize']) : ''
  if (isText) return resize === 'WIDTH_AND_HEIGHT' || (axis === 'y' && resize === 'HEIGHT') ? 'hug' : 'fixed'
  if (!ownMode) return 'fixed'
  const isOwnMain = (ownMode === 'row') === (axis === 'x')
  return node[isOwnMain ? 'primaryAxisSizingMode' : 'counterAxisSizingMode'] === 'FIXED' ? 'fixed' : 'hug'
}

const PINS: Readonly<Record<string, Pin>> = {
  LEFT: 'start',
  TOP: 'start',
  RIGHT: 'end',
  BOTTOM: 'end',
  LEFT_RIGHT: 'both',
  TOP_BOTTOM: 'both',
  CENTER: 'center',
  SCALE: 'scale',
}

export const readPin = (node: Json, axis: 'horizontal' | 'vertical'): Pin => wordIn(PINS, jsonOf(node['constraints'])[axis]) ?? 'start'

export function readCell(node: Json): GridCell | undefined {
  if (node['gridColumnAnchorIndex'] === undefined && node['gridRowAnchorIndex'] === undefined) return undefined
  const index = (value: unknown) => Math.max(0, Math.min(1000, Math.round(numberOf(value))))
  return {
    column: index(node['gridColumnAnchorIndex']) + 1,
    row: index(node['gridRowAnchorIndex']) + 1,
    columnSpan: Math.max(1, index(node['gridColumnSpan'] ?? 1)),
    rowSpan: Math.max(1, index(node['gridRowSpan'] ?? 1)),
    alignX: textOf(node['gridChildHorizontalAlign']),
    alignY: textOf(node['gridChildVerticalAlign']),
  }
}

export function readStrokeWidths(node: Json): Sides {
  const all = Math.max(0, numberOf(node['strokeWeight'], 1))
  const each = jsonOf(node['individualStrokeWeights'])
  const side = (name: string) => Math.max(0, numberOf(each[name], all))
  return { top: side('top'), right: side('right'), bottom: side('bottom'), left: side('left') }
}
