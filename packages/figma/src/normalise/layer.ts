/** The typed tree that every phase after the first works on. Lengths are px; boxes are in the page's coordinates. */
import type { FigmaNode } from '../bundle.ts'

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Sides {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** Channels from 0 to 1. */
export interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
  readonly a: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Stop {
  readonly position: number
  readonly colour: Colour
  readonly variableId?: string
}

export type GradientKind = 'linear' | 'radial' | 'angular' | 'diamond'

export type Paint =
  | { readonly kind: 'solid'; readonly colour: Colour; readonly blend: string; readonly variableId?: string }
  | {
      readonly kind: 'gradient'
      readonly gradient: GradientKind
      /** Start, end and the end of the second axis, in shares of the box. */
      readonly handles: readonly [Point, Point, Point]
      readonly stops: readonly Stop[]
      readonly opacity: number
      readonly blend: string
    }
  | {
      readonly kind: 'image'
      readonly ref: string
      readonly fit: 'fill' | 'fit' | 'crop' | 'tile'
      /** Rows of the 2×3 matrix from the box to the image, both in shares. */
      readonly transform?: readonly [readonly [number, number, number], readonly [number, number, number]]
      readonly scale: number
      /** Quarter turns in degrees. */
      readonly rotation: number
      readonly filters: Readonly<Record<string, number>>
      readonly opacity: number
      readonly blend: string
    }
  | { readonly kind: 'other'; readonly type: string }

export type Effect =
  | {
      readonly kind: 'drop-shadow' | 'inner-shadow'
      readonly x: number
      readonly y: number
      readonly radius: number
      readonly spread: number
      readonly colour: Colour
      readonly isBehindShown: boolean
    }
  | { readonly kind: 'layer-blur' | 'background-blur'; readonly radius: number; readonly isProgressive: boolean }
  | { readonly kind: 'other'; readonly type: string }

export type Align = 'start' | 'center' | 'end'
export type Sizing = 'fixed' | 'hug' | 'fill'
export type Pin = 'start' | 'end' | 'both' | 'center' | 'scale'

export interface FlexLayout {
  readonly mode: 'row' | 'column'
  readonly padding: Sides
  readonly gap: number
  readonly justify: Align | 'space-between'
  readonly align: Align | 'baseline'
  readonly wraps: boolean
  readonly wrapGap: number
  readonly isWrapSpread: boolean
  readonly hasBorder: boolean
  readonly isReversed: boolean
  /** Made by the infer phase from the boxes, not by the designer. */
  readonly isInferred: boolean
}

export interface GridLayout {
  readonly mode: 'grid'
  readonly padding: Sides
  readonly columns: string
  readonly rows: string
  readonly columnGap: number
  readonly rowGap: number
  readonly hasBorder: boolean
  readonly isReversed: boolean
}

export interface GridCell {
  readonly column: number
  readonly row: number
  readonly columnSpan: number
  readonly rowSpan: number
  readonly alignX: string
  readonly alignY: string
}

export interface TextStyle {
  readonly family: string
  readonly postScriptName: string
  readonly size: number
  readonly weight: number
  readonly isItalic: boolean
  readonly lineHeight: number
  readonly lineHeightUnit: 'px' | 'percent' | 'intrinsic'
  /** px */
  readonly letterSpacing: number
  readonly transform: 'none' | 'uppercase' | 'lowercase' | 'capitalize' | 'small-caps' | 'all-small-caps'
  readonly decoration: 'none' | 'underline' | 'line-through'
  readonly align: 'left' | 'center' | 'right' | 'justify'
  readonly features: Readonly<Record<string, number>>
  readonly link: string
  readonly linkNodeId: string
  readonly fills: readonly Paint[] | undefined
  readonly isStrong: boolean
  readonly isEmphasised: boolean
}

export interface TextRun {
  readonly text: string
  readonly style: TextStyle
}

export interface TextContent {
  readonly characters: string
  readonly style: TextStyle
  /** Runs of one style each; their texts joined are `characters`. */
  readonly runs: readonly TextRun[]
  readonly resize: 'both' | 'height' | 'none'
  readonly alignY: Align
  readonly linesMax: number | undefined
  readonly isTruncated: boolean
  readonly paragraphSpacing: number
  readonly paragraphIndent: number
  readonly listSpacing: number
  readonly lineTypes: readonly ('none' | 'ordered' | 'unordered')[]
  readonly lineIndents: readonly number[]
}

export interface Layer {
  readonly id: string
  readonly name: string
  readonly type: string
  /** Axis-aligned, after rotation, in the coordinates of the nearest rotated ancestor (or the page). */
  readonly box: Rect
  /** All that is painted, shadows and strokes included, where the design says so. */
  readonly ink: Rect | undefined
  /** Before rotation. */
  readonly width: number
  readonly height: number
  /** Linear part `[a, b, c, d]` of the transform about the centre, when it is not the identity. */
  readonly turn: readonly [number, number, number, number] | undefined
  /** The size before rotation cannot be told from the JSON: only a picture of it can be shown. */
  readonly isSizeUnknown: boolean
  readonly layout: FlexLayout | GridLayout | undefined
  readonly sizingX: Sizing
  readonly sizingY: Sizing
  readonly isAbsolute: boolean
  readonly pinX: Pin
  readonly pinY: Pin
  readonly minWidth: number | undefined
  readonly maxWidth: number | undefined
  readonly minHeight: number | undefined
  readonly maxHeight: number | undefined
  readonly cell: GridCell | undefined
  readonly opacity: number
  /** CSS `mix-blend-mode`, or empty. */
  readonly blend: string
  readonly effects: readonly Effect[]
  readonly fills: readonly Paint[]
  readonly strokes: readonly Paint[]
  readonly strokeWidths: Sides
  readonly strokeAlign: 'inside' | 'center' | 'outside'
  readonly dashes: readonly number[]
  readonly radii: readonly [number, number, number, number]
  readonly smoothing: number
  readonly isClipping: boolean
  readonly scroll: 'none' | 'x' | 'y' | 'both'
  readonly sticking: 'none' | 'fixed' | 'sticky'
  readonly mask: 'none' | 'alpha' | 'vector' | 'luminance'
  readonly text: TextContent | undefined
  /** Of an instance: the id of its main component. */
  readonly componentId: string
  /** Part of a shape cut by `arcData`; absent for a full one. */
  readonly arc: { readonly start: number; readonly end: number; readonly hole: number } | undefined
  readonly children: readonly Layer[]
  /** The boolean property of the component that shows or hides it; empty where none does. */
  readonly shownBy: string
  /** Children that such a property hides here: they are no part of the picture, but of the component. */
  readonly absent: readonly AbsentLayer[]
  readonly node: FigmaNode
}

export interface AbsentLayer {
  /** It stands before the child of this index. */
  readonly at: number
  readonly layer: Layer
}
