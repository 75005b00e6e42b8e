/** Phase 1, text: characters, one base style, and runs where characters differ from it. */
import type { TextContent, TextRun, TextStyle } from './layer.ts'
import { readPaints } from './read-paint.ts'
import { type Json, jsonOf, listOf, numberOf, oneOf, optionalNumber, textOf, wordIn } from './values.ts'

const TRANSFORMS = {
  UPPER: 'uppercase',
  LOWER: 'lowercase',
  TITLE: 'capitalize',
  SMALL_CAPS: 'small-caps',
  SMALL_CAPS_FORCED: 'all-small-caps',
} as const
const DECORATIONS = { UNDERLINE: 'underline', STRIKETHROUGH: 'line-through' } as const
const ALIGNS = { LEFT: 'left', CENTER: 'center', RIGHT: 'right', JUSTIFIED: 'justify' } as const
const UNITS = { PIXELS: 'px', 'FONT_SIZE_%': 'percent', 'INTRINSIC_%': 'intrinsic' } as const

const named = <T extends string>(table: Readonly<Record<string, T>>, value: unknown, fallback: T): T => wordIn(table, value) ?? fallback

function readStyle(json: Json): TextStyle {
  const size = Math.max(1, numberOf(json['fontSize'], 12))
  const link = jsonOf(json['hyperlink'])
  const unit = named(UNITS, json['lineHeightUnit'], 'intrinsic')
  const percent = optionalNumber(json['lineHeightPercentFontSize'])
  const lineHeight = unit === 'percent' && percent ? (percent / 100) * size : numberOf(json['lineHeightPx'], size * 1.2)
  return {
    family: textOf(json['fontFamily'], 'Inter').slice(0, 100),
    postScriptName: textOf(json['fontPostScriptName']),
    size,
    weight: Math.round(Math.max(1, Math.min(1000, numberOf(json['fontWeight'], 400)))),
    isItalic: json['italic'] === true || /italic|oblique/i.test(textOf(json['fontStyle']) || textOf(json['fontPostScriptName'])),
    lineHeight: Math.max(0, lineHeight),
    lineHeightUnit: unit,
    letterSpacing: numberOf(json['letterSpacing']),
    transform: named(TRANSFORMS as Readonly<Record<string, TextStyle['transform']>>, json['textCase'], 'none'),
    decoration: named(DECORATIONS as Readonly<Record<string, TextStyle['decoration']>>, json['textDecoration'], 'none'),
    align: named(ALIGNS as Readonly<Record<string, TextStyle['align']>>, json['textAlignHorizontal'], 'left'),
    features: Object.fromEntries(
      Object.entries(jsonOf(json['opentypeFlags'])).flatMap(([tag, value]) =>
        /^[A-Za-z0-9]{4}$/.test(tag) ? [[tag.toLowerCase(), numberOf(value)] as const] : [],
      ),
    ),
    link: link['type'] === 'URL' ? textOf(link['url']) : '',
    linkNodeId: link['type'] === 'NODE' ? textOf(link['nodeID']) : '',
    fills: Array.isArray(json['fills']) ? readPaints(json['fills']) : undefined,
    isStrong: json['semanticWeight'] === 'BOLD',
    isEmphasised: json['semanticItalic'] === 'ITALIC',
  }
}

/** The override array may be shorter than the text (the rest is the base style); its indices are UTF-16 units. */
function readRuns(characters: string, node: Json, base: TextStyle): readonly TextRun[] {
  const ids = listOf(node['characterStyleOverrides'])
  const table = jsonOf(node['styleOverrideTable'])
  const baseJson = jsonOf(node['style'])
  const styles = new Map<unknown, TextStyle>()
  const styleOf = (id: unknown): TextStyle => {
    const known = styles.get(id)
    if (known) return known
    const override = jsonOf(table[String(id)])
    const style = Object.keys(override).length ? readStyle({ ...baseJson, ...override }) : base
    styles.set(id, style)
    return style
  }
  const runs: TextRun[] = []
  let start = 0
  while (start < characters.length) {
    const style = styleOf(ids[start] ?? 0)
    let end = start + 1
    while (end < characters.length && styleOf(ids[end] ?? 0) === style) end++
    runs.push({ text: characters.slice(start, end), style })
    start = end
  }
  return runs
}

const RESIZES = { WIDTH_AND_HEIGHT: 'both', HEIGHT: 'height', NONE: 'none', TRUNCATE: 'none' } as const
const LINE_TYPES = { NONE: 'none', ORDERED: 'ordered', UNORDERED: 'unordered' } as const
const CHARACTERS_MAX = 100_000

export function readText(node: Json): TextContent {
  const json = jsonOf(node['style'])
  const characters = textOf(node['characters'])
    .slice(0, CHARACTERS_MAX)
    .replaceAll('\r\n', '\n')
    .replace(/[\r\u2029]/g, '\n')
  const style = readStyle(json)
  const linesMax = optionalNumber(json['maxLines'])
  return {
    characters,
    style,
    runs: readRuns(characters, node, style),
    resize: named(RESIZES as Readonly<Record<string, TextContent['resize']>>, json['textAutoResize'], 'none'),
    alignY: ({ TOP: 'start', CENTER: 'center', BOTTOM: 'end' } as const)[
      oneOf(json['textAlignVertical'], ['TOP', 'CENTER', 'BOTTOM'], 'TOP')
    ],
    linesMax: linesMax && linesMax >= 1 ? Math.round(linesMax) : undefined,
    isTruncated: json['textTruncation'] === 'ENDING' || json['textAutoResize'] === 'TRUNCATE',
    paragraphSpacing: numberOf(json['paragraphSpacing']),
    paragraphIndent: numberOf(json['paragraphIndent']),
    listSpacing: numberOf(json['listSpacing']),
    lineTypes: listOf(node['lineTypes']).map((type) =>
      named(LINE_TYPES as Readonly<Record<string, 'none' | 'ordered' | 'unordered'>>, type, 'none'),
    ),
    lineIndents: listOf(node['lineIndentations']).map((indent) => numberOf(indent)),
  }
}
