/** Edits a plan document in place: one field or task changes, every other line stays as it was. */
import { stringify } from 'yaml'
import { parsePlan } from './parse.ts'
import type { Plan, Span } from './plan.ts'
import { sourceLines } from './source-lines.ts'

/** Replaces a part of a source; an empty span inserts. */
export interface TextEdit extends Span {
  readonly text: string
}

/** Edits may come in any order; of two that overlap the first one given wins. */
export function applyEdits(plan: Plan, edits: readonly TextEdit[]): Plan {
  const kept: TextEdit[] = []
  for (const edit of edits) if (!kept.some((other) => edit.start < other.end && other.start < edit.end)) kept.push(edit)
  kept.sort((a, b) => a.start - b.start)
  let text = ''
  let at = 0
  for (const edit of kept) {
    text += plan.source.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return parsePlan(text + plan.source.slice(at)).plan
}

/** Sets a field of the front matter to plain data; a field that is not there yet is added as the last one. */
export function fieldEdit(plan: Plan, key: string, value: unknown): TextEdit {
  const { source, frontMatter } = plan
  const lines = sourceLines(source)
  const eol = source.includes('\r\n') ? '\r\n' : '\n'
  const text = stringify({ [key]: value }, { lineWidth: 0, aliasDuplicateObjects: false }).replaceAll('\n', eol)
  const field = frontMatter.fields.findLast((candidate) => candidate.key === key)
  if (field) {
    let last = field.lastLine
    while (last > field.firstLine && /^\s*(?:#.*)?$/.test(lines.text(last - 1))) last--
    const start = lines.start(field.firstLine - 1)
    const end = lines.end(last - 1)
    const isOneLine = text.trimEnd().split('\n').length === 1 && last === field.firstLine
    const remark = isOneLine ? (/\s+#.*$/.exec(source.slice(start, end))?.[0] ?? '') : ''
    return { start, end, text: text.trimEnd() + remark }
  }
  if (frontMatter.fences) {
    const at = frontMatter.fences.close <= lines.count ? lines.start(frontMatter.fences.close - 1) : source.length
    return { start: at, end: at, text }
  }
  return { start: 0, end: 0, text: `---${eol}${text}---${eol}${eol}` }
}

export const setField = (plan: Plan, key: string, value: unknown): Plan => applyEdits(plan, [fieldEdit(plan, key, value)])

/**
 * Sets an element of the task at an index: its text is replaced as it stands, or a new element is put before `</task>`.
 * @throws RangeError when the plan has no such task
 */
export function setTaskElement(plan: Plan, taskIndex: number, name: string, text: string): Plan {
  const task = plan.tasks[taskIndex]
  if (!task) throw new RangeError(`The plan has ${plan.tasks.length} tasks; there is no task ${taskIndex}.`)
  const element = task.block.children.find((child) => child.name === name)
  if (element) return applyEdits(plan, [{ ...element.content, text }])
  const at = plan.source.lastIndexOf('\n', task.block.content.end - 1) + 1 || task.block.content.end
  const place = at > task.block.content.start ? at : task.block.content.end
  return applyEdits(plan, [{ start: place, end: place, text: `<${name}>${text}</${name}>\n` }])
}
