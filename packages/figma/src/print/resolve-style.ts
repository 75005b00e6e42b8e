/** Phase 8: what both printers make of the words in a `Style` that are no CSS. */
import type { DesignBundle } from '../bundle.ts'
import type { Style } from '../element.ts'
import { pictureAddress } from '../resolve/addresses.ts'
import type { Tokens } from '../resolve/tokens.ts'

/** The address behind `image:REF` or `render:NODE`; empty when the bundle holds none. */
export function assetAddress(key: string, bundle: DesignBundle): string {
  const [kind, ...rest] = key.split(':')
  const table = kind === 'image' ? bundle.images : bundle.renders
  const id = rest.join(':')
  return table && Object.hasOwn(table, id) ? (pictureAddress(table[id]?.href) ?? '') : ''
}

export const ASSET = /asset\(((?:image|render):[^)]*)\)/g

/** Declarations of a text token; nothing is said that the browser assumes anyway. */
export function textDeclarations(name: string, tokens: Tokens): Style {
  const token = tokens.texts().get(name)
  if (!token) return {}
  return {
    'font-size': token.size,
    'line-height': token.lineHeight,
    ...(token.letterSpacing ? { 'letter-spacing': token.letterSpacing } : {}),
    'font-weight': token.weight,
  }
}

/** Real CSS for a style: token words resolved, addresses in place. */
export function cssDeclarations(style: Style, tokens: Tokens, bundle: DesignBundle): Style {
  const result: Record<string, string> = {}
  for (const [property, value] of Object.entries(style)) {
    if (property === 'text-style') Object.assign(result, textDeclarations(value, tokens), result)
    else if (property === 'font') result['font-family'] = `var(--font-${value})`
    else
      result[property] = value.includes('asset(')
        ? value.replaceAll(ASSET, (_, key: string) => `url("${assetAddress(key, bundle)}")`)
        : value
  }
  return result
}
