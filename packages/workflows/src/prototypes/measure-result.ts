/** Shows a compiled design in a browser and measures it: boxes and texts against the design, pixels against a picture, rules of axe. */
/// <reference lib="dom" />
import type { PrototypeMeasures } from '@slipway/domain'
import { addScores, type CompileResult, type DesignBundle, type DrivenPage, measurePage, type Score } from '@slipway/figma'
import axe from 'axe-core'
import { livePage } from './live-page.ts'

/** A page of a browser that reaches nothing. */
export interface MeasuringPage extends DrivenPage {
  screenshot(): Promise<Uint8Array>
}

/** Opens such a page for the time of `work`. @throws SANDBOX_UNAVAILABLE, SANDBOX_LOST */
export type MeasuringBrowser = <T>(work: (page: MeasuringPage) => Promise<T>, signal: AbortSignal) => Promise<T>

export interface Measured {
  readonly measures: Omit<PrototypeMeasures, 'pixels'>
  /** Of the first page, PNG, in the size of its frame. */
  readonly picture: Uint8Array
}

const HEIGHT_MAX_PX = 4_000

/** @param inline pictures of the page as part of it */
export async function measureResult(
  page: MeasuringPage,
  bundle: DesignBundle,
  result: CompileResult,
  inline: (text: string) => Promise<string>,
): Promise<Measured> {
  const css = await inline(result.html.files['styles.css'] ?? '')
  const scores: Score[] = []
  const broken = new Map<string, number>()
  let overflowPx = 0
  let picture: Uint8Array | undefined
  for (const printed of result.pages) {
    const root = bundle.roots.find(({ id }) => id === printed.nodeId)
    const html = await inline(result.html.files[printed.html] ?? '')
    const found = root && (await measurePage(page, root, { html, css, flattened: result.flattened }))
    if (!found) continue
    scores.push(found.score)
    overflowPx = Math.max(overflowPx, found.overflowPx)
    await page.setViewportSize(sizeOf(root.absoluteBoundingBox as { width: number; height: number }))
    await page.setContent(livePage(html, css))
    await page.evaluate(() => document.fonts.ready.then(() => undefined), undefined)
    picture ??= await page.screenshot()
    for (const { rule, places } of await brokenRules(page)) broken.set(rule, (broken.get(rule) ?? 0) + places)
  }
  const { nodes, found, within2, relative2, styled, textStyle } = addScores(scores)
  const rules = [...broken].map(([rule, places]) => ({ rule, places }))
  return {
    measures: { nodes, found, within2, relative2, texts: styled, textStyle, overflowPx, broken: rules },
    picture: picture ?? new Uint8Array(),
  }
}

const sizeOf = ({ width, height }: { width: number; height: number }) => ({
  width: Math.max(1, Math.ceil(width)),
  height: Math.max(1, Math.min(Math.ceil(height), HEIGHT_MAX_PX)),
})

/** Contrast is the design's own choice. */
async function brokenRules(page: MeasuringPage): Promise<{ rule: string; places: number }[]> {
  await page.evaluate((source: string) => {
    const script = document.createElement('script')
    script.textContent = source
    document.head.append(script)
    script.remove()
  }, axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: { id: string; nodes: unknown[] }[] }> }
    }
    const { violations } = await axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } })
    return violations.map(({ id, nodes }) => ({ rule: id.slice(0, 100), places: nodes.length }))
  }, undefined)
}

/**
 * The share of pixels in which two pictures clearly differ, 0 to 1; the second is scaled to the size of the first.
 * Undefined when their shapes are not the same, or one of them is none that a browser shows.
 */
export async function differingPixels(page: MeasuringPage, shown: Uint8Array, wanted: Uint8Array): Promise<number | undefined> {
  await page.setContent('<!doctype html><title>pixels</title>')
  return page.evaluate(
    async (pictures: readonly string[]) => {
      const bitmaps = await Promise.all(
        pictures.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          return createImageBitmap(new Blob([bytes])).catch(() => undefined)
        }),
      )
      const [first, second] = bitmaps
      if (!first || !second) return undefined
      const height = Math.round((second.height * first.width) / second.width)
      if (height < first.height - 2) return undefined
      const dataOf = (bitmap: ImageBitmap, tall: number) => {
        const context = new OffscreenCanvas(first.width, first.height).getContext('2d')
        if (!context) return undefined
        context.fillStyle = '#fff'
        context.fillRect(0, 0, first.width, first.height)
        context.imageSmoothingQuality = 'high'
        context.drawImage(bitmap, 0, 0, first.width, tall)
        return context.getImageData(0, 0, first.width, first.height).data
      }
      const [a, b] = [dataOf(first, first.height), dataOf(second, height)]
      if (!a || !b) return undefined
      let differing = 0
      for (let at = 0; at < a.length; at += 4) {
        const [r, g, blue] = [0, 1, 2].map((channel) => (a[at + channel] ?? 0) - (b[at + channel] ?? 0)) as [number, number, number]
        const y = r * 0.29889531 + g * 0.58662247 + blue * 0.11448223
        const i = r * 0.59597799 - g * 0.2741761 - blue * 0.32180189
        const q = r * 0.21147017 - g * 0.52261711 + blue * 0.31114694
        // A tenth of the largest distance of two colours in YIQ.
        if (0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q > 352.15) differing++
      }
      return differing / (a.length / 4)
    },
    [shown, wanted].map((bytes) => Buffer.from(bytes).toString('base64')),
  )
}
