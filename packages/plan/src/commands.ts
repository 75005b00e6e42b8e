/** The commands that prove a task: those marked as automated, else what reads like commands in its verify text. */
import type { Task } from './plan.ts'

const PROGRAMS =
  /^(?:\$\s+)?(?:[A-Z_][A-Z0-9_]*=\S+\s+)*(?:npm|npx|pnpm|yarn|bun|bunx|node|deno|tsc|vitest|jest|eslint|biome|playwright|prisma|drizzle-kit|git|grep|rg|egrep|ls|cat|test|head|tail|wc|find|diff|curl|wget|python3?|pip|pytest|uv|ruff|mypy|poetry|go|cargo|rustc|swift|xcodebuild|make|cmake|gradle|\.\/gradlew|mvn|dotnet|java|ruby|bundle|rails|php|composer|docker|kubectl|psql|sqlite3|supabase|cd|bash|sh|echo|jq|sed|awk|for|if|source|set|export|timeout|powershell|pwsh|flutter|dart|elixir|mix|svelte-check|turbo|nx|\[\[?|\.{0,2}\/[\w./-]+)(?:\s|$)/

/** What runs until it is stopped proves nothing. */
const ENDLESS = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:dev|start|serve|watch)\b|^(?:vite|next dev|tail -f)\b|--watch\s*$/
const SHELLS = new Set(['', 'bash', 'sh', 'shell', 'zsh', 'console', 'text'])

/**
 * Prose counts line by line: lines of a fenced shell block, code in backticks that begins with a known program, or a line that
 * does. What a line says about its command (`npm test passes`) is cut off.
 */
export function commandsOf(task: Task): readonly string[] {
  if (!task.verify) return []
  if (task.verify.automated.length) return task.verify.automated.filter((command) => !/^\s*MISSING\b/.test(command))
  const commands: string[] = []
  let fence: string | null = null
  for (const line of task.verify.prose.split(/\r?\n/)) {
    const mark = /^\s*`{3,}\s*(\w*)/.exec(line)
    if (mark) {
      fence = fence === null ? (mark[1] as string).toLowerCase() : null
      continue
    }
    if (fence !== null) {
      const text = line.trim()
      if (SHELLS.has(fence) && isCommand(text)) commands.push(text)
    } else commands.push(...commandsIn(line))
  }
  return commands.map((command) => command.replace(/^\$\s+/, '')).filter((command) => !ENDLESS.test(command))
}

const isCommand = (text: string) => PROGRAMS.test(text)

function commandsIn(line: string): string[] {
  const quoted = [...line.matchAll(/`([^`]+)`/g)]
    .map((match) => (match[1] as string).trim())
    .filter((code) => isCommand(code) && /\s/.test(code))
  if (quoted.length) return quoted
  const text = line.trim().replace(/^(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/i, '')
  if (!isCommand(text) || text.startsWith('`') || isSentence(text)) return []
  return [
    text.replace(
      /\s+(?:passes|pass|succeeds|works|completes|compiles|shows|returns|reports|prints|exits|runs|should|must|without|with no|has no|→|->|—|–)(?:\s.*)?$/,
      '',
    ),
  ]
}

/** `find the button and click it` begins like a command, and is none. */
function isSentence(text: string): boolean {
  return /^(?:find|test|make|go|set|if|for|head|cat|source|export|node|echo)\s+(?:the|a|an|that|all|each|is|are|to|it|sure|through|up|there|you|any)\b/i.test(
    text,
  )
}
