/** What was measured of the best open tools on the same suites; see docs/figma.md for how. */
import type { SuiteMeasures } from './report.ts'

type PeerRow = { readonly tool: string } & Partial<SuiteMeasures>

/** Shares as shares, 0..1; `overflow80` is the share of pages that overflow at 80 % of the width. */
export const PEERS: Readonly<Record<string, readonly PeerRow[]>> = {
  screens: [
    {
      tool: 'FigmaToCode HTML',
      within2: 0.719,
      relative2: 0.822,
      autoLayout2: 0.575,
      absolute: 0.459,
      pixel: 0.0587,
      ssim: 0.916,
      bytesPerNode: 103,
      overflow80: 1,
    },
    {
      tool: 'FigmaToCode Tailwind, exact',
      within2: 0.696,
      relative2: 0.769,
      autoLayout2: 0.598,
      absolute: 0.457,
      pixel: 0.0631,
      ssim: 0.909,
      bytesPerNode: 237,
      overflow80: 1,
      arbitraryPer100: 131,
    },
    {
      tool: 'Figma-to-Code_API',
      within2: 0.742,
      relative2: 0.835,
      autoLayout2: 0.622,
      absolute: 0.295,
      pixel: 0.0615,
      ssim: 0.884,
      bytesPerNode: 98,
      overflow80: 1,
      arbitraryPer100: 131,
    },
  ],
  components: [
    { tool: 'FigmaToCode HTML', within2: 0.68, relative2: 0.734, autoLayout2: 0.616, pixel: 0.0261, ssim: 0.92, bytesPerNode: 136 },
    {
      tool: 'FigmaToCode Tailwind, exact',
      within2: 0.618,
      relative2: 0.675,
      autoLayout2: 0.545,
      pixel: 0.0297,
      ssim: 0.909,
      bytesPerNode: 172,
    },
    { tool: 'Figma-to-Code_API', within2: 0.565, relative2: 0.666, autoLayout2: 0.53, pixel: 0.0327, ssim: 0.905, bytesPerNode: 231 },
    { tool: "Figma's Dev Mode CSS", within2: 0.077, relative2: 0.587, autoLayout2: 0.1, pixel: 0.104, ssim: 0.778, bytesPerNode: 238 },
  ],
  vlc: [
    { tool: 'FigmaToCode HTML', within2: 0.861, autoLayout2: 0.772 },
    { tool: 'FigmaToCode Tailwind, exact', within2: 0.639, autoLayout2: 0.46 },
    { tool: 'Figma-to-Code_API', within2: 0.626, autoLayout2: 0.59 },
  ],
  govuk: [
    { tool: 'FigmaToCode HTML', within2: 0.713, relative2: 0.711, pixel: 0.0541, ssim: 0.815 },
    { tool: 'FigmaToCode Tailwind, exact', within2: 0.736, relative2: 0.735, pixel: 0.0516, ssim: 0.826 },
    { tool: 'Figma-to-Code_API', within2: 0.904, relative2: 1, pixel: 0.0552, ssim: 0.81 },
  ],
}
