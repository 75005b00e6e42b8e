/** The commands that prove a task: those marked as automated, else what reads like commands in its verify text. */
import type { Task } from './plan.ts'

const PROGRAMS =
  /^(?:\$\s+)?(?:[A-Z_][A-Z0-9_]*=\S+\s+)*(?:npm|npx|pnpm|yarn|bun|bunx|node|deno|tsc|vitest|jest|eslint|biome|playwright|prisma|drizzle-kit|git|grep|rg|egrep|ls|cat|test|head|tail|wc|find|diff|curl|wget|python3?|pip|pytest|uv|ruff|mypy|poetry|go|cargo|rustc|swift|xcodebuild|make|cmake|gradle|\.\/gradlew|mvn|dotnet|java|ruby|bundle|rails|php|composer|docker|kubectl|psql|sqlite3|supabase|cd|bash|sh|echo|jq|sed|awk|for|if|source|set|export|timeout|powershell|pwsh|flutter|dart|elixir|mix|svelte-check|turbo|nx|\[\[?|\.{0,2}\/[\w./-]+)(?:\s|$)/

/**
 * Prose counts line by line: a fenced shell block, a line that starts with a known program, or such a line in backticks.
 * Comments and expectations (`# must be 0`) stay part of their line.
 */
export function commandsOf(task: Task): readonly string[] {
  if (!task.verify) return []
  if (task.verify.automated.length) return task.verify.automated.filter((command) => !/^\s*MISSING\b/.test(command))
  const commands: string[] = []
  let fence = ''
  for (const line of task.verify.prose.split(/\r?\n/)) {
    const mark = /^\s*(`{3,})\s*(\w*)/.exec(line)
    if (mark) {
      fence = fence ? '' : mark[2] || 'text'
      continue
    }
    const text = line
      .trim()
      .replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/i, '')
      .replace(/^Run:?\s+(?=`)/i, '')
    const inline = /^`([^`]+)`/.exec(text)?.[1]
    const candidate = inline ?? text
    if (PROGRAMS.test(candidate) && !isSentence(candidate, inline !== undefined || fence !== ''))
      commands.push(candidate.replace(/^\$\s+/, ''))
  }
  return commands
}

/** `find the button and click it` begins like a command, and is none. */
function isSentence(text: string, isCode: boolean): boolean {
  if (isCode) return false
  return /^(?:find|test|make|go|set|if|for|head|cat|source|export|node|echo)\s+(?:the|a|an|that|all|each|is|are|to|it|sure|through|up|there|you|any)\b/i.test(
    text,
  )
}
