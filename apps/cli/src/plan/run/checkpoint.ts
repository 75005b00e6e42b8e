/** What a checkpoint asks of a person, and what an answer means. */
import type { Task } from '@slipway/plan'
import type { Waiting } from './run-state.ts'

const YES = /^(?:approved?|yes|y|ok(?:ay)?|passed|pass|done|continue|lgtm)\b/i

/** Null for a task that a coder does. */
export function checkpointOf(task: Task): Waiting | null {
  if (!task.type.startsWith('checkpoint')) return null
  const kind = task.type.endsWith('decision') ? 'decision' : task.type.endsWith('action') ? 'human-action' : 'human-verify'
  const asked = ['what-built', 'decision', 'context', 'action', 'instructions', 'how-to-verify', 'verification', 'resume-signal']
  const text = [task.name, ...asked.map((name) => task.elements[name] ?? '')].filter(Boolean).join('\n\n')
  const options = [...(task.elements.options ?? '').matchAll(/<option\s[^>]*?id=["']([^"']+)["']/g)].map((match) => match[1] as string)
  return { kind, text, options }
}

/** `go on`, or what is to be changed first. A decision must be one of the options where there are any. */
export type Meaning =
  | { readonly kind: 'go-on'; readonly decision: string }
  | { readonly kind: 'change'; readonly wish: string }
  | { readonly kind: 'unclear' }

export function meaningOf(waiting: Waiting, answer: string): Meaning {
  const text = answer.trim()
  if (waiting.kind === 'decision') {
    const choice = waiting.options.length === 0 ? text : waiting.options.find((option) => option.toLowerCase() === text.toLowerCase())
    return choice ? { kind: 'go-on', decision: choice } : { kind: 'unclear' }
  }
  if (YES.test(text)) return { kind: 'go-on', decision: '' }
  return waiting.kind === 'human-action' ? { kind: 'unclear' } : { kind: 'change', wish: text }
}
