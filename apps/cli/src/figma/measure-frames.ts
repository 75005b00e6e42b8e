/** Shows compiled frames in this machine's Chromium and measures them against their design; nothing is fetched, no script runs. */
import { failure } from '@slipway/domain'
import { compile, type DesignBundle, measurePage } from '@slipway/figma'
import { chromium } from 'playwright-core'

/** How near a page is to its frame; counts, and px. */
export interface MeasuredFrame {
  readonly name: string
  readonly nodes: number
  readonly found: number
  readonly within2: number
  readonly texts: number
  readonly textStyle: number
  readonly overflowPx: number
}

/**
 * @param told takes each frame as soon as it is measured
 * @throws INPUT_INVALID where this machine has no Chromium
 */
export async function measureFrames(bundle: DesignBundle, told: (frame: MeasuredFrame) => void): Promise<MeasuredFrame[]> {
  const { findChromium } = await import('@slipway/sandbox')
  const executablePath = findChromium()
  if (!executablePath)
    throw failure('INPUT_INVALID', { what: '--measure', faults: ['there is no Chromium on this machine; install the package chromium'] })
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true })
    const page = await context.newPage()
    const frames: MeasuredFrame[] = []
    for (const root of bundle.roots) {
      const result = compile({ ...bundle, roots: [root] }, { nodeIds: true, fonts: [] })
      const [printed] = result.pages
      if (!printed) continue
      const html = result.html.files[printed.html] ?? ''
      const measures = await measurePage(page, root, { html, css: result.html.files['styles.css'] ?? '', flattened: result.flattened })
      if (!measures) continue
      const { score, overflowPx } = measures
      const frame = {
        name: printed.name,
        nodes: score.nodes,
        found: score.found,
        within2: score.within2,
        texts: score.styled,
        textStyle: score.textStyle,
        overflowPx,
      }
      frames.push(frame)
      told(frame)
    }
    return frames
  } finally {
    await browser.close()
  }
}
