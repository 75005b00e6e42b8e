import type { Theme } from '@slipway/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, hexToOklch, oklchToHex } from './colour.ts'
import { palettesOf } from './palette.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const theme = (background: string, primary: string): Theme => ({ background, primary, font: 'sans', corners: 'soft' })

/** Every pair of text and ground that the template uses. */
const PAIRS = [
  ...['canvas', 'surface', 'sunken'].flatMap((ground) => ['ink', 'muted', 'primary-ink'].map((text) => [text, ground] as const)),
  ['primary-ink', 'primary-soft'],
  ['on-primary', 'primary'],
  ['on-primary', 'primary-hover'],
  ...['neutral', 'info', 'success', 'warning', 'danger'].flatMap((tone) => [[tone, `${tone}-soft`] as const, [tone, 'surface'] as const]),
] as const

test('whatever two colours are asked for, every text reads at 4.5 to 1, light and dark', () => {
  fc.assert(
    fc.property(colour, colour, (background, primary) => {
      for (const palette of Object.values(palettesOf(theme(background, primary)))) {
        for (const [text, ground] of PAIRS) {
          expect(`${text} on ${ground}: ${contrast(palette[text] as string, palette[ground] as string) >= 4.5}`).toBe(
            `${text} on ${ground}: true`,
          )
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('the background and, where it can be seen, the main colour are exactly what was asked for', () => {
  const { light } = palettesOf(theme('#fbceb1', '#7b3f00'))
  expect(light).toMatchObject({ canvas: '#fbceb1', primary: '#7b3f00' })
  expect(palettesOf(theme('#0a0f1e', '#7fd1c7')).dark).toMatchObject({ canvas: '#0a0f1e', primary: '#7fd1c7' })
})

test('a colour survives the way to OKLCH and back', () => {
  fc.assert(
    fc.property(colour, (hex) => {
      expect(oklchToHex(hexToOklch(hex))).toBe(hex)
    }),
  )
})
