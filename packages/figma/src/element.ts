/** What layers become before they are printed: elements with CSS declarations, the same for every printer. */
import type { Layer } from './normalise/layer.ts'

/**
 * CSS declarations by property. Beside CSS there are three words of our own, which printers resolve by the tokens:
 * `text-style` and `font` name a token; `image` values hold `asset(KEY)` where an address goes.
 */
export type Style = Readonly<Record<string, string>>

export interface TextNode {
  readonly kind: 'text'
  readonly text: string
}

export interface ElementNode {
  readonly kind: 'element'
  readonly tag: string
  /** HTML or SVG names; a value `true` prints no value. */
  readonly attributes: Readonly<Record<string, string | true>>
  readonly style: Style
  readonly children: readonly Content[]
  /** Of a screen drawn at several widths: the style at each, narrowest first; `style` is then of no account. */
  readonly looks?: readonly Style[]
  /** The layer that this element stands for; wrappers and decoration have none. */
  readonly layer?: Layer
  /** The boolean property that shows or hides it. */
  readonly shownBy?: string
  /** Hidden by that property here: only a component, which has the property, holds it. */
  readonly isAbsent?: true
}

export type Content = ElementNode | TextNode

export const element = (
  tag: string,
  attributes: ElementNode['attributes'],
  style: Style,
  children: readonly Content[],
  layer?: Layer,
): ElementNode => ({ kind: 'element', tag, attributes, style, children, ...(layer ? { layer } : {}) })

export const textNode = (text: string): TextNode => ({ kind: 'text', text })

/** Two decimals, and a whole number where it is within 0.02 of one. */
export function rounded(value: number): number {
  const whole = Math.round(value)
  const result = Math.abs(value - whole) <= 0.02 ? whole : Math.round(value * 100) / 100
  return result === 0 ? 0 : result
}

export const px = (value: number): string => (rounded(value) === 0 ? '0px' : `${rounded(value)}px`)

export const percent = (value: number): string => `${Math.round(value * 10000) / 100}%`

/** What is there to be seen. */
export const isPresent = (content: Content): boolean => content.kind === 'text' || !content.isAbsent

/** A tree without what is hidden in it. */
export const withoutAbsent = (node: ElementNode): ElementNode => ({
  ...node,
  children: node.children.filter(isPresent).map((child) => (child.kind === 'element' ? withoutAbsent(child) : child)),
})
