/** Scans the body of a plan document: known tags at the start of a line, outside code fences. It is not XML. */
import type { Diagnostic } from './diagnostic.ts'
import { findFences } from './fences.ts'
import type { Block } from './plan.ts'
import type { SourceLines } from './source-lines.ts'
import { CONTAINERS, closeOnLine, closeTagFinder, ELEMENTS, SECTIONS, type Tag, tagAt } from './tags.ts'

interface OpenBlock {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly start: number
  readonly contentStart: number
  readonly children: Block[]
}

export interface ScannedBody {
  readonly blocks: readonly Block[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Never throws and takes linear time: the depth is bounded by the grammar, and every search moves forward only.
 * @param from  offset of the body's first character, at the start of a line
 */
export function scanBody(source: string, lines: SourceLines, from: number): ScannedBody {
  const diagnostics: Diagnostic[] = []
  const blocks: Block[] = []
  const stack: OpenBlock[] = []
  const nextClose = closeTagFinder(source)

  const warn = (code: string, message: string, offset: number, hint: string) =>
    diagnostics.push({ severity: 'warning', code, message, ...lines.place(offset), hint })
  const leaf = () => {
    const block = stack.at(-1)
    return block && !CONTAINERS.has(block.name) ? block : null
  }

  const close = (contentEnd: number, end: number, isClosed: boolean) => {
    const { start, contentStart, ...open } = stack.pop() as OpenBlock
    const block: Block = {
      ...open,
      span: { start, end: Math.max(contentStart, end) },
      content: { start: contentStart, end: Math.max(contentStart, contentEnd) },
      line: lines.lineAt(start) + 1,
      isClosed,
    }
    ;(stack.at(-1)?.children ?? blocks).push(block)
    if (!isClosed) warn('tag-unclosed', `<${block.name}> is never closed.`, start, `Write </${block.name}> where it ends.`)
  }
  const unwind = (depth: number, offset: number): true => {
    while (stack.length > depth) close(offset, offset, false)
    return true
  }

  /** Whether an opening tag counts here; ends the elements that it proves to be unclosed. */
  const mayOpen = (name: string, offset: number): boolean => {
    const taskDepth = stack.findIndex((block) => block.name === 'task' || block.name === 'feature')
    const isInTask = taskDepth !== -1
    const text = leaf()
    const textEnd = text ? nextClose(text.name, offset) : 0
    const isTextUnclosed = textEnd > (isInTask ? nextClose(stack[taskDepth]?.name ?? '', offset) : Number.MAX_VALUE)
    if (text && !isTextUnclosed) return false
    if (name === 'task') return unwind(isInTask ? taskDepth : stack[0]?.name === 'tasks' ? 1 : 0, offset)
    if (isInTask && ELEMENTS.has(name)) return unwind(taskDepth + 1, offset)
    return SECTIONS.has(name) && unwind(0, offset)
  }

  const closeNamed = (tag: Tag, start: number): boolean => {
    const depth = stack.findLastIndex((block) => block.name === tag.name)
    const text = leaf()
    if (depth === -1) {
      const isStray = !text && (tag.name === 'task' || SECTIONS.has(tag.name) || ELEMENTS.has(tag.name))
      if (isStray) warn('tag-unopened', `</${tag.name}> closes nothing.`, start, 'Remove it, or open the element before it.')
      return isStray
    }
    unwind(depth + 1, start)
    close(start, tag.end, true)
    return true
  }

  const scanLine = (at: number, end: number) => {
    let pos = at
    while (pos < end) {
      while (pos < end && (source[pos] === ' ' || source[pos] === '\t')) pos++
      const tag = source[pos] === '<' ? tagAt(source, pos, end) : null
      if (tag?.isClosing && closeNamed(tag, pos)) {
        pos = tag.end
        continue
      }
      if (tag && !tag.isClosing && mayOpen(tag.name, pos)) {
        stack.push({ name: tag.name, attributes: tag.attributes, start: pos, contentStart: tag.end, children: [] })
        pos = tag.end
      } else if (!leaf()) return
      const text = leaf()
      if (!text) continue
      const closeAt = closeOnLine(source, text.name, pos, end)
      if (closeAt === -1) return
      pos = closeAt + text.name.length + 3
      close(closeAt, pos, true)
    }
  }

  let bodyEnd = source.length
  const firstLine = from >= source.length ? lines.count : lines.lineAt(from)
  const fences = findFences(lines, firstLine)
  for (let line = firstLine; line < lines.count; line++) {
    const start = lines.start(line)
    if (!leaf() && isDocumentStart(lines, line)) {
      warn('second-document', 'Another plan document begins here.', start, 'Keep one plan per file; what follows is not read.')
      bodyEnd = start
      break
    }
    const fence = fences.get(line)
    if (!fence) scanLine(start, lines.end(line))
    else if (fence.closer !== -1) line = fence.closer
    else {
      warn('fence-unclosed', 'This code fence is never closed.', start, 'Close it with a line of its own marks.')
      while (line + 1 < lines.count && !closesOneOf(lines.text(line + 1), stack)) line++
    }
  }
  unwind(0, bodyEnd)
  return { blocks, diagnostics }
}

/** A closing tag alone on its line also ends a fence that was left open. */
function closesOneOf(line: string, stack: readonly OpenBlock[]): boolean {
  const name = /^\s*<\/([a-z_-]+)>\s*$/.exec(line.slice(0, 200))?.[1]
  return stack.some((block) => block.name === name)
}

function isDocumentStart(lines: SourceLines, line: number): boolean {
  return lines.text(line).trimEnd() === '---' && line + 1 < lines.count && /^(?:phase|plan):\s/.test(lines.text(line + 1))
}
