/** Phases 3 to 6 for one frame: layers → elements, from the outside in. */
import type { Building } from '../building.ts'
import type { FigmaNode } from '../bundle.ts'
import { type Content, type ElementNode, element, px, type Style } from '../element.ts'
import { findDrawings } from '../flatten/vectors.ts'
import { componentIdOf } from '../infer/changes.ts'
import { hintedBox, hintedLevel, hintedPicture, withMeaning } from '../infer/hinted.ts'
import { anchorOf, isClicked, reactionOf } from '../infer/interactions.ts'
import { withOutline } from '../infer/outline.ts'
import { altText, boxTag, type HeadingScale, isButton, rankHeadings } from '../infer/semantics.ts'
import { containerStyle, flowContainerStyle, isStretching } from '../layout/container.ts'
import { inferFlow } from '../layout/infer-flow.ts'
import { type Place, placeStyle, placeWithin } from '../layout/place.ts'
import { flowChildren, type SettledSize, settleAbsolute, settleChildren } from '../layout/settle.ts'
import type { Layer, Rect } from '../normalise/layer.ts'
import { createReport } from '../report.ts'
import { wordsOf } from '../resolve/names.ts'
import { cornerStyle, effectStyle, mixStyle } from '../style/effects.ts'
import { fillStyle, type ImagePaint, imageFilter, imageKey, imagePlacement, noteImage } from '../style/fills.ts'
import { maskStyle } from '../style/masks.ts'
import { strokeStyle } from '../style/strokes.ts'
import { drawLayer, isEffectInPicture } from '../style/svg-draw.ts'
import { textContent, textStyle } from '../style/text.ts'
import {
  clipStyle,
  hasBlend,
  hasLeftText,
  isPlainImage,
  marksOf,
  nameless,
  sizedPicture,
  transformStyle,
  withoutBackground,
} from './box-parts.ts'
import { buildFlow, isPackedRow } from './build-flow.ts'
import { buildLine } from './build-line.ts'

interface Page {
  readonly building: Building
  readonly drawings: ReadonlySet<FigmaNode>
  readonly headings: HeadingScale
  /** Inside a button only phrasing elements are allowed. */
  readonly isInline: boolean
  /** Inside a link or button nothing else may be pressed. */
  readonly isPressed: boolean
  /** Frames that something on this page lays over it. */
  readonly overlays: Set<string>
  readonly depth: number
  /** In a row of many hugging children, where the design's rounding of every text box would add up. */
  readonly isPacked: boolean
  /** In a component that is used several times: its properties become props. */
  readonly isRepeated: boolean
}

/** A group that only groups: its children stand in the frame around it. */
const isDissolved = (layer: Layer, place: Place): boolean =>
  layer.type === 'GROUP' &&
  !place.flow &&
  place.parent !== undefined &&
  layer.opacity > 0.999 &&
  !layer.blend &&
  layer.effects.length === 0 &&
  !layer.turn &&
  !isClicked(layer) &&
  layer.mask === 'none' &&
  layer.children.length > 0 &&
  layer.children.every((child) => child.mask === 'none')

function buildText(page: Page, layer: Layer, settled: SettledSize, place: Place): ElementNode {
  const { text } = layer
  if (!text) throw new Error('a text layer has text')
  const { building } = page
  const reaction = page.isPressed ? undefined : reactionOf(layer, building)
  if (reaction?.overlayId) page.overlays.add(reaction.overlayId)
  const isPinned = settled.x === 'hug' && building.fonts.isUnlike(text, layer.width)
  const placed = placeStyle(layer, isPinned ? { ...settled, x: 'fixed' } : settled, place)
  const style: Style = {
    ...(settled.x === 'hug' && !isPinned && page.isPacked && place.flow ? { 'min-width': px(layer.width) } : {}),
    ...placed,
    ...textStyle(layer, text, settled.x, settled.y, building),
    ...mixStyle(layer),
    ...effectStyle(layer, 'text', [], building),
    ...transformStyle(layer),
  }
  if (reaction) return element(reaction.tag, reaction.attributes, { display: 'block', ...style }, textContent(layer, text, building), layer)
  const level = hintedLevel(layer, page.headings.levelOf(layer), page.isInline, building)
  const isBlock = text.runs.length > 0 && !page.isInline
  return element(level ? `h${level}` : isBlock ? 'p' : 'span', {}, style, textContent(layer, text, building), layer)
}

function imageElement(page: Page, layer: Layer, paint: ImagePaint, style: Style): ElementNode | undefined {
  const found = imageKey(layer, paint, page.building)
  if (!found) return undefined
  noteImage(layer, paint, true, page.building)
  const { size } = imagePlacement(paint, found.isRender)
  const fit = size === 'contain' ? 'contain' : size === 'cover' ? 'cover' : ''
  const filter = imageFilter(paint, layer, page.building)
  return element(
    'img',
    { src: `asset(${found.key})`, alt: page.building.hints.labelOf(layer) ?? altText(layer) },
    {
      'max-width': 'none',
      ...style,
      ...(fit ? { 'object-fit': fit } : {}),
      ...(filter ? { filter: [filter, style['filter']].filter(Boolean).join(' ') } : {}),
      ...(paint.opacity < 0.999 ? { opacity: `${Math.round(paint.opacity * layer.opacity * 100) / 100}` } : {}),
    },
    [],
    layer,
  )
}

const overlaps = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const HIDDEN_CHILDREN_MAX = 400

/** Flow siblings that the design paints over an earlier absolute one must be lifted: CSS paints positioned boxes last. */
function lifted(children: readonly Layer[], layer: Layer, index: number): boolean {
  if (layer.isAbsolute || children.length > HIDDEN_CHILDREN_MAX) return false
  for (let before = 0; before < index; before++) {
    const other = children[before]
    if (
      other &&
      (other.isAbsolute || other.turn || other.opacity < 1 || other.children.some((child) => child.isAbsolute)) &&
      overlaps(other.box, layer.box)
    )
      return true
  }
  return false
}

function buildChildren(
  page: Page,
  layer: Layer,
  settled: SettledSize,
  within: Place,
  sizes: ReadonlyMap<Layer, SettledSize>,
): readonly Content[] {
  const flow = flowChildren(layer)
  const isStretched = isStretching(layer, sizes)
  const result: Content[] = []
  let flowIndex = 0
  const pushAbsent = (at: number) => {
    for (const one of page.isRepeated ? layer.absent : []) {
      if (one.at !== at) continue
      const isInFlow = layer.layout !== undefined && !one.layer.isAbsolute
      const place = isInFlow ? { ...within, flow: { own: settled, isStretched, index: flowIndex, count: flow.length + 1 } } : within
      result.push(...buildAbsent(page, one.layer, place))
    }
  }
  for (const [index, child] of layer.children.entries()) {
    pushAbsent(index)
    const size = sizes.get(child)
    const childPlace: Place = size ? { ...within, flow: { own: settled, isStretched, index: flowIndex++, count: flow.length } } : within
    const masked = child.mask === 'none' ? undefined : maskedChildren(page, layer, index, within)
    if (masked) {
      result.push(masked)
      break
    }
    for (const built of buildLayer(page, child, size ?? settleAbsolute(child), childPlace)) {
      const lift = built.kind === 'element' && size && !built.style['position'] && lifted(layer.children, child, index)
      const shown = shownWith(child, built)
      result.push(lift && shown.kind === 'element' ? { ...shown, style: { position: 'relative', ...shown.style } } : shown)
    }
  }
  pushAbsent(layer.children.length)
  return result
}

const shownWith = ({ shownBy }: Layer, built: Content): Content => (built.kind === 'element' && shownBy ? { ...built, shownBy } : built)

/** What a property hides here, as it would be shown: the design says of its place only what its own rules say. */
function buildAbsent(page: Page, layer: Layer, place: Place): readonly Content[] {
  // Nobody sees it: there is nothing to tell of it, and nothing to fetch.
  const building: Building = { ...page.building, report: createReport(), flattened: [], assets: [] }
  const size: SettledSize = place.flow ? { x: layer.sizingX, y: layer.sizingY } : settleAbsolute(layer)
  const built = buildLayer({ ...page, building, drawings: findDrawings(layer) }, layer, size, place)
  return built.map((content) => (content.kind === 'element' ? { ...content, shownBy: layer.shownBy, isAbsent: true } : content))
}

/** What a mask is cut to: a group of one shape is that shape. */
function maskShape(layer: Layer | undefined): Layer | undefined {
  const [only] = layer?.children ?? []
  return layer?.type === 'GROUP' && layer.children.length === 1 && only ? { ...only, mask: layer.mask } : layer
}

/** A mask and all that follows it: one box in the shape of the mask, the rest inside. */
function maskedChildren(page: Page, parent: Layer, index: number, within: Place): ElementNode | undefined {
  const mask = maskShape(parent.children[index])
  if (!mask) return undefined
  const clip = maskStyle(mask, page.building)
  const style = { ...placeStyle(mask, { x: 'fixed', y: 'fixed' }, within), ...clip, ...mixStyle(mask) } as Record<string, string>
  style['position'] = 'absolute'
  const inside = parent.children.slice(index + 1)
  const holder = { ...parent, children: inside, absent: [], layout: undefined } as Layer
  const content = buildChildren(
    { ...page, depth: page.depth + 1 },
    holder,
    { x: 'fixed', y: 'fixed' },
    placeWithin(holder, { x: 'fixed', y: 'fixed' }, { ...within, parent: undefined }),
    new Map(),
  )
  return element('div', {}, style, rebase(content, within, mask), mask)
}

/** Children of a mask were placed in the frame; move them into the mask's box. */
function rebase(content: readonly Content[], within: Place, mask: Layer): readonly Content[] {
  const [x, y] = [within.frame.x - mask.box.x, within.frame.y - mask.box.y]
  return [
    element(
      'div',
      {},
      { position: 'absolute', left: px(x), top: px(y), width: px(within.frame.width), height: px(within.frame.height) },
      content,
    ),
  ]
}

function buildBox(page: Page, layer: Layer, settled: SettledSize, place: Place): ElementNode {
  const { building } = page
  const isRoot = place.parent === undefined
  const placed = placeStyle(layer, settled, place)
  const reaction = isRoot || page.isPressed ? undefined : reactionOf(layer, building)
  if (reaction?.overlayId) page.overlays.add(reaction.overlayId)
  const meaning = isRoot ? undefined : hintedBox(layer, { ...page, hasReaction: reaction !== undefined }, building)
  const isPressable = reaction ? reaction.tag === 'button' : meaning ? meaning === 'button' : isButton(layer)
  const button = !isRoot && !page.isPressed && isPressable
  const sizes = settleChildren(layer, settled, building)
  const within = placeWithin(layer, settled, place)
  const { frame, isFluidX, isStretchedY } = within
  const isDrawing = ({ node }: Layer) => page.drawings.has(node)
  const isRepeated = componentIdOf(layer) ? building.variants.isRepeated(layer) : page.isRepeated
  const flow = building.infersFlows
    ? inferFlow({ layer, box: frame, isFluidX, isFluidY: isStretchedY, isGrowing: isRoot, isRepeated, isDrawing })
    : undefined
  const inner = {
    ...page,
    isInline: page.isInline || button,
    isPressed: page.isPressed || button || reaction !== undefined,
    isPacked: isPackedRow(layer.layout?.mode, sizes.values()) || (page.isPacked && settled.x === 'hug'),
    isRepeated,
  }
  const strokes = strokeStyle(layer, building, layer.type !== 'LINE')
  const isSolidBox = layer.fills.length > 0 || layer.strokes.length > 0 || layer.isClipping
  const painted: Style = {
    ...fillStyle(layer, layer.fills, building),
    ...cornerStyle(layer),
    ...strokes.style,
    ...effectStyle(layer, isSolidBox || layer.children.length === 0 ? 'box' : 'content', strokes.shadows, building),
    ...mixStyle(layer),
    ...transformStyle(layer),
  }
  const plain = isRoot || reaction ? undefined : isPlainImage(layer)
  const image = plain && !strokes.overlay && imageElement(page, layer, plain, withoutBackground({ ...sizedPicture(placed), ...painted }))
  if (image) {
    if (meaning) building.hints.refuse(layer, 'A picture can only be given a name.')
    return image
  }
  const content = flow
    ? buildFlow(flow, settled, within, page.isInline || button ? 'span' : 'div', (child, childPlace, isPacked) =>
        child.isAbsent
          ? buildAbsent(inner, child.layer, childPlace)
          : buildLayer({ ...inner, isPacked }, child.layer, child.settled, childPlace).map((built) => shownWith(child.layer, built)),
      )
    : buildChildren(inner, layer, settled, within, sizes)
  const children = [...content, ...(strokes.overlay ? [strokes.overlay] : [])]
  const needsPosition = children.some((child) => child.kind === 'element' && child.style['position'] === 'absolute')
  const hasUnder = flow?.children.some(({ level }) => level === 'under')
  const flowing = flow?.children.filter(({ level }) => level === 'flow').length ?? 0
  const isolates = layer.blend === '' && layer.type !== 'GROUP' && hasBlend(layer)
  const style: Style = {
    ...(needsPosition && !placed['position'] ? { position: 'relative' } : {}),
    ...placed,
    ...(flow ? flowContainerStyle(flow, flowing) : containerStyle(layer, settled, isStretching(layer, sizes))),
    ...clipStyle(layer, isRoot),
    ...(isolates || hasUnder ? { isolation: 'isolate' } : {}),
    ...painted,
  }
  const marks = marksOf(layer, building)
  // Browsers centre what is in a button.
  if (button)
    return element(
      'button',
      { type: 'button', ...reaction?.attributes, ...nameless(layer, building), ...marks },
      hasLeftText(layer) ? { ...style, 'text-align': 'left' } : style,
      children,
      layer,
    )
  const tag = isRoot ? 'main' : reaction ? reaction.tag : page.isInline ? 'span' : boxTag(layer, page.depth <= 2)
  const box = element(
    tag,
    { ...reaction?.attributes, ...(reaction ? nameless(layer, building) : {}), ...marks },
    (tag === 'span' || tag === 'a') && !style['display'] ? { display: 'block', ...style } : style,
    children,
    layer,
  )
  return withMeaning(box, meaning, building)
}

function buildLayer(page: Page, layer: Layer, settled: SettledSize, place: Place): readonly Content[] {
  const { building } = page
  const isRoot = place.parent === undefined
  if (!isRoot && (page.drawings.has(layer.node) || layer.isSizeUnknown)) {
    building.flattened.push(layer.id)
    // A picture shows the layer as it is turned already.
    const upright: Layer = { ...layer, turn: undefined, width: layer.box.width, height: layer.box.height }
    const sized: SettledSize = { x: settled.x === 'hug' ? 'fixed' : settled.x, y: settled.y === 'hug' ? 'fixed' : settled.y }
    const effects = isEffectInPicture(layer, building) ? {} : effectStyle(layer, 'content', [], building)
    const style = { ...sizedPicture(placeStyle(upright, sized, place)), ...mixStyle(layer), ...effects }
    const reaction = page.isPressed ? undefined : reactionOf(layer, building)
    if (reaction) {
      if (reaction.overlayId) page.overlays.add(reaction.overlayId)
      const picture = drawLayer(layer, building, { 'aria-hidden': 'true' }, { display: 'block', width: '100%', height: '100%' })
      const { layer: _, ...drawing } = picture
      const label = building.hints.labelOf(layer) || altText(layer) || wordsOf(layer.name).join(' ') || 'link'
      return [element(reaction.tag, { ...reaction.attributes, 'aria-label': label }, { display: 'block', ...style }, [drawing], layer)]
    }
    const hidden: Readonly<Record<string, string>> = altText(layer) ? {} : { 'aria-hidden': 'true' }
    return [drawLayer(layer, building, hintedPicture(layer, building) ?? hidden, style)]
  }
  if (layer.type === 'SLICE') return []
  if (layer.text) return [buildText(page, layer, settled, place)]
  if (layer.type === 'LINE') return [buildLine(building, layer, settled, place)]
  const deeper = { ...page, depth: page.depth + 1 }
  if (isDissolved(layer, place)) {
    const inside: Place = { ...place, pins: place.pins ?? { x: layer.pinX, y: layer.pinY } }
    return layer.children.flatMap((child) => buildLayer(deeper, child, settleAbsolute(child), inside))
  }
  return [buildBox(deeper, layer, settled, place)]
}

function buildRoot(root: Layer, building: Building, overlays: Set<string>): ElementNode {
  const headings = rankHeadings(root)
  const page: Page = {
    building,
    drawings: findDrawings(root),
    headings,
    isInline: false,
    isPressed: false,
    overlays,
    depth: 0,
    isPacked: false,
    isRepeated: false,
  }
  const place: Place = { parent: undefined, frame: root.box, isFluidX: true, isFluidY: true, isStretchedY: false }
  const [built] = buildLayer(page, root, { x: 'fill', y: 'fixed' }, place)
  if (built?.kind === 'element') return built
  return element('main', {}, { position: 'relative' }, built ? [built] : [], root)
}

/** A frame that is laid over the page when something is pressed: a popover, which the browser shows and closes itself. */
function buildOverlay(frame: Layer, building: Building): ElementNode {
  const inside = buildRoot(frame, building, new Set())
  const style = { margin: 'auto', width: px(frame.width), 'max-width': '100%', padding: '0px', 'border-width': '0px' }
  const { layer: _, ...content } = { ...inside, tag: 'div' }
  return element('div', { popover: 'auto', id: anchorOf(frame.id) }, style, [content])
}

/** The element tree of one frame, with the frames that are laid over it. */
export function buildPage(root: Layer, building: Building): ElementNode {
  const overlays = new Set<string>()
  const bare = buildRoot(root, building, overlays)
  const built = root.type === 'FRAME' ? withOutline(bare, root.name) : bare
  const over = [...overlays].flatMap((id) => {
    const frame = building.frames.get(id)
    return frame && frame !== root ? [buildOverlay(frame, building)] : []
  })
  return over.length ? { ...built, children: [...built.children, ...over] } : built
}
