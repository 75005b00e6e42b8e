/** The JSON in a model's answer, also when it stands in a code fence or between sentences. */

/** `undefined` when there is none: JSON itself has no such value. */
export function readJson(text: string): unknown {
  const trimmed = text.trim()
  const fence = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/.exec(trimmed)?.[1]
  const open = trimmed.search(/[{[]/)
  const close = Math.max(trimmed.lastIndexOf('}'), trimmed.lastIndexOf(']'))
  const between = open >= 0 && close > open ? trimmed.slice(open, close + 1) : undefined
  for (const candidate of [trimmed, fence, between]) {
    if (candidate === undefined) continue
    try {
      return JSON.parse(candidate)
    } catch {}
  }
  return undefined
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/**
 * Reads one string of a JSON object while it is still being written, so that a person can see it grow.
 * Feed it the pieces in order; each call gives the new characters of that string. Linear in what it is fed.
 * @param at how deep the field stands: 1 for a property of the object itself, 3 for one of `{"list": [{…}]}`, whose strings are given one after
 *   the other with an empty line between
 */
export function growingString(field: string, at = 1): (delta: string) => string {
  let depth = 0
  let hasGrown = false
  let state: 'outside' | 'in-string' | 'escape' | 'unicode' = 'outside'
  let isKey = false
  let key = ''
  let code = ''
  let expectsKey = false
  const take = (character: string): string => {
    if (isKey) key += character
    return !isKey && depth === at && key === field ? character : ''
  }
  const step = (character: string): string => {
    switch (state) {
      case 'in-string':
        if (character === '\\') state = 'escape'
        else if (character === '"') {
          state = 'outside'
          if (!isKey && depth === at) key = ''
        } else return take(character)
        return ''
      case 'escape':
        state = character === 'u' ? 'unicode' : 'in-string'
        code = ''
        return character === 'u' ? '' : take(ESCAPES[character] ?? character)
      case 'unicode':
        code += character
        if (code.length < 4) return ''
        state = 'in-string'
        return take(String.fromCharCode(Number.parseInt(code, 16) || 0xfffd))
      case 'outside':
        if (character === '"') {
          state = 'in-string'
          isKey = depth === at && expectsKey
          if (isKey) key = ''
          else if (depth === at && key === field) {
            const gap = hasGrown ? '\n\n' : ''
            hasGrown = true
            return gap
          }
        } else if (character === '{' || character === '[') {
          depth++
          expectsKey = depth === at
        } else if (character === '}' || character === ']') depth--
        else if (depth === at && character === ',') expectsKey = true
        else if (depth === at && character === ':') expectsKey = false
        return ''
    }
  }
  return (delta) => {
    let grown = ''
    for (const character of delta) grown += step(character)
    return grown
  }
}
