/** Reads lists that people write as prose: paths by comma or line, checklists with or without boxes. */
const BULLET = /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX]?\]\s+)?/

/** Items of a checklist; an indented or unmarked line continues the item above it. */
export function checklist(text: string): string[] {
  const items: string[] = []
  let isMarked = false
  for (const line of text.split(/\r?\n/)) {
    if (!line.trim()) continue
    const mark = BULLET.exec(line)?.[0] ?? ''
    const hasMark = mark.trim() !== ''
    if (!hasMark && isMarked && /^\s/.test(line) && items.length) items[items.length - 1] += ` ${line.trim()}`
    else items.push(line.slice(mark.length).trim())
    isMarked ||= hasMark
  }
  return items
}

/** Paths of a `files` element: separated by commas or lines, perhaps with bullets, backticks and remarks in parentheses. */
export function pathList(text: string): string[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => splitAtCommas(line.replace(BULLET, '')))
    .map((part) =>
      part
        .trim()
        .replace(/\s+\(.*\)?$/, '')
        .replace(/\s+[-–—#].*$/, '')
        .replace(/^[`"']|[`"']$/g, '')
        .trim(),
    )
    .filter((part) => part !== '' && !/^(?:none|n\/a|\(none\))\b/i.test(part))
}

/** Commas inside brackets, braces and parentheses belong to the path or remark they stand in, if those are ever closed. */
function splitAtCommas(line: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1)
    else if (character === ',' && depth === 0) {
      parts.push(line.slice(start, at))
      start = at + 1
    }
  }
  return depth === 0 ? [...parts, line.slice(start)] : line.split(',')
}
