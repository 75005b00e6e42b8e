/** The Chromium that measures. */
import { findChromium } from '@slipway/sandbox'
import { type Browser, chromium } from 'playwright-core'

/** The same letters and lines on every machine: no GPU, no hinting, no updates. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium. "npm start" says how to bring one.')
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return chromium.launch({ executablePath, headless: true, args })
}
