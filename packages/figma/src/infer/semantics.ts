/** Phase 4, meaning: which HTML element a layer is, by its name, its component and its shape. */
import type { Layer } from '../normalise/layer.ts'
import { jsonOf, objectsOf, textOf, wordIn } from '../normalise/values.ts'
import { wordsOf } from '../resolve/names.ts'

export interface Meaning {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

const BUTTONS = new Set(['button', 'btn', 'cta', 'fab'])
const LANDMARKS: Readonly<Record<string, string>> = {
  header: 'header',
  footer: 'footer',
  navbar: 'nav',
  navigation: 'nav',
  sidebar: 'aside',
}
const GENERIC =
  /^(frame|group|rectangle|ellipse|vector|image|img|picture|photo|layer|mask|union|subtract|line|component|instance|bg|background|fill|shape)?[\s\d._-]*(copy)?[\s\d]*$/i

/** A sentence for people who cannot see the picture; empty when the layer's name says nothing. */
export function altText(layer: Layer): string {
  const name = layer.name.trim()
  return GENERIC.test(name) || !/\p{L}{3}/u.test(name) ? '' : name.replace(/[\p{Cc}]/gu, ' ').slice(0, 120)
}

export interface HeadingScale {
  /** Heading level of a text of this size, or nothing for running text. */
  levelOf(layer: Layer): number | undefined
}

const HEADING_LENGTH_MAX = 80

/** Ranks the text sizes of a page: what is clearly larger than running text is a heading, the largest the first. */
export function rankHeadings(root: Layer): HeadingScale {
  const amounts = new Map<number, number>()
  const waiting: Layer[] = [root]
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    if (layer.text) {
      const size = Math.round(layer.text.style.size)
      amounts.set(size, (amounts.get(size) ?? 0) + layer.text.characters.length)
    }
    for (const child of layer.children) waiting.push(child)
  }
  const [common] = [...amounts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
  const body = common?.[0] ?? 16
  const sizes = [...amounts.keys()].filter((size) => size >= Math.max(18, body * 1.2)).toSorted((a, b) => b - a)
  return {
    levelOf(layer) {
      const text = layer.text
      if (!text || text.characters.length > HEADING_LENGTH_MAX || !/\p{L}{2}/u.test(text.characters)) return undefined
      const rank = sizes.indexOf(Math.round(text.style.size))
      return rank < 0 ? undefined : Math.min(6, rank + 1)
    },
  }
}

const hasClick = (layer: Layer): boolean =>
  objectsOf(layer.node['interactions']).some((interaction) => textOf(jsonOf(interaction['trigger'])['type']) === 'ON_CLICK') ||
  textOf(layer.node['transitionNodeID']) !== ''

/** Buttons are small things with a label: whole screens that a designer made clickable are none. */
export const isButtonShaped = (layer: Layer): boolean => layer.height >= 16 && layer.height <= 96 && layer.width <= 640

export const hasText = (layer: Layer): boolean => layer.text !== undefined || layer.children.some(hasText)

export function isButton(layer: Layer): boolean {
  if (layer.text || !['INSTANCE', 'COMPONENT', 'FRAME', 'GROUP'].includes(layer.type) || !isButtonShaped(layer)) return false
  const words = wordsOf(layer.name)
  const last = words.at(-1) ?? ''
  const isNamed = BUTTONS.has(last) || BUTTONS.has(words[0] ?? '')
  return (isNamed || (hasClick(layer) && layer.type === 'INSTANCE')) && (hasText(layer) || layer.children.length > 0)
}

/** The landmark or plain box that a frame is. */
export function boxTag(layer: Layer, isTopLevel: boolean): string {
  if (!isTopLevel) return 'div'
  const words = wordsOf(layer.name)
  for (const word of words) {
    const landmark = wordIn(LANDMARKS, word)
    if (landmark) return landmark
  }
  return words.includes('nav') || (words.includes('tab') && words.includes('bar')) ? 'nav' : 'div'
}
