/** Words and their style in the shape of the REST API. */
import type { KiwiFields } from './decode.ts'
import { paintsOf } from './paints.ts'
import { fieldsOf, guidOf, listOf, numberOf, numbersOf, present, textOf, word } from './values.ts'

/** Weights by what families call them, longest names first. */
const WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/thin|hairline/, 100],
  [/(extra|ultra)[ -]?light/, 200],
  [/(semi|demi)[ -]?bold|demi/, 600],
  [/(extra|ultra)[ -]?bold/, 800],
  [/black|heavy/, 900],
  [/light/, 300],
  [/medium/, 500],
  [/bold/, 700],
]

const CASES = word({ UPPER: 'UPPER', LOWER: 'LOWER', TITLE: 'TITLE', SMALL_CAPS: 'SMALL_CAPS', SMALL_CAPS_FORCED: 'SMALL_CAPS_FORCED' })
const DECORATIONS = word({ UNDERLINE: 'UNDERLINE', STRIKETHROUGH: 'STRIKETHROUGH' })
const LINES = word({ PLAIN: 'NONE', ORDERED_LIST: 'ORDERED', UNORDERED_LIST: 'UNORDERED' })
const FIGURE_FEATURES: Readonly<Record<string, string>> = { TABULAR: 'TNUM', PROPORTIONAL: 'PNUM', LINING: 'LNUM', OLDSTYLE: 'ONUM' }

const weightOf = (style: string): number => WEIGHTS.find(([name]) => name.test(style.toLowerCase()))?.[1] ?? 400

function fontOf(fields: KiwiFields): Record<string, unknown> {
  const font = fieldsOf(fields.fontName)
  const style = textOf(font.style)
  if (style === undefined) return {}
  const isItalic = /italic|oblique/i.test(style)
  return {
    fontFamily: textOf(font.family),
    fontPostScriptName: textOf(font.postscript) || undefined,
    fontStyle: style,
    fontWeight: weightOf(style),
    italic: isItalic || undefined,
  }
}

/** The height of a line as Figma last laid it out. */
const derivedLineOf = (fields: KiwiFields): number | undefined =>
  numberOf(listOf(fieldsOf(fields.derivedTextData ?? fields.textData).baselines)[0]?.lineHeight)

/** Relative heights come as a share of the font's size, and 100 % as Figma's word for "what the font says". */
function lineHeightOf(fields: KiwiFields, fontSize: number): Record<string, unknown> {
  const height = fieldsOf(fields.lineHeight)
  const value = numberOf(height.value)
  if (value === undefined) return {}
  if (height.units === 'PIXELS') return { lineHeightPx: value, lineHeightUnit: 'PIXELS' }
  if (height.units === 'RAW')
    return { lineHeightPx: value * fontSize, lineHeightPercentFontSize: value * 100, lineHeightUnit: 'FONT_SIZE_%' }
  const line = derivedLineOf(fields)
  return { lineHeightPx: line ?? (fontSize * 1.2 * value) / 100, lineHeightPercent: value, lineHeightUnit: 'INTRINSIC_%' }
}

function letterSpacingOf(fields: KiwiFields, fontSize: number): number | undefined {
  const spacing = fieldsOf(fields.letterSpacing)
  const value = numberOf(spacing.value)
  if (value === undefined) return undefined
  return spacing.units === 'PERCENT' ? (value / 100) * fontSize : spacing.units === 'RAW' ? value * fontSize : value
}

function linkOf(value: unknown): Record<string, unknown> | undefined {
  const link = fieldsOf(value)
  const url = textOf(link.url)
  const node = guidOf(link.guid)
  return url ? { type: 'URL', url } : node ? { type: 'NODE', nodeID: node } : undefined
}

function featuresOf(fields: KiwiFields): Record<string, number> | undefined {
  const names = (value: unknown) => (Array.isArray(value) ? (value as unknown[]).filter((name) => typeof name === 'string') : [])
  const numeric = [fields.fontVariantNumericSpacing, fields.fontVariantNumericFigure].flatMap(
    (value) => FIGURE_FEATURES[String(value)] ?? [],
  )
  const entries = [
    ...names(fields.toggledOffOTFeatures).map((name) => [name, 0]),
    ...[...names(fields.toggledOnOTFeatures), ...numeric].map((name) => [name, 1]),
  ]
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** Fields of a `TypeStyle`; of a run only what differs is there, so nothing is defaulted. */
function typeStyleOf(fields: KiwiFields, fontSizeAround: number): Record<string, unknown> {
  const fontSize = numberOf(fields.fontSize) ?? fontSizeAround
  return present({
    ...fontOf(fields),
    fontSize: numberOf(fields.fontSize),
    ...lineHeightOf(fields, fontSize),
    letterSpacing: letterSpacingOf(fields, fontSize),
    textCase: CASES(fields.textCase),
    textDecoration: DECORATIONS(fields.textDecoration),
    hyperlink: linkOf(fields.hyperlink),
    opentypeFlags: featuresOf(fields),
    semanticWeight: textOf(fields.semanticWeight),
    semanticItalic: textOf(fields.semanticItalic),
  })
}

/** The fields that a TEXT node has in the REST API. */
export function textFieldsOf(fields: KiwiFields): Record<string, unknown> {
  const data = fieldsOf(fields.textData)
  const fontSize = numberOf(fields.fontSize) ?? 12
  const runs = numbersOf(data.characterStyleIDs)
  const table = listOf(data.styleOverrideTable).map((run) => [
    String(numberOf(run.styleID) ?? 0),
    present({ ...typeStyleOf(run, fontSize), fills: paintsOf(run.fillPaints) }),
  ])
  const lines = listOf(data.lines)
  const style = {
    ...typeStyleOf(
      { fontSize, lineHeight: { value: 100, units: 'PERCENT' }, fontName: { family: 'Inter', style: 'Regular' }, ...fields },
      fontSize,
    ),
    letterSpacing: letterSpacingOf(fields, fontSize) ?? 0,
    textAlignHorizontal: textOf(fields.textAlignHorizontal) ?? 'LEFT',
    textAlignVertical: textOf(fields.textAlignVertical) ?? 'TOP',
    textAutoResize: textOf(fields.textAutoResize) ?? 'NONE',
    paragraphSpacing: numberOf(fields.paragraphSpacing) || undefined,
    paragraphIndent: numberOf(fields.paragraphIndent) || undefined,
    listSpacing: numberOf(fields.listSpacing) || undefined,
    textTruncation: fields.textTruncation === 'ENDING' ? 'ENDING' : undefined,
    maxLines: numberOf(fields.maxLines) || undefined,
    leadingTrim: textOf(fields.leadingTrim),
  }
  return present({
    characters: textOf(data.characters) ?? '',
    style: present(style),
    characterStyleOverrides: runs,
    styleOverrideTable: Object.fromEntries(table),
    lineTypes: lines.length ? lines.map((line) => LINES(line.lineType) ?? 'NONE') : undefined,
    lineIndentations: lines.length ? lines.map((line) => numberOf(line.indentationLevel) ?? 0) : undefined,
  })
}
