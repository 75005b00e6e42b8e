/** Reads a plan document: any text gives a plan, and everything odd about it a diagnostic. */
import type { Diagnostic } from './diagnostic.ts'
import { readFrontMatter } from './front-matter.ts'
import type { Block, Plan, Task } from './plan.ts'
import { readTask } from './read-task.ts'
import { scanBody } from './scan-body.ts'
import { sourceLines } from './source-lines.ts'

/** Never throws; linear time. Diagnostics come in source order. Errors mean that a part could not be read at all. */
export function parsePlan(source: string): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const lines = sourceLines(source)
  const front = readFrontMatter(source, lines)
  const body = scanBody(source, lines, front.bodyStart)
  const tasks: Task[] = []
  const sections: Block[] = []
  for (const block of body.blocks) {
    if (block.name === 'task' || block.name === 'feature') tasks.push(readTask(source, block))
    else sections.push(block)
    if (block.name === 'tasks') {
      for (const child of block.children) if (child.name === 'task' || child.name === 'feature') tasks.push(readTask(source, child))
    }
  }
  const diagnostics = [...front.diagnostics, ...body.diagnostics]
  const lone = tasks[0]
  if (lone && !sections.some((section) => section.name === 'tasks') && lone.block.name === 'task') {
    const hint = 'Put all tasks between <tasks> and </tasks>.'
    diagnostics.push({
      severity: 'warning',
      code: 'tasks-unwrapped',
      message: 'Tasks stand outside of <tasks>.',
      line: lone.line,
      column: 1,
      hint,
    })
  }
  diagnostics.sort((a, b) => a.line - b.line || a.column - b.column)
  return { plan: { source, frontMatter: front.frontMatter, sections, tasks }, diagnostics }
}
