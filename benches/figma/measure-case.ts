/** Shows one built page in the browser and takes every measure of it. */
import { AxeBuilder } from '@axe-core/playwright'
import type { CompileResult } from '@slipway/figma'
import type { Browser, Page } from 'playwright-core'
import { expectedNodes } from '../../packages/figma/src/measure/expected-boxes.ts'
import { readOverflowPx, readPage, type ShownElement, type ShownPage } from '../../packages/figma/src/measure/read-page.ts'
import { type Miss, type Score, scorePage } from '../../packages/figma/src/measure/score.ts'
import type { BenchCase } from './cases.ts'
import { pastedComponents } from './pasted.ts'
import { comparePictures, decodePng, reduce, referenceAt1x } from './pictures.ts'
import { compareResize, type ResizeAgreement } from './resize-oracle.ts'

const HEIGHT_MAX_PX = 4_000
/** Beyond this a screenshot alone takes longer than all the rest. */
const SCREENSHOT_PIXELS_MAX = 60e6

export interface CaseMeasures {
  readonly id: string
  readonly suite: string
  readonly score: Score
  readonly misses: readonly Miss[]
  readonly visibleCount: number
  readonly elementCount: number
  readonly codeBytes: number
  readonly arbitraryCount: number
  readonly overflowPx: number
  readonly pixel?: number
  readonly ssim?: number
  /** Nodes that stand beyond the window's edge at 80 % of the width, though they were inside at 100 %: cut or scrolled away. */
  readonly beyondEdge: number
  /** Agreement with the resize oracle at 0.8 and 1.25 of the width. */
  readonly narrow: ResizeAgreement
  readonly wide: ResizeAgreement
  /** Components that stand in the code more than twice as pasted markup, and those that the design uses more than twice. */
  readonly components: { readonly pasted: number; readonly repeated: number }
  /** Rules of axe that the page breaks; contrast is the design's own choice and left out. */
  readonly axe: readonly string[]
  readonly failure?: string
}

const withoutPictures = (code: string) => code.replace(/data:image[^"')]+/g, '')

/** Tailwind's arbitrary values in the class strings of the code. */
export function arbitraryValuesOf(code: string): number {
  const strings = code.match(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g) ?? []
  return strings.reduce((sum, text) => sum + (text.slice(1, -1).match(/\[[^\]\s"']+\]/g)?.length ?? 0), 0)
}

/** The code as a person gets it, pictures aside. */
export function codeOf(files: Readonly<Record<string, string>>): string {
  const sources = Object.entries(files).filter(([path]) => /\.(tsx?|jsx?|css|html)$/.test(path))
  return withoutPictures(sources.map(([, content]) => content).join('\n'))
}

function beyondEdge(shown: ShownPage, narrow: ShownPage, narrowPx: number, widthPx: number): number {
  const right = (element: ShownElement | undefined) => (element ? element.box.x + element.box.width : 0)
  return Object.keys(shown.byId).filter((id) => right(shown.byId[id]) <= widthPx + 2 && right(narrow.byId[id]) > narrowPx + 2).length
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.fonts].filter((font) => font.status === 'loading').map((font) => font.loaded.catch(() => undefined)))
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await document.fonts.ready
  })
}

async function atWidth(page: Page, width: number, height: number): Promise<{ overflowPx: number; shown: ShownPage }> {
  await page.setViewportSize({ width, height })
  await page.evaluate(() => {
    ;(document.querySelector('#stage') as HTMLElement).style.width = '100%'
  })
  return { overflowPx: await readOverflowPx(page), shown: await readPage(page, '#stage') }
}

/** @param code the untraced files, as a person gets them; the page itself was built with node ids */
export async function measureCase(
  browser: Browser,
  address: string,
  measured: BenchCase,
  result: CompileResult,
  code: string,
): Promise<CaseMeasures & { screenshot?: Buffer }> {
  const { box, reference } = measured
  const [width, height] = [Math.ceil(box.width), Math.min(Math.ceil(box.height), HEIGHT_MAX_PX)]
  const scale = reference?.scale ?? 1
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale })
  try {
    const page = await context.newPage()
    const origin = new URL(address).origin
    await page.route('**/*', (route) =>
      route.request().url().startsWith(origin) || route.request().url().startsWith('data:') ? route.continue() : route.abort(),
    )
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(address, { waitUntil: 'load' })
    await settle(page)
    const shown = await readPage(page, '#stage')
    const { violations } = await new AxeBuilder({ page }).disableRules(['color-contrast']).analyze()
    const { score, misses } = scorePage(expectedNodes(measured.root, new Set(result.flattened)), shown)

    let pictures: { pixel: number; ssim: number } | undefined
    let screenshot: Buffer | undefined
    if (reference && box.height <= HEIGHT_MAX_PX && box.width * box.height * scale * scale <= SCREENSHOT_PIXELS_MAX) {
      screenshot = await page.screenshot({ clip: { x: 0, y: 0, width: box.width, height: box.height } })
      const own = reduce(decodePng(screenshot), Math.ceil(box.width), Math.ceil(box.height))
      pictures = comparePictures(referenceAt1x(reference, box), own)
    }
    const narrow = await atWidth(page, Math.round(width * 0.8), height)
    const wide = await atWidth(page, Math.round(width * 1.25), height)
    return {
      id: measured.id,
      suite: measured.suite,
      score,
      misses,
      visibleCount: measured.visibleCount,
      elementCount: shown.elementCount,
      codeBytes: Buffer.byteLength(code),
      arbitraryCount: arbitraryValuesOf(code),
      overflowPx: narrow.overflowPx,
      ...pictures,
      beyondEdge: beyondEdge(shown, narrow.shown, Math.round(width * 0.8), width),
      narrow: compareResize(measured.root, 0.8, narrow.shown),
      wide: compareResize(measured.root, 1.25, wide.shown),
      components: pastedComponents(measured.root, result),
      axe: violations.map(({ id }) => id),
      ...(faults[0] ? { failure: faults[0] } : {}),
      ...(screenshot ? { screenshot } : {}),
    }
  } finally {
    await context.close()
  }
}
