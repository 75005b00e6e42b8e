/** Auto layout, constraints and scrolling in the words of the REST API. */
import type { KiwiFields } from './decode.ts'
import { fieldsOf, guidOf, listOf, numberOf, present, textOf, word } from './values.ts'

const MODES = word({ HORIZONTAL: 'HORIZONTAL', VERTICAL: 'VERTICAL', GRID: 'GRID' })
const JUSTIFY = word({ MIN: 'MIN', CENTER: 'CENTER', MAX: 'MAX', SPACE_EVENLY: 'SPACE_BETWEEN', SPACE_BETWEEN: 'SPACE_BETWEEN' })
const ALIGN = word({ MIN: 'MIN', CENTER: 'CENTER', MAX: 'MAX', BASELINE: 'BASELINE' })
const HORIZONTAL = word({
  MIN: 'LEFT',
  CENTER: 'CENTER',
  MAX: 'RIGHT',
  STRETCH: 'LEFT_RIGHT',
  SCALE: 'SCALE',
  FIXED_MIN: 'LEFT',
  FIXED_MAX: 'RIGHT',
})
const VERTICAL = word({
  MIN: 'TOP',
  CENTER: 'CENTER',
  MAX: 'BOTTOM',
  STRETCH: 'TOP_BOTTOM',
  SCALE: 'SCALE',
  FIXED_MIN: 'TOP',
  FIXED_MAX: 'BOTTOM',
})
const SCROLLS = word({ HORIZONTAL: 'HORIZONTAL_SCROLLING', VERTICAL: 'VERTICAL_SCROLLING', BOTH: 'HORIZONTAL_AND_VERTICAL_SCROLLING' })
const BEHAVIOURS = word({ FIXED_WHEN_CHILD_OF_SCROLLING_FRAME: 'FIXED', STICKY_SCROLLS: 'STICKY_SCROLLS' })

type Axis = 'HORIZONTAL' | 'VERTICAL'

export const layoutModeOf = (fields: KiwiFields): string | undefined => MODES(fields.stackMode)

/** Without a word from the file, Figma hugs along the flow and keeps the size across it. */
function hugs(fields: KiwiFields, axis: Axis): boolean {
  const mode = layoutModeOf(fields)
  if (!mode || mode === 'GRID') return false
  const sizing =
    textOf(mode === axis ? fields.stackPrimarySizing : fields.stackCounterSizing) ?? (mode === axis ? 'RESIZE_TO_FIT' : 'FIXED')
  return sizing.startsWith('RESIZE_TO_FIT')
}

function sizingOf(fields: KiwiFields, parentMode: string | undefined, axis: Axis): string | undefined {
  const isFlowing = parentMode !== undefined && fields.stackPositioning !== 'ABSOLUTE'
  if (isFlowing && parentMode !== 'GRID') {
    const fills = parentMode === axis ? (numberOf(fields.stackChildPrimaryGrow) ?? 0) > 0 : fields.stackChildAlignSelf === 'STRETCH'
    if (fills) return 'FILL'
  }
  if (hugs(fields, axis)) return 'HUG'
  const resize = fields.type === 'TEXT' ? textOf(fields.textAutoResize) : undefined
  if (resize === 'WIDTH_AND_HEIGHT' || (resize === 'HEIGHT' && axis === 'VERTICAL')) return 'HUG'
  return isFlowing || layoutModeOf(fields) ? 'FIXED' : undefined
}

const limit = (value: unknown, axis: 'x' | 'y') => numberOf(fieldsOf(fieldsOf(value).value)[axis]) || undefined

/** CSS of a grid's tracks, in their order. */
function tracksOf(positions: unknown, sizes: unknown): { ids: string[]; css: string } {
  const ordered = listOf(fieldsOf(positions).entries)
    .map((entry) => ({ id: guidOf(entry.id) ?? '', position: textOf(entry.position) ?? '' }))
    .toSorted((a, b) => (a.position < b.position ? -1 : 1))
  const byId = new Map(listOf(fieldsOf(sizes).entries).map((entry) => [guidOf(entry.id) ?? '', fieldsOf(entry.trackSize)]))
  const one = (id: string) => {
    const size = fieldsOf(byId.get(id)?.maxSizing)
    const value = numberOf(size.value) ?? 1
    return size.type === 'FIXED'
      ? `${value}px`
      : size.type === 'HUG' || size.type === 'AUTO'
        ? 'fit-content(100%)'
        : `minmax(0, ${value || 1}fr)`
  }
  return { ids: ordered.map((track) => track.id), css: ordered.map((track) => one(track.id)).join(' ') }
}

function gridOf(fields: KiwiFields): Record<string, unknown> {
  const columns = tracksOf(fields.gridColumns, fields.gridColumnsSizing)
  const rows = tracksOf(fields.gridRows, fields.gridRowsSizing)
  return {
    gridColumnCount: columns.ids.length || undefined,
    gridRowCount: rows.ids.length || undefined,
    gridColumnsSizing: columns.css || undefined,
    gridRowsSizing: rows.css || undefined,
    gridColumnGap: numberOf(fields.gridColumnGap),
    gridRowGap: numberOf(fields.gridRowGap),
  }
}

/** Where a child stands in its parent's grid. */
function gridPlaceOf(fields: KiwiFields, parent: KiwiFields): Record<string, unknown> {
  const indexIn = (tracks: unknown, anchor: unknown) => {
    const id = guidOf(anchor)
    const index = id ? tracksOf(tracks, undefined).ids.indexOf(id) : -1
    return index < 0 ? undefined : index
  }
  return {
    gridColumnAnchorIndex: indexIn(parent.gridColumns, fields.gridColumnAnchor),
    gridRowAnchorIndex: indexIn(parent.gridRows, fields.gridRowAnchor),
    gridColumnSpan: numberOf(fields.gridColumnSpan),
    gridRowSpan: numberOf(fields.gridRowSpan),
    gridChildHorizontalAlign: textOf(fields.gridChildHorizontalAlign),
    gridChildVerticalAlign: textOf(fields.gridChildVerticalAlign),
  }
}

function stackOf(fields: KiwiFields, mode: string): Record<string, unknown> {
  const around = numberOf(fields.stackPadding) ?? 0
  const left = numberOf(fields.stackHorizontalPadding) ?? around
  const top = numberOf(fields.stackVerticalPadding) ?? around
  const isAcross = mode === 'VERTICAL'
  return {
    layoutMode: mode,
    itemSpacing: numberOf(fields.stackSpacing) ?? 0,
    paddingLeft: left,
    paddingTop: top,
    paddingRight: numberOf(fields.stackPaddingRight) ?? left,
    paddingBottom: numberOf(fields.stackPaddingBottom) ?? top,
    primaryAxisSizingMode: hugs(fields, isAcross ? 'VERTICAL' : 'HORIZONTAL') ? 'AUTO' : 'FIXED',
    counterAxisSizingMode: hugs(fields, isAcross ? 'HORIZONTAL' : 'VERTICAL') ? 'AUTO' : 'FIXED',
    primaryAxisAlignItems: JUSTIFY(fields.stackPrimaryAlignItems ?? fields.stackJustify),
    counterAxisAlignItems: ALIGN(fields.stackCounterAlignItems ?? fields.stackCounterAlign),
    counterAxisAlignContent: textOf(fields.stackCounterAlignContent),
    layoutWrap: fields.stackWrap === 'WRAP' ? 'WRAP' : undefined,
    counterAxisSpacing: numberOf(fields.stackCounterSpacing),
    itemReverseZIndex: fields.stackReverseZIndex === true || undefined,
    strokesIncludedInLayout: fields.bordersTakeSpace === true || undefined,
    ...(mode === 'GRID' ? gridOf(fields) : {}),
  }
}

/** @param parent the fields of the parent, whose flow the node stands in */
export function layoutFieldsOf(fields: KiwiFields, parent: KiwiFields | undefined): Record<string, unknown> {
  const mode = layoutModeOf(fields)
  const parentMode = parent && layoutModeOf(parent)
  return present({
    ...(mode ? stackOf(fields, mode) : {}),
    layoutSizingHorizontal: sizingOf(fields, parentMode, 'HORIZONTAL'),
    layoutSizingVertical: sizingOf(fields, parentMode, 'VERTICAL'),
    layoutPositioning: parentMode && fields.stackPositioning === 'ABSOLUTE' ? 'ABSOLUTE' : undefined,
    layoutGrow: parentMode ? numberOf(fields.stackChildPrimaryGrow) : undefined,
    layoutAlign: parentMode && fields.stackChildAlignSelf === 'STRETCH' ? 'STRETCH' : undefined,
    ...(parentMode === 'GRID' && parent ? gridPlaceOf(fields, parent) : {}),
    constraints: { horizontal: HORIZONTAL(fields.horizontalConstraint) ?? 'LEFT', vertical: VERTICAL(fields.verticalConstraint) ?? 'TOP' },
    minWidth: limit(fields.minSize, 'x'),
    minHeight: limit(fields.minSize, 'y'),
    maxWidth: limit(fields.maxSize, 'x'),
    maxHeight: limit(fields.maxSize, 'y'),
    overflowDirection: SCROLLS(fields.scrollDirection),
    scrollBehavior: BEHAVIOURS(fields.scrollBehavior),
  })
}
