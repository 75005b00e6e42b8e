/** What the compiler is given: frames in the shape of Figma's REST API, and everything around them that the JSON itself does not hold. */

/** A node as `GET /v1/files/:key/nodes` returns it; every field is read with suspicion, unknown ones are ignored. */
export type FigmaNode = Readonly<Record<string, unknown>>

/** A picture that the page may show. `href` is `https:` or `data:image/…`; sizes in px of the picture itself. */
export interface Picture {
  readonly href: string
  readonly width?: number
  readonly height?: number
}

/** How wide a font's letters are, so that text in a font that cannot be had is fitted to the one that stands in for it. */
export interface FontMetrics {
  readonly unitsPerEm: number
  /** Advance width by character, in units of the em. */
  readonly advances: Readonly<Record<string, number>>
}

/** Variables as `GET /v1/files/:key/variables/local` (`meta`) returns them: collections with modes, values by mode. */
export interface DesignVariables {
  readonly variableCollections: Readonly<Record<string, unknown>>
  readonly variables: Readonly<Record<string, unknown>>
}

export interface DesignBundle {
  /** The frames to compile, one page each. */
  readonly roots: readonly FigmaNode[]
  /** REST maps by node id: `{ name, key, componentSetId, … }`. */
  readonly components?: Readonly<Record<string, unknown>>
  readonly componentSets?: Readonly<Record<string, unknown>>
  /** REST map by style id: `{ name, styleType, … }`. */
  readonly styles?: Readonly<Record<string, unknown>>
  readonly variables?: DesignVariables
  /** Image fills by `imageRef`. */
  readonly images?: Readonly<Record<string, Picture>>
  /** SVG text by node id, as `GET /v1/images?format=svg` returns it. */
  readonly vectors?: Readonly<Record<string, string>>
  /** Rendered pictures by node id, for what has neither geometry nor an SVG. */
  readonly renders?: Readonly<Record<string, Picture>>
  /** Metrics of stand-in fonts, by family and weight: `"Arial 400"`. Without them the compiler's own for Arial are used. */
  readonly fontMetrics?: Readonly<Record<string, FontMetrics>>
}
