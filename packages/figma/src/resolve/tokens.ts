/** Phase 2, tokens: names for the colours, text styles, families and compound values that a design uses, given out on first use. */
import type { DesignBundle } from '../bundle.ts'
import { px, rounded } from '../element.ts'
import type { Colour, TextStyle } from '../normalise/layer.ts'
import { jsonOf, textOf } from '../normalise/values.ts'
import { colourName, cssColour } from './colour-names.ts'
import { createNames, kebab, wordsOf } from './names.ts'
import { readVariables } from './variables.ts'

export interface TextToken {
  readonly name: string
  readonly size: string
  readonly lineHeight: string
  readonly letterSpacing: string
  readonly weight: string
}

export interface ColourToken {
  readonly name: string
  readonly value: string
  readonly modes: Readonly<Record<string, string>>
}

/** Where a value is named: the variable bound to it, else the shared style on the node. */
export interface ColourOrigin {
  readonly variableId?: string | undefined
  readonly styleId?: string | undefined
}

export interface Tokens {
  /** `var(--color-…)` for a colour. */
  colour(colour: Colour, origin?: ColourOrigin): string
  /** The name of the text token with these measures. */
  text(style: TextStyle, lineHeight: string, styleId?: string): string
  family(family: string): string
  /** The name of a utility class with these declarations, e.g. a gradient or a set of shadows. */
  utility(wish: string, declarations: Readonly<Record<string, string>>): string
  colours(): readonly ColourToken[]
  texts(): ReadonlyMap<string, TextToken>
  families(): ReadonlyMap<string, string>
  utilities(): ReadonlyMap<string, Readonly<Record<string, string>>>
}

const SIZE_NAMES: readonly (readonly [number, string])[] = [
  [11.5, 'tiny'],
  [13.5, 'small'],
  [17, 'body'],
  [20.5, 'lead'],
  [26, 'heading'],
  [36, 'title'],
  [Number.POSITIVE_INFINITY, 'display'],
]

export function createTokens(bundle: DesignBundle): Tokens {
  const variables = readVariables(bundle.variables)
  const styles = jsonOf(bundle.styles)
  const styleName = (id: string | undefined) => (id ? textOf(jsonOf(styles[id])['name']) : '')
  const colours = new Map<string, ColourToken>()
  // Colours and text styles share Tailwind's `text-…`, so they share their names.
  const names = createNames(
    'inherit current transparent left center right justify wrap nowrap balance pretty ellipsis clip start end'.split(' '),
  )
  const texts = new Map<string, TextToken>()
  const textsByKey = new Map<string, string>()
  const families = new Map<string, string>()
  const familyNames = createNames(['sans', 'serif', 'mono', 'thin', 'light', 'normal', 'medium', 'bold', 'black'])
  const utilities = new Map<string, Readonly<Record<string, string>>>()
  const utilitiesByKey = new Map<string, string>()
  const utilityNames = createNames()
  const isTextName = (name: string) => wordsOf(name).length > 0

  return {
    colour(colour, origin = {}) {
      const css = cssColour(colour)
      const variable = variables.get(origin.variableId ?? '')
      const isVariable = variable !== undefined && variable.value === css
      const key = isVariable ? `${origin.variableId}` : css
      let token = colours.get(key)
      if (!token) {
        const said = isVariable ? variable.name : styleName(origin.styleId)
        const name = said && isTextName(said) ? kebab(said.replace(/^colou?rs?\//i, ''), 'tone') : colourName(colour)
        token = { name: names(name), value: css, modes: isVariable ? variable.modes : {} }
        colours.set(key, token)
      }
      return `var(--color-${token.name})`
    },
    text(style, lineHeight, styleId) {
      const letterSpacing = Math.abs(style.letterSpacing) < 0.005 ? '' : `${Math.round(style.letterSpacing * 1000) / 1000}px`
      const token = { size: px(style.size), lineHeight, letterSpacing, weight: `${style.weight}` }
      const key = Object.values(token).join('|')
      let name = textsByKey.get(key)
      if (!name) {
        const said = styleName(styleId)
        const word = SIZE_NAMES.find(([limit]) => style.size < limit)?.[1] ?? 'body'
        const strength = style.weight >= 600 ? '-bold' : style.weight >= 500 ? '-medium' : style.weight <= 300 ? '-light' : ''
        name = names(said && isTextName(said) ? kebab(said, 'text') : `${word}-${rounded(style.size)}${strength}`.replace('.', '-'))
        textsByKey.set(key, name)
        texts.set(name, { name, ...token })
      }
      return name
    },
    family(family) {
      let name = families.get(family)
      if (!name) {
        name = familyNames(kebab(family, 'family'))
        families.set(family, name)
      }
      return name
    },
    utility(wish, declarations) {
      const key = JSON.stringify(declarations)
      let name = utilitiesByKey.get(key)
      if (!name) {
        name = utilityNames(wish)
        utilitiesByKey.set(key, name)
        utilities.set(name, declarations)
      }
      return name
    },
    colours: () => [...colours.values()],
    texts: () => texts,
    families: () => families,
    utilities: () => utilities,
  }
}
