/** Measures one compiled page in a browser against its design: for whoever holds a page of any driver. */
import type { FigmaNode } from '../bundle.ts'
import { boxOf, expectedNodes } from './expected-boxes.ts'
import { type MeasuredPage, readOverflowPx, readPage } from './read-page.ts'
import { type Miss, type Score, scorePage } from './score.ts'

/** A page that can be filled and resized. */
export interface DrivenPage extends MeasuredPage {
  setContent(html: string): Promise<void>
  setViewportSize(size: { width: number; height: number }): Promise<void>
}

export interface PageMeasures {
  readonly score: Score
  readonly misses: readonly Miss[]
  /** How much wider than its window the page is at 80 % of the design's width; 0 for one that adapts. */
  readonly overflowPx: number
}

const HEIGHT_MAX_PX = 4_000

/** The printed page with its style sheet inside, as the first child of a stage of the frame's size. */
function staged(html: string, css: string, width: number, height: number): string {
  const [, attributes = '', body = ''] = /<body([^>]*)>([\s\S]*)<\/body>/.exec(html) ?? []
  return `<!doctype html><html><head><meta charset="utf-8"><style>${css.replaceAll('</style', '<\\/style')}</style>
<style>html,body{margin:0;background:#fff}#stage{position:relative;width:${width}px;height:${height}px}</style></head>
<body><div id="stage">${attributes.trim() ? `<div${attributes}>${body}</div>` : body}</div></body></html>`
}

/**
 * @param printed the compiled page, printed with node ids, its style sheet, and the nodes flattened into pictures
 * @returns undefined when the root has no box to measure against
 */
export async function measurePage(
  page: DrivenPage,
  root: FigmaNode,
  printed: { readonly html: string; readonly css: string; readonly flattened: readonly string[] },
): Promise<PageMeasures | undefined> {
  const box = boxOf(root)
  if (!box) return undefined
  const width = Math.max(1, Math.ceil(box.width))
  const height = Math.max(1, Math.min(Math.ceil(box.height), HEIGHT_MAX_PX))
  await page.setViewportSize({ width, height })
  await page.setContent(staged(printed.html, printed.css, box.width, box.height))
  await page.evaluate(() => document.fonts.ready.then(() => undefined), undefined)
  const { score, misses } = scorePage(expectedNodes(root, new Set(printed.flattened)), await readPage(page, '#stage'))
  await page.setViewportSize({ width: Math.max(1, Math.round(width * 0.8)), height })
  await page.evaluate(() => document.querySelector('#stage')?.setAttribute('style', 'width:100%'), undefined)
  return { score, misses, overflowPx: Math.max(0, await readOverflowPx(page)) }
}
