/** Reads from a rendered page where the element of each Figma node is and how its text looks. */
/// <reference lib="dom" />
import type { Box } from './expected-boxes.ts'

/** What a browser page must offer, so that any driver will do. */
export interface MeasuredPage {
  evaluate<Result, Argument>(work: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>
}

export interface ShownText {
  readonly fontSizePx: number
  readonly fontWeight: number
  /** Undefined for `normal`. */
  readonly lineHeightPx: number | undefined
  readonly letterSpacingPx: number
  /** Red, green, blue in 0..255. */
  readonly colour: readonly number[]
  readonly text: string
}

export interface ShownElement {
  /** In px, relative to the stage. */
  readonly box: Box
  readonly isAbsolute: boolean
  readonly text?: ShownText
}

export interface ShownPage {
  readonly byId: Readonly<Record<string, ShownElement>>
  readonly elementCount: number
  readonly rootBox: Box | undefined
}

/**
 * @param stageSelector the element that stands for the frame; the page's root is its first child
 * @returns the first element of each `data-node-id`
 */
export async function readPage(page: MeasuredPage, stageSelector: string): Promise<ShownPage> {
  return page.evaluate((selector: string): ShownPage => {
    const stage = document.querySelector(selector)
    if (!stage) return { byId: {}, elementCount: 0, rootBox: undefined }
    const origin = stage.getBoundingClientRect()
    const boxOf = (rect: DOMRect) => ({ x: rect.x - origin.x, y: rect.y - origin.y, width: rect.width, height: rect.height })
    const byId: Record<string, ShownElement> = Object.create(null)
    const elements = stage.querySelectorAll('*')
    for (const element of elements) {
      const id = element.getAttribute('data-node-id')
      if (!id || byId[id]) continue
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      let words = walker.nextNode()
      while (words && !words.nodeValue?.trim()) words = walker.nextNode()
      const shown = { box: boxOf(element.getBoundingClientRect()), isAbsolute: getComputedStyle(element).position === 'absolute' }
      if (!words?.parentElement) {
        byId[id] = shown
        continue
      }
      const style = getComputedStyle(words.parentElement)
      byId[id] = {
        ...shown,
        text: {
          fontSizePx: Number.parseFloat(style.fontSize) || 0,
          fontWeight: Number.parseFloat(style.fontWeight) || 0,
          lineHeightPx: style.lineHeight === 'normal' ? undefined : Number.parseFloat(style.lineHeight) || 0,
          letterSpacingPx: Number.parseFloat(style.letterSpacing) || 0,
          colour: (style.color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number),
          text: element.textContent ?? '',
        },
      }
    }
    const root = [...stage.children].find((child) => child.tagName !== 'STYLE' && child.getBoundingClientRect().width > 0)
    return { byId, elementCount: elements.length, rootBox: root ? boxOf(root.getBoundingClientRect()) : undefined }
  }, stageSelector)
}

/** How many px the page is wider than its window: content that does not adapt. */
export async function readOverflowPx(page: MeasuredPage): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth, undefined)
}
