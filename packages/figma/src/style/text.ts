/** Phase 6, text: one block per text layer, spans only where characters differ, paragraphs and lists where the design has them. */
import type { Building } from '../building.ts'
import { type Content, element, px, rounded, type Style, textNode } from '../element.ts'
import type { Settled } from '../layout/settle.ts'
import type { Layer, Paint, TextContent, TextRun, TextStyle } from '../normalise/layer.ts'
import { linkAddress } from '../resolve/addresses.ts'
import { cssColour } from '../resolve/colour-names.ts'
import { styleIdOf } from './fills.ts'
import { gradientCss } from './gradient.ts'

/** Figma's auto width does not count spaces at the end of a line. */
export const trimmedLines = (text: string): string => text.replace(/[ \t]+(?=\n|\u2028|$)/g, '').replaceAll('\u2028', '\n')

export const linesOf = (layer: Layer, text: TextContent): number => {
  const breaks = trimmedLines(text.characters).split('\n').length
  const spoken = Math.round(layer.height / (text.style.lineHeight || text.style.size * 1.2))
  return text.resize === 'none' ? breaks : Math.max(1, breaks, spoken)
}

/** Figma rounds the boxes of text up to whole px: the box says which line height it came to. In px. */
function lineHeightOf(layer: Layer, text: TextContent): number {
  const { style } = text
  if (text.resize === 'none') return rounded(style.lineHeight)
  const own = layer.height / linesOf(layer, text)
  const tolerance = style.lineHeightUnit === 'intrinsic' ? 1 : 0.5
  return rounded(Math.abs(own - style.lineHeight) <= tolerance ? own : style.lineHeight)
}

/** Height in px that a text of the given layer gets from its lines. */
export const heightOfLines = (layer: Layer, text: TextContent): number => lineHeightOf(layer, text) * linesOf(layer, text)

function paintStyle(layer: Layer, fills: readonly Paint[], building: Building): Style {
  const visible = fills.filter((paint) => paint.kind !== 'other')
  const [only] = visible
  if (visible.length === 1 && only?.kind === 'solid') {
    return { color: building.tokens.colour(only.colour, { variableId: only.variableId, styleId: styleIdOf(layer, 'fill') }) }
  }
  if (visible.length === 0) return { color: 'transparent' }
  const images = visible.flatMap((paint) => {
    if (paint.kind === 'solid') return [`linear-gradient(${cssColour(paint.colour)}, ${cssColour(paint.colour)})`]
    return paint.kind === 'gradient' ? [gradientCss(paint, layer.width, layer.height).css] : []
  })
  if (images.length === 0) {
    building.report.approximate(layer.id, layer.name, 'TEXT_IMAGE', 'Letters filled with an image are drawn without it.')
    return {}
  }
  return { 'background-image': images.toReversed().join(', '), 'background-clip': 'text', color: 'transparent' }
}

const SMALL_CAPS = new Set(['small-caps', 'all-small-caps'])

/** Figma's flags by CSS: the readable properties first, the rest as feature settings. */
function featureStyle({ features }: TextStyle): Style {
  const rest = Object.entries(features).filter(([tag]) => tag !== 'tnum')
  return {
    ...(features['tnum'] ? { 'font-variant-numeric': 'tabular-nums' } : {}),
    ...(rest.length ? { 'font-feature-settings': rest.map(([tag, value]) => `"${tag}" ${value}`).join(', ') } : {}),
  }
}

function letterStyle(style: TextStyle): Style {
  return {
    ...(style.isItalic ? { 'font-style': 'italic' } : {}),
    ...(SMALL_CAPS.has(style.transform)
      ? { 'font-variant-caps': style.transform }
      : style.transform === 'none'
        ? {}
        : { 'text-transform': style.transform }),
    ...(style.decoration === 'none' ? {} : { 'text-decoration-line': style.decoration }),
    ...featureStyle(style),
  }
}

function strokeOf(layer: Layer, building: Building): Style {
  const stroke = layer.strokes.findLast((paint) => paint.kind === 'solid')
  if (!stroke || layer.strokeWidths.top === 0) return {}
  if (layer.strokeAlign === 'inside')
    building.report.approximate(layer.id, layer.name, 'TEXT_STROKE', 'A stroke inside letters is drawn on their edge.')
  const width = layer.strokeAlign === 'outside' ? layer.strokeWidths.top * 2 : layer.strokeWidths.top
  return {
    '-webkit-text-stroke': `${px(width)} ${cssColour(stroke.colour)}`,
    ...(layer.strokeAlign === 'outside' ? { 'paint-order': 'stroke fill' } : {}),
  }
}

/** Declarations that a run has and its block has not. */
function runStyle(layer: Layer, run: TextRun, base: TextStyle, building: Building): Style {
  const style: Record<string, string> = {}
  const own = run.style
  if (own.family !== base.family) style['font'] = building.tokens.family(own.family)
  if (own.size !== base.size) style['font-size'] = px(own.size)
  if (own.weight !== base.weight) style['font-weight'] = `${own.weight}`
  if (own.letterSpacing !== base.letterSpacing) style['letter-spacing'] = px(own.letterSpacing)
  if (own.lineHeight !== base.lineHeight && own.lineHeightUnit !== 'intrinsic') style['line-height'] = px(own.lineHeight)
  const [letters, baseLetters] = [letterStyle(own), letterStyle(base)]
  for (const property of new Set([...Object.keys(letters), ...Object.keys(baseLetters)])) {
    if (letters[property] !== baseLetters[property])
      style[property] = letters[property] ?? (property === 'text-decoration-line' ? 'none' : 'normal')
  }
  if (own.fills && JSON.stringify(own.fills) !== JSON.stringify(layer.fills)) Object.assign(style, paintStyle(layer, own.fills, building))
  return style
}

function runContent(layer: Layer, run: TextRun, base: TextStyle, building: Building): Content {
  const style = run.style === base ? {} : runStyle(layer, run, base, building)
  const pageId = run.style.linkNodeId
  const href = linkAddress(run.style.link) ?? (building.slugs.has(pageId) ? `page(${pageId})` : undefined)
  if (run.style.link && !href)
    building.report.drop(layer.id, layer.name, 'LINK_REFUSED', 'A link that is neither https, mailto nor tel was left out.')
  if (href) return element('a', { href }, style, [textNode(run.text)])
  if (Object.keys(style).length === 0) return textNode(run.text)
  const tag = run.style.isStrong && !base.isStrong ? 'strong' : run.style.isEmphasised && !base.isEmphasised ? 'em' : 'span'
  return element(tag, {}, style, [textNode(run.text)])
}

/** The runs of a slice of the text. */
function runsBetween(runs: readonly TextRun[], from: number, to: number): readonly TextRun[] {
  const result: TextRun[] = []
  let start = 0
  for (const run of runs) {
    const end = start + run.text.length
    if (end > from && start < to) result.push({ ...run, text: run.text.slice(Math.max(0, from - start), Math.max(0, to - start)) })
    start = end
  }
  return result
}

interface Line {
  readonly runs: readonly TextRun[]
  readonly type: 'none' | 'ordered' | 'unordered'
  readonly indent: number
}

function paragraphsOf(text: TextContent): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  for (const [index, line] of text.characters.split('\n').entries()) {
    lines.push({
      runs: runsBetween(text.runs, start, start + line.length),
      type: text.lineTypes[index] ?? 'none',
      indent: text.lineIndents[index] ?? 0,
    })
    start += line.length + 1
  }
  return lines
}

function paragraph(layer: Layer, line: Line, index: number, text: TextContent, building: Building): Content {
  const content = line.runs.map((run) => runContent(layer, run, text.style, building))
  const isItem = line.type !== 'none'
  const gap = isItem && text.listSpacing ? text.listSpacing : text.paragraphSpacing
  const style: Style = {
    display: isItem ? 'list-item' : 'block',
    ...(index > 0 && gap ? { 'margin-top': px(gap) } : {}),
    ...(!isItem && text.paragraphIndent ? { 'text-indent': px(text.paragraphIndent) } : {}),
    ...(isItem
      ? {
          'list-style-type': line.type === 'ordered' ? 'decimal' : 'disc',
          'margin-left': px(Math.max(1, line.indent) * text.style.size * 1.5),
        }
      : {}),
  }
  return element('span', {}, style, content.length ? content : [element('br', {}, {}, [])])
}

/** What a text layer holds: plain characters, spans, or a block per paragraph. */
export function textContent(layer: Layer, text: TextContent, building: Building): readonly Content[] {
  const isPlain = text.lineTypes.every((type) => type === 'none') && !text.paragraphSpacing && !text.paragraphIndent
  if (!isPlain && text.characters.length < 50_000)
    return paragraphsOf(text).map((line, index) => paragraph(layer, line, index, text, building))
  const last = text.runs.length - 1
  return text.runs.map((run, index) => {
    const trimmed = index === last ? trimmedLines(run.text) : run.text.replace(/[ \t]+(?=\n|\u2028)/g, '').replaceAll('\u2028', '\n')
    return runContent(layer, { ...run, text: trimmed }, text.style, building)
  })
}

/** How lines break. `width` is how the block gets its width. */
function wrapStyle(layer: Layer, text: TextContent, width: Settled, building: Building): Style {
  const characters = trimmedLines(text.characters)
  const isOneLine = !characters.includes('\n')
  const isTruncated = text.isTruncated || text.linesMax !== undefined
  if (isTruncated && width !== 'hug') {
    if ((text.linesMax ?? 1) === 1 && text.isTruncated && linesOf(layer, text) <= 1)
      return { overflow: 'hidden', 'text-overflow': 'ellipsis', 'white-space': 'nowrap' }
    const lines = text.linesMax ?? Math.max(1, Math.floor(layer.height / (text.style.lineHeight || 1)))
    return { overflow: 'hidden', display: '-webkit-box', '-webkit-box-orient': 'vertical', '-webkit-line-clamp': `${lines}` }
  }
  if (width === 'hug') return { 'white-space': isOneLine && !/ {2}/.test(characters) ? 'nowrap' : 'pre' }
  const spaces: Style = / {2}/.test(characters) ? { 'white-space': 'pre-wrap' } : isOneLine ? {} : { 'white-space': 'pre-line' }
  const fits = characters.split('\n').map((line) => building.fonts.widthOf(line, text.style))
  const widest = Math.max(...fits)
  const wasOneLine = layer.height < text.style.lineHeight * 1.6 && isOneLine
  if (wasOneLine && widest > layer.width * 0.95 && widest < layer.width * 1.3) return { 'white-space': 'nowrap' }
  const longest = Math.max(0, ...characters.split(/\s+/).map((word) => (word.length > 8 ? building.fonts.widthOf(word, text.style) : 0)))
  return { ...spaces, ...(longest > layer.width * 0.95 ? { 'overflow-wrap': 'break-word' } : {}) }
}

/** Everything about the letters of a text layer. */
export function textStyle(layer: Layer, text: TextContent, width: Settled, height: Settled, building: Building): Style {
  const { style } = text
  const isBox = height === 'fixed' || height === 'fill'
  const wraps = wrapStyle(layer, text, width, building)
  const aligned: Style = isBox && text.alignY !== 'start' ? { 'align-content': text.alignY === 'center' ? 'center' : 'end' } : {}
  return {
    font: building.tokens.family(style.family),
    'text-style': building.tokens.text(style, `${lineHeightOf(layer, text)}px`, styleIdOf(layer, 'text')),
    ...paintStyle(layer, style.fills ?? layer.fills, building),
    ...letterStyle(style),
    ...strokeOf(layer, building),
    ...(style.align === 'left' ? {} : { 'text-align': style.align }),
    ...aligned,
    ...wraps,
  }
}
