/** Phase 4, hints: what somebody says an element is, as far as it can be that. */
import type { ElementMeaning } from '@slipway/domain'
import type { Building } from '../building.ts'
import { type Content, type ElementNode, element } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'

const levelIn = (meaning: ElementMeaning): number | undefined => (/^h[1-6]$/.test(meaning) ? Number(meaning[1]) : undefined)

/** The heading level of a text. @param level what the compiler takes it for */
export function hintedLevel(layer: Layer, level: number | undefined, isInline: boolean, { hints }: Building): number | undefined {
  const meaning = hints.meaningOf(layer)
  if (meaning === undefined) return isInline ? undefined : level
  if (meaning !== 'text' && isInline) hints.refuse(layer, 'Inside a button nothing is a heading.')
  if (meaning === 'text' || isInline) return undefined
  const wanted = levelIn(meaning)
  if (wanted === undefined) hints.refuse(layer, 'A text is a heading or running text.')
  return wanted ?? level
}

interface Standing {
  /** Inside a button. */
  readonly isInline: boolean
  /** Inside a button or link. */
  readonly isPressed: boolean
  /** A click on it does something already. */
  readonly hasReaction: boolean
}

/** What a box is said to be; undefined when nothing is said, or nothing that it can be. */
export function hintedBox(layer: Layer, standing: Standing, { hints }: Building): ElementMeaning | undefined {
  const meaning = hints.meaningOf(layer)
  if (meaning === undefined) return undefined
  const refusal =
    meaning === 'text' || levelIn(meaning) !== undefined
      ? 'A box is no text.'
      : standing.hasReaction
        ? 'What a click on it does says what it is.'
        : standing.isInline && meaning !== 'box'
          ? 'Inside a button there are no other parts of a page.'
          : standing.isPressed && meaning === 'button'
            ? 'It is inside something that is pressed already.'
            : undefined
  if (refusal === undefined) return meaning
  hints.refuse(layer, refusal)
  return undefined
}

/** Items of a list: each child, when it is a plain box or paragraph; undefined when one is not. */
export function asItems(children: readonly Content[]): readonly ElementNode[] | undefined {
  const items = children.flatMap((child) =>
    child.kind === 'element' && child.layer && (child.tag === 'div' || child.tag === 'p') ? [{ ...child, tag: 'li' }] : [],
  )
  return items.length > 0 && items.length === children.length ? items : undefined
}

const NAMED = new Set(['nav', 'header', 'footer', 'aside', 'section', 'article', 'ul'])

/** The box as what it is said to be: its tag, its items, its name. */
export function withMeaning(plain: ElementNode, meaning: ElementMeaning | undefined, { hints }: Building): ElementNode {
  const { layer } = plain
  if (!layer || meaning === undefined) return plain
  const items = meaning === 'list' ? asItems(plain.children) : undefined
  if (meaning === 'list' && !items) {
    hints.refuse(layer, 'Not everything in it can be an item of a list.')
    return plain
  }
  const tag = items ? 'ul' : NAMED.has(meaning) ? meaning : meaning === 'box' && plain.tag !== 'span' ? 'div' : plain.tag
  const label = NAMED.has(tag) ? hints.labelOf(layer) : undefined
  return element(tag, { ...plain.attributes, ...(label ? { 'aria-label': label } : {}) }, plain.style, items ?? plain.children, layer)
}

/** What is said of a picture that was drawn: its name, or that it only decorates. */
export function hintedPicture(layer: Layer, { hints }: Building): Readonly<Record<string, string>> | undefined {
  const label = hints.labelOf(layer)
  if (label === undefined) return undefined
  return label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }
}
