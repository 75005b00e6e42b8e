/** From a task's blocks to its typed parts: files, commands, checklists, prose. */
import { decodeEntities, unescapeTags } from './escape-tags.ts'
import { checklist, pathList } from './list-text.ts'
import type { Block, Task, Verify } from './plan.ts'

export function readTask(source: string, block: Block): Task {
  const elements: Record<string, string> = {}
  for (const child of block.children) {
    const raw = trimBlock(source.slice(child.content.start, child.content.end))
    const text = child.name === 'verify' ? raw : unescapeTags(raw)
    Object.defineProperty(elements, child.name, {
      value: Object.hasOwn(elements, child.name) ? `${elements[child.name]}\n\n${text}` : text,
      enumerable: true,
      configurable: true,
    })
  }
  const text = (name: string) => (Object.hasOwn(elements, name) ? (elements[name] as string) : '')
  const verify = block.children.find((child) => child.name === 'verify')
  return {
    block,
    type: block.attributes.type ?? 'auto',
    name: (text('name') || block.attributes.name || block.attributes.title || '').trim(),
    files: pathList(text('files')),
    readFirst: pathList(text('read_first')),
    action: text('action') || text('implementation'),
    verify: verify ? readVerify(text('verify'), verify.line) : null,
    acceptanceCriteria: checklist(text('acceptance_criteria')),
    behavior: text('behavior'),
    done: text('done'),
    line: block.line,
    elements,
  }
}

const AUTOMATED = '<automated>'
const AUTOMATED_END = '</automated>'

function readVerify(text: string, line: number): Verify {
  const automated: string[] = []
  let prose = ''
  let at = 0
  for (;;) {
    const open = text.indexOf(AUTOMATED, at)
    if (open === -1) break
    prose += text.slice(at, open)
    const close = text.indexOf(AUTOMATED_END, open)
    const command = trimBlock(text.slice(open + AUTOMATED.length, close === -1 ? text.length : close))
    if (command.trim()) automated.push(decodeEntities(withoutFence(command)))
    at = close === -1 ? text.length : close + AUTOMATED_END.length
  }
  return { automated, prose: unescapeTags((prose + text.slice(at)).trim()), line }
}

/** A command that stands in a code fence of its own. */
const withoutFence = (command: string) => /^(`{3,})\w*\n([\s\S]*?)\n\s*\1$/.exec(command)?.[2] ?? command

/** Without the blank lines around it and the indent that all its lines share. */
export function trimBlock(text: string): string {
  const lines = text
    .replace(/^[ \t]*\r?\n/, '')
    .trimEnd()
    .split(/\r?\n/)
  const indents = lines.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  const shared = indents.length ? Math.min(...indents.slice(0, 10_000)) : 0
  return lines.length === 1
    ? text.trim()
    : lines
        .map((line) => line.slice(Math.min(shared, /^[ \t]*/.exec(line)?.[0].length ?? 0)))
        .join('\n')
        .trim()
}
