/** Phase 1, rotation: the size of a layer before it was turned, and where its box lies inside a turned parent. */
import type { Rect } from './layer.ts'
import { type Json, jsonOf, listOf, numberOf, optionalNumber } from './values.ts'

export type Matrix = readonly [number, number, number, number]

/** The space a layer's children live in: its own turn relative to the page, and the point both spaces share. */
export interface Space {
  readonly matrix: Matrix
  readonly pageCentre: readonly [number, number]
  readonly localCentre: readonly [number, number]
}

export const PAGE: Space = { matrix: [1, 0, 0, 1], pageCentre: [0, 0], localCentre: [0, 0] }

const isIdentity = ([a, b, c, d]: Matrix) => Math.abs(a - 1) < 1e-3 && Math.abs(b) < 1e-3 && Math.abs(c) < 1e-3 && Math.abs(d - 1) < 1e-3

const product = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h]

/** A turn of a hair's breadth is rounding noise of the editor, not a wish. */
function ownMatrix(node: Json): Matrix {
  const rows = listOf(node['relativeTransform']).map((row) => listOf(row).map((cell) => optionalNumber(cell)))
  const [first, second] = rows
  const cells = [first?.[0], second?.[0], first?.[1], second?.[1]]
  if (cells.every((cell) => cell !== undefined)) return cells as unknown as Matrix
  const angle = -numberOf(node['rotation'])
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)]
}

export interface Turned {
  readonly box: Rect
  readonly width: number
  readonly height: number
  readonly turn: Matrix | undefined
  readonly isSizeUnknown: boolean
  readonly space: Space
}

export function readRect(value: unknown): Rect | undefined {
  const json = jsonOf(value)
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => optionalNumber(json[key]))
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined
  return { x, y, width: Math.max(0, width), height: Math.max(0, height) }
}

/** Width and height whose box, turned by the matrix, is the given one; undefined near 45 degrees, where the equations are singular. */
function solveSize(rect: Rect, [a, b, c, d]: Matrix): readonly [number, number] | undefined {
  const [ax, bx, ay, by] = [Math.abs(a), Math.abs(c), Math.abs(b), Math.abs(d)]
  const determinant = ax * by - bx * ay
  if (Math.abs(determinant) < 0.08) return undefined
  const width = (rect.width * by - rect.height * bx) / determinant
  const height = (rect.height * ax - rect.width * ay) / determinant
  return width < -0.5 || height < -0.5 ? undefined : [Math.max(0, width), Math.max(0, height)]
}

export function readTurn(node: Json, rect: Rect, parent: Space): Turned {
  const own = ownMatrix(node)
  const total = product(parent.matrix, own)
  const isTurned = !isIdentity(own)
  const isPlain = isIdentity(parent.matrix)
  if (!isTurned && isPlain) {
    return { box: rect, width: rect.width, height: rect.height, turn: undefined, isSizeUnknown: false, space: PAGE }
  }
  const size = jsonOf(node['size'])
  const said = [optionalNumber(size['x']), optionalNumber(size['y'])]
  const solved = said[0] !== undefined && said[1] !== undefined ? (said as [number, number]) : solveSize(rect, total)
  const [width, height] = solved ?? [rect.width, rect.height]
  const pageX = rect.x + rect.width / 2
  const pageY = rect.y + rect.height / 2
  // The inverse of a turn or flip is its transpose; skews do not occur in Figma.
  const [a, b, c, d] = parent.matrix
  const dx = pageX - parent.pageCentre[0]
  const dy = pageY - parent.pageCentre[1]
  const x = parent.localCentre[0] + a * dx + b * dy
  const y = parent.localCentre[1] + c * dx + d * dy
  const boxWidth = width * Math.abs(own[0]) + height * Math.abs(own[2])
  const boxHeight = width * Math.abs(own[1]) + height * Math.abs(own[3])
  const box = { x: x - boxWidth / 2, y: y - boxHeight / 2, width: boxWidth, height: boxHeight }
  return {
    box,
    width,
    height,
    turn: isTurned ? own : undefined,
    isSizeUnknown: solved === undefined,
    space: { matrix: total, pageCentre: [pageX, pageY], localCentre: [x, y] },
  }
}
