/** Widths of the letters of Arial (and of Liberation Sans and Helvetica, which share them), for fitting text in fonts that cannot be had. */
import type { FontMetrics } from '../bundle.ts'

/** Advances of U+0020 to U+007E in thousandths of the em, from the font's public metrics. */
const REGULAR =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
const BOLD =
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584'

const tableOf = (widths: string): readonly number[] => widths.split(' ').map(Number)
const TABLES = { regular: tableOf(REGULAR), bold: tableOf(BOLD) }

const isWide = (code: number) =>
  (code >= 0x1100 && code <= 0x115f) ||
  (code >= 0x2e80 && code <= 0xa4cf) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0xff00 && code <= 0xff60)

function advanceOf(character: string, isBold: boolean): number {
  const code = character.codePointAt(0) ?? 0
  const table = isBold ? TABLES.bold : TABLES.regular
  if (code >= 0x20 && code <= 0x7e) return table[code - 0x20] ?? 556
  if (code === 0xa0) return 278
  if (code < 0x20 || (code >= 0x300 && code <= 0x36f) || code === 0x200b) return 0
  if (code >= 0x1f000 || isWide(code)) return 1000
  if (code === 0x2022 || code === 0xb7) return 350
  if (code === 0x2014 || code === 0x2026) return 1000
  return isBold ? 611 : 556
}

/** Width of one line of text in px, at a size in px, in the stand-in font. */
export function lineWidth(text: string, size: number, weight: number, metrics?: FontMetrics): number {
  let width = 0
  for (const character of text) {
    const own = metrics?.advances[character]
    width += own !== undefined && metrics ? own / metrics.unitsPerEm : advanceOf(character, weight >= 600) / 1000
  }
  return width * size
}
