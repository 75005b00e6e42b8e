/** Looks for the regular expression of a plan in code, in time that is linear per start: a plan's pattern may be hostile. */

const EXPRESSION_LENGTH_MAX = 400
const GAP_MAX = 600
/** Starts that are tried per pattern and file. */
export const TRIES_MAX = 400

export interface ExpressionMatch {
  readonly start: number
  readonly end: number
  readonly rule: 'expression'
}

/**
 * An expression is split at its `.*`, and the parts are looked for one after the other: on one line as written, and over a
 * few lines too, as code is wrapped. No part may repeat a repetition, so nothing here takes more than linear time per start.
 */
export function* expressionMatches(code: string, wanted: string, flags: string): Generator<ExpressionMatch> {
  if (wanted.length > EXPRESSION_LENGTH_MAX || !/[\\.*+?^$()[\]{}|]/.test(wanted)) return
  for (const branch of topLevel(wanted, '|')) {
    const parts = topLevel(branch, '.*').filter((part) => part !== '')
    const steps = parts.map((part) => compile(part, flags))
    const [first] = steps
    if (!first || steps.some((step) => step === null)) continue
    first.lastIndex = 0
    for (let tries = 0; tries < TRIES_MAX; tries++) {
      const match = first.exec(code)
      if (!match) break
      if (match[0] === '') {
        first.lastIndex++
        if (parts.length === 1) break
      }
      const end = follow(code, match.index + match[0].length, steps.slice(1) as RegExp[], match.index + GAP_MAX)
      if (end !== -1 && end > match.index) yield { start: match.index, end, rule: 'expression' }
    }
  }
}

function follow(code: string, from: number, steps: readonly RegExp[], limit: number): number {
  let at = from
  const window = code.slice(0, Math.max(limit, at))
  for (const step of steps) {
    step.lastIndex = at
    const match = step.exec(window)
    if (!match) return -1
    at = match.index + match[0].length
  }
  return at
}

/** Splits outside of groups, classes and escapes; at `.*` also where it is lazy or `.+`, or `[\s\S]*`. */
function topLevel(expression: string, separator: '|' | '.*'): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at] as string
    const gap =
      separator === '.*' && depth === 0 ? /^(?:\.|\[\\s\\S\]|\[\^\]|\[\\s\\S\\n\])[*+]\??/.exec(expression.slice(at))?.[0] : undefined
    if (gap) {
      parts.push(expression.slice(start, at))
      at += gap.length - 1
      start = at + 1
    } else if (character === '\\') at++
    else if (character === '[') at = classEnd(expression, at)
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === separator && depth === 0) {
      parts.push(expression.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, expression.slice(start)]
}

function classEnd(expression: string, open: number): number {
  for (let at = open + 1; at < expression.length; at++) {
    if (expression[at] === '\\') at++
    else if (expression[at] === ']' && at > open + 1) return at
  }
  return open
}

/** Which kind of quotes a string has is the formatter's choice. */
function anyQuotes(part: string): string {
  let result = ''
  for (let at = 0; at < part.length; at++) {
    const end = part[at] === '[' ? classEnd(part, at) : part[at] === '\\' ? at + 1 : at
    const piece = part.slice(at, end + 1)
    result += /^\\?["'`]$/.test(piece) ? '["\'`]' : piece
    at = end
  }
  return result
}

/** Null for what is no expression, and for one with nested repetitions, which could take for ever. */
function compile(part: string, flags: string): RegExp | null {
  if (/\([^()]*[*+}][^()]*\)\s*[*+{]/.test(part) || /\\[1-9]/.test(part)) return null
  try {
    const bounded = part.replaceAll(/(?<!\\)\.([*+])(?!\?)/g, '.{0,200}').replaceAll(/(?<!\\)\\s\*/g, '\\s{0,200}')
    return new RegExp(anyQuotes(bounded).replaceAll(/(?<!\\)\\\((?![?*+{\\)])/g, '\\(\\s{0,200}'), flags) // a formatter breaks lines after `(`
  } catch {
    return null // literals with special characters are found by the other readings
  }
}
