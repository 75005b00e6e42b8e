/** Compares what Figma says of a frame with what a page shows of it. */
import { type Box, type ExpectedNode, visibleNodes } from './expected-boxes.ts'
import type { ShownElement, ShownPage, ShownText } from './read-page.ts'

/** Counts, so that several frames can be added up before a share is told. */
export interface Score {
  readonly nodes: number
  readonly found: number
  /** Nodes whose left, top, width and height are all within 1, or 2 px. */
  readonly within1: number
  readonly within2: number
  /** The same relative to the nearest parent that has an element. */
  readonly relative2: number
  readonly autoLayoutNodes: number
  readonly autoLayout2: number
  readonly texts: number
  readonly text2: number
  readonly vectors: number
  readonly vector2: number
  /** Elements that stand absolute, and nodes that the design itself places. */
  readonly absolute: number
  readonly placedByDesign: number
  /** Texts whose style was compared, and how many match in size, weight, line height, letter spacing, colour, and in all five. */
  readonly styled: number
  readonly fontSize: number
  readonly fontWeight: number
  readonly lineHeight: number
  readonly letterSpacing: number
  readonly colour: number
  readonly textStyle: number
  readonly sameText: number
}

/** A node that is missing or more than 2 px off. */
export interface Miss {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly expected: Box
  readonly shown: Box | undefined
}

const NOTHING: Score = {
  nodes: 0,
  found: 0,
  within1: 0,
  within2: 0,
  relative2: 0,
  autoLayoutNodes: 0,
  autoLayout2: 0,
  texts: 0,
  text2: 0,
  vectors: 0,
  vector2: 0,
  absolute: 0,
  placedByDesign: 0,
  styled: 0,
  fontSize: 0,
  fontWeight: 0,
  lineHeight: 0,
  letterSpacing: 0,
  colour: 0,
  textStyle: 0,
  sameText: 0,
}

/** @returns the counts of all of them together */
export function addScores(scores: readonly Score[]): Score {
  const keys = Object.keys(NOTHING) as (keyof Score)[]
  return Object.fromEntries(keys.map((key) => [key, scores.reduce((sum, score) => sum + score[key], 0)])) as unknown as Score
}

const distance = (a: Box, b: Box) =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.width - b.width), Math.abs(a.height - b.height))
const relativeTo = (box: Box, origin: Pick<Box, 'x' | 'y'>): Box => ({ ...box, x: box.x - origin.x, y: box.y - origin.y })

/** A vector-only subtree without an element of its own is where its shown descendants are. */
function unionBelow(expected: ExpectedNode, byId: ShownPage['byId']): Box | undefined {
  const boxes = [...visibleNodes(expected.node)].flatMap((node) => byId[String(node.id)]?.box ?? [])
  if (!boxes.length) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  }
}

interface TextStyle {
  readonly fontSize?: number
  readonly fontWeight?: number
  readonly lineHeightPx?: number
  readonly lineHeightUnit?: string
  readonly letterSpacing?: number
  readonly fills?: readonly { type?: string; visible?: boolean; color?: { r: number; g: number; b: number } }[]
}

/** The style of a text's first character: its own, with the first run's differences. */
function styleOf(expected: ExpectedNode): TextStyle {
  const style = (expected.node.style ?? {}) as TextStyle
  const overrides = expected.node.characterStyleOverrides
  const first = Array.isArray(overrides) ? overrides[0] : undefined
  const table = (expected.node.styleOverrideTable ?? {}) as Record<string, TextStyle>
  return first ? { ...style, ...table[String(first)] } : style
}

const isNear = (shown: number, wanted: number | undefined, tolerance: number) =>
  wanted === undefined || Math.abs(shown - wanted) <= tolerance

function textMatches(expected: ExpectedNode, shown: ShownText) {
  const style = styleOf(expected)
  const isIntrinsic = style.lineHeightUnit === 'INTRINSIC_%'
  const fills = (
    style.fills ?? (Array.isArray(expected.node.fills) ? (expected.node.fills as NonNullable<TextStyle['fills']>) : [])
  ).filter((fill) => fill.visible !== false)
  const colour = fills.length === 1 && fills[0]?.type === 'SOLID' ? fills[0].color : undefined
  const fontSize = isNear(shown.fontSizePx, style.fontSize, 0.51)
  const fontWeight = isNear(shown.fontWeight, style.fontWeight, 49.9)
  const lineHeight =
    shown.lineHeightPx === undefined
      ? isIntrinsic || style.lineHeightPx === undefined
      : isNear(shown.lineHeightPx, style.lineHeightPx, isIntrinsic ? 1.01 : 0.51)
  const letterSpacing = isNear(shown.letterSpacingPx, style.letterSpacing ?? 0, 0.06)
  const isColour = !colour || [colour.r, colour.g, colour.b].every((part, index) => Math.abs((shown.colour[index] ?? -9) - part * 255) <= 2)
  return {
    fontSize,
    fontWeight,
    lineHeight,
    letterSpacing,
    colour: isColour,
    textStyle: fontSize && fontWeight && lineHeight && letterSpacing && isColour,
  }
}

const letters = (text: unknown) =>
  String(text ?? '')
    .replace(/[\s\u2028\u2029]+/g, '')
    .toLowerCase()

/** Where the nearest ancestor with an element is, in the design and on the page. */
function parentOrigins(expected: ExpectedNode, designBoxes: ReadonlyMap<string, Box>, page: ShownPage) {
  for (const id of expected.ancestors) {
    const shown = page.byId[id]
    const design = designBoxes.get(id)
    if (shown && design) return { shown: shown.box, design }
  }
  return { shown: page.rootBox ?? { x: 0, y: 0 }, design: { x: 0, y: 0 } }
}

function scoreOne(
  expected: ExpectedNode,
  element: ShownElement | undefined,
  box: Box | undefined,
  origins: ReturnType<typeof parentOrigins>,
): Score {
  const isText = expected.type === 'TEXT'
  const off = box ? distance(box, expected.box) : Number.POSITIVE_INFINITY
  const relativeOff = box ? distance(relativeTo(box, origins.shown), relativeTo(expected.box, origins.design)) : Number.POSITIVE_INFINITY
  const matches = isText && element?.text ? textMatches(expected, element.text) : undefined
  const count = (holds: boolean | undefined) => (holds ? 1 : 0)
  return {
    nodes: 1,
    found: count(box !== undefined),
    within1: count(off <= 1),
    within2: count(off <= 2),
    relative2: count(relativeOff <= 2),
    autoLayoutNodes: count(expected.isInAutoLayout),
    autoLayout2: count(expected.isInAutoLayout && off <= 2),
    texts: count(isText),
    text2: count(isText && off <= 2),
    vectors: count(expected.isVector),
    vector2: count(expected.isVector && off <= 2),
    absolute: count(element?.isAbsolute),
    placedByDesign: count(expected.isPlacedByDesign),
    styled: count(matches !== undefined),
    fontSize: count(matches?.fontSize),
    fontWeight: count(matches?.fontWeight),
    lineHeight: count(matches?.lineHeight),
    letterSpacing: count(matches?.letterSpacing),
    colour: count(matches?.colour),
    textStyle: count(matches?.textStyle),
    sameText: count(matches && letters(element?.text?.text) === letters(expected.node.characters)),
  }
}

/** @returns the counts, and every node that is missing or off, in document order */
export function scorePage(expected: readonly ExpectedNode[], page: ShownPage): { score: Score; misses: Miss[] } {
  const designBoxes = new Map(expected.map((node) => [node.id, node.box]))
  const misses: Miss[] = []
  const scores = expected.map((node) => {
    const element = page.byId[node.id]
    const box = element?.box ?? (node.isVector ? unionBelow(node, page.byId) : undefined)
    if (!box || distance(box, node.box) > 2) misses.push({ id: node.id, type: node.type, name: node.name, expected: node.box, shown: box })
    return scoreOne(node, element, box, parentOrigins(node, designBoxes, page))
  })
  return { score: addScores(scores), misses }
}
