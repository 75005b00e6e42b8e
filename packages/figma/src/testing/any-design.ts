/** Designs of real shape by chance: sets with variants, instances with overrides and swaps, repeated cards, frames with and without auto layout. */
import fc from 'fast-check'
import type { DesignBundle, FigmaNode } from '../bundle.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const solid = (r: number, g: number, b: number) => [{ type: 'SOLID', blendMode: 'NORMAL', color: { r, g, b, a: 1 } }]
const COLOURS = [solid(1, 1, 1), solid(0.1, 0.1, 0.15), solid(0.2, 0.4, 0.9), solid(0.9, 0.3, 0.2)]
const WORDS = ['Book', 'Pay now', 'Settings', 'Cancel "it"', 'a < b & c', '{braces}', 'Ünïcode', '']
const at = <T>(items: readonly T[], index: number): T => items[index % items.length] as T

function text(id: string, name: string, characters: string, box: Box, size: number): FigmaNode {
  const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: size, lineHeightPx: box.height, lineHeightUnit: 'PIXELS' }
  return {
    ...{ id, name, type: 'TEXT', characters, style: { ...style, textAutoResize: 'NONE' }, fills: COLOURS[1], absoluteBoundingBox: box },
    ...{ characterStyleOverrides: [], styleOverrideTable: {} },
  }
}

/** One instance's looks, as numbers that choose among a few. */
const looks = fc.record({
  words: fc.nat(7),
  colour: fc.nat(3),
  size: fc.nat(1),
  state: fc.nat(2),
  hasIcon: fc.boolean(),
  swap: fc.nat(1),
  move: fc.nat(7),
})
type Looks = typeof looks extends fc.Arbitrary<infer T> ? T : never

const SIZES = ['Small', 'Large']
const STATES = ['Default', 'Hover', 'Disabled']

/** Changes of variant that a button asks for: on each trigger, along each axis, to a variant that is there or not. */
function movesOf({ move, size, state }: Looks): readonly object[] {
  const triggers = ['ON_HOVER', 'ON_CLICK', 'AFTER_TIMEOUT']
  const [along, other] = [size * 3 + ((state + 1) % 3), (1 - size) * 3 + state]
  const destinationId = `9:${move === 6 ? 77 : move % 2 ? along : other}`
  const action = { type: 'NODE', navigation: 'CHANGE_TO', destinationId }
  return move < 2 ? [] : [{ trigger: { type: at(triggers, move), timeout: 0.5 }, actions: [action] }]
}

interface Ways {
  readonly isRow: boolean
  /** Icons are shown by a property: who has none hides it. */
  readonly isBound: boolean
}

/** A button of a set with two axes, a text, an optional icon and a swapped part. */
function button(id: string, type: 'INSTANCE' | 'COMPONENT', look: Looks, x: number, y: number, { isRow, isBound }: Ways): FigmaNode {
  const [width, height] = look.size ? [200, 48] : [120, 32]
  const layout = isRow
    ? { layoutMode: 'HORIZONTAL', itemSpacing: 8, paddingLeft: 12, paddingRight: 12, counterAxisAlignItems: 'CENTER' }
    : {}
  const variant = look.size * 3 + look.state
  const below = (part: string) => (type === 'INSTANCE' ? `I${id};${part}` : `${id}${part}`)
  const icon = { x: x + 12, y: y + 8, width: 16, height: 16 }
  const swapped = { x: x + width - 28, y: y + 8, width: 16, height: 16 }
  return {
    ...{ id, type, name: type === 'INSTANCE' ? 'Button' : `Size=${SIZES[look.size]}, State=${STATES[look.state]}` },
    ...(type === 'INSTANCE' ? { componentId: `9:${variant}` } : {}),
    interactions: movesOf(look),
    ...{ absoluteBoundingBox: { x, y, width, height }, fills: COLOURS[(look.colour + look.state) % 4], cornerRadius: 8, ...layout },
    children: [
      ...(look.hasIcon || isBound
        ? [
            {
              ...{ id: below('1'), name: 'Icon', type: 'RECTANGLE', absoluteBoundingBox: icon, fills: COLOURS[(look.colour + 1) % 4] },
              ...(isBound ? { visible: look.hasIcon, componentPropertyReferences: { visible: 'Show icon#1:0' } } : {}),
            },
          ]
        : []),
      text(below('2'), 'Label', at(WORDS, look.words), { x: x + 36, y: y + 6, width: 60, height: 20 }, look.size ? 16 : 12),
      {
        ...{ id: below('3'), name: 'Badge', type: 'INSTANCE', componentId: `8:${look.swap}`, absoluteBoundingBox: swapped },
        ...{ fills: COLOURS[look.swap], cornerRadius: look.swap ? 8 : 0, children: [] },
      },
    ],
  }
}

function card(id: string, index: number, words: number, colour: number): FigmaNode {
  const box = { x: 20 + index * 120, y: 300, width: 110, height: 90 }
  return {
    ...{ id, name: 'Card', type: 'FRAME', absoluteBoundingBox: box, fills: at(COLOURS, colour) },
    children: [
      text(`${id}1`, 'Title', at(WORDS, words), { x: box.x + 8, y: 308, width: 90, height: 24 }, 18),
      text(`${id}2`, 'Line', at(WORDS, words + 3), { x: box.x + 8, y: 340, width: 90, height: 16 }, 12),
    ],
  }
}

/** A page with instances of a set, the set itself now and then, and a row of cards. */
export const anyDesign: fc.Arbitrary<DesignBundle> = fc
  .record({
    buttons: fc.array(looks, { minLength: 1, maxLength: 7 }),
    variants: fc.array(looks, { maxLength: 6 }),
    cards: fc.array(fc.tuple(fc.nat(7), fc.nat(3)), { maxLength: 5 }),
    isRow: fc.boolean(),
    isBound: fc.boolean(),
    isSet: fc.boolean(),
    name: fc.constantFrom('Home', '12', 'Über uns / Mobile', '<b>', ''),
  })
  .map(({ buttons, variants, cards, isRow, isBound, isSet, name }) => {
    const seen = new Set<string>()
    const own = variants.filter(({ size, state }) => !seen.has(`${size} ${state}`) && seen.add(`${size} ${state}`))
    const set = {
      ...{ id: '9:99', name: 'Button', type: 'COMPONENT_SET', absoluteBoundingBox: { x: 0, y: 420, width: 800, height: 380 } },
      children: own.map((look, index) =>
        button(`9:${look.size * 3 + look.state}`, 'COMPONENT', look, 20, 430 + index * 60, { isRow, isBound }),
      ),
    }
    const root = {
      ...{
        id: '1:1',
        name,
        type: 'FRAME',
        absoluteBoundingBox: { x: 0, y: 0, width: 800, height: 800 },
        fills: COLOURS[0],
        clipsContent: true,
      },
      children: [
        ...buttons.map((look, index) =>
          button(`2:${index}`, 'INSTANCE', look, 20 + (index % 3) * 220, 20 + Math.floor(index / 3) * 70, { isRow, isBound }),
        ),
        ...cards.map(([words, colour], index) => card(`3:${index}`, index, words, colour)),
        ...(isSet ? [set] : []),
      ],
    }
    const components = Object.fromEntries([
      ...[0, 1, 2, 3, 4, 5].map((variant) => [
        `9:${variant}`,
        { name: `Size=${SIZES[Math.floor(variant / 3)]}, State=${STATES[variant % 3]}`, componentSetId: '9:99' },
      ]),
      ...[0, 1].map((swap) => [`8:${swap}`, { name: swap ? 'Dot' : 'Square' }]),
    ])
    return { roots: [root], components, componentSets: { '9:99': { name: 'Button' } } }
  })
