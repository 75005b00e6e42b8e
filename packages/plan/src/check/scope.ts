/** Words in an action that quietly make the task smaller than what was asked for. */
import type { PlanFinding, Rule } from './rule.ts'

const WORDS =
  /\b(static for now|for now|stub(?:s|bed)?(?: out)?|placeholders?|hard-?coded?|dummy (?:data|values?)|mock(?:ed)? data|fake data|simplified version|in a later (?:phase|plan)|will be (?:wired|implemented|added|connected) later|not (?:yet )?wired|coming soon|skip for now)\b/gi
/** The same words, but about removing them, forbidding them, or about an input's placeholder. */
const INNOCENT =
  /\b(?:no|not|never|without|avoid|remove|replace[sd]?|replacing|instead of|rather than|delete|don'?t|do not|isn'?t|zero|existing|current|old)\b[^.;\n]{0,60}$/i

export const checkScope: Rule = ({ plans }) =>
  plans.flatMap(({ name, plan }) =>
    plan.tasks.flatMap((task): PlanFinding[] => {
      const block = task.block.children.find((child) => child.name === 'action')
      const prose = withoutCode(task.action)
      const words = new Set<string>()
      for (const match of prose.matchAll(WORDS)) {
        const before = prose.slice(Math.max(0, match.index - 80), match.index)
        const after = prose.slice(match.index + match[0].length, match.index + match[0].length + 24)
        if (INNOCENT.test(before) || (/^placeholder/i.test(match[0]) && /^\s*(?:text|attribute|prop|:|=|"|'|color)/i.test(after))) continue
        words.add(match[0].toLowerCase())
      }
      if (words.size === 0) return []
      const message = `The action of "${task.name}" reduces its scope: ${[...words].map((word) => `"${word}"`).join(', ')}.`
      const hint = 'Say what the finished thing does, or make the smaller scope a decision of its own.'
      return [{ plan: name, severity: 'warning', code: 'scope-reduced', message, line: block?.line ?? task.line, column: 1, hint }]
    }),
  )

/** Fenced blocks and inline code are quotations; they keep their length so that places stay right. */
function withoutCode(markdown: string): string {
  let isFenced = false
  return markdown
    .split('\n')
    .map((line) => {
      if (/^\s*(?:```|~~~)/.test(line)) {
        isFenced = !isFenced
        return ''
      }
      return isFenced ? '' : line.replaceAll(/`[^`]*`/g, (code) => ' '.repeat(code.length))
    })
    .join('\n')
}
