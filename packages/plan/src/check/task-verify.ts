/** A task that no command can prove is an error: its success would be a matter of opinion. */
import { commandsOf } from '../commands.ts'
import type { PlanFinding, Rule } from './rule.ts'

export const checkTaskVerify: Rule = ({ plans }) =>
  plans.flatMap(({ name, plan }) =>
    plan.tasks.flatMap((task, index): PlanFinding[] => {
      if (task.type.startsWith('checkpoint')) return []
      const label = task.name || `task ${index + 1}`
      const place = { plan: name, line: task.verify?.line ?? task.line, column: 1 }
      const hint = 'Put a command that fails until the task is done between <automated> and </automated>.'
      const commands = commandsOf(task)
      if (commands.length === 0) {
        const isFeature = task.block.name === 'feature'
        const message = task.verify ? `"${label}" has a verify, but no command in it that can be run.` : `"${label}" has no verify.`
        return [{ ...place, severity: isFeature ? 'warning' : 'error', code: 'verify-not-runnable', message, hint }]
      }
      return commands.flatMap((command) =>
        maskingOf(command).map((why): PlanFinding => {
          const message = `"${label}": the command cannot fail, because ${why}.`
          return {
            ...place,
            severity: 'warning',
            code: 'verify-masked',
            message,
            hint: 'Let the exit code of the check be the exit code of the command.',
          }
        }),
      )
    }),
  )

function maskingOf(command: string): string[] {
  const text = command.trim()
  return [
    /\|\s*(?:tail|head)\b[^|&;]*$/.test(text) && !/pipefail/.test(text) ? 'its output is piped into head or tail' : '',
    /\|\|\s*(?:true|echo\b[^|&;]*|:)\s*$/.test(text) ? 'its failure is swallowed at the end' : '',
    /(?:--watch(?!All=false)\b(?!=false))/.test(text) ? 'it watches and never ends' : '',
  ].filter(Boolean)
}
