/** Phase 8: one CSS declaration, broken into lines as prettier breaks it. */

const COLUMNS = 80

/** Without what stands in brackets or quotes. */
const bare = (text: string): string => {
  let depth = 0
  let result = ''
  for (const letter of text.replace(/"[^"]*"|'[^']*'/g, '')) {
    if (letter === ')') depth--
    if (depth === 0) result += letter
    if (letter === '(') depth++
  }
  return result
}

/** The words of a value, each function one word. */
function wordsOf(value: string): readonly string[] {
  const words: string[] = []
  let word = ''
  let depth = 0
  for (const letter of value) {
    if (letter === '(') depth++
    else if (letter === ')') depth--
    if (letter === ' ' && depth === 0) {
      words.push(word)
      word = ''
    } else word += letter
  }
  return [...words, word]
}

function filled(property: string, value: string): string {
  const lines: string[] = []
  let line = `  ${property}:`
  for (const word of wordsOf(value)) {
    if (lines.length + line.length > property.length + 3 && `${line} ${word}`.length > COLUMNS) {
      lines.push(line)
      line = `    ${word}`
    } else line += ` ${word}`
  }
  return `${[...lines, line].join('\n')};\n`
}

/** Lists of several words each, such as shadows, go one on a line; other lists break only where they are too long. Ends with a new line. */
export function declaration(property: string, value: string): string {
  const parts = splitList(value)
  const flat = `  ${property}: ${value};`
  if (parts.length > 1 && parts.some((part) => /\s/.test(bare(part))))
    return `  ${property}:\n${parts.map((part) => `    ${part}`).join(',\n')};\n`
  if (flat.length <= COLUMNS) return `${flat}\n`
  if (parts.length > 1) {
    const below = `    ${parts.join(', ')};`
    return below.length <= COLUMNS ? `  ${property}:\n${below}\n` : `  ${property}:\n${parts.map((part) => `    ${part}`).join(',\n')};\n`
  }
  const call = /^([\w-]+)\((.*)\)$/s.exec(value)
  const inner = call && !bare(value).includes(' ') ? splitList(call[2] ?? '') : []
  if (call && inner.length > 1) return `  ${property}: ${call[1]}(\n${inner.map((part) => `    ${part}`).join(',\n')}\n  );\n`
  return filled(property, value)
}

/** The parts of a CSS list, without those inside brackets. */
function splitList(value: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < value.length; index++) {
    if (value[index] === '(') depth++
    else if (value[index] === ')') depth--
    else if (value[index] === ',' && depth === 0) {
      parts.push(value.slice(start, index).trim())
      start = index + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts
}
