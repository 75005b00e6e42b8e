/** How findings, verdicts and evidence are said in a terminal. Text of plans and trees is foreign: it moves no cursor. */
import type { CheckResult, CheckStatus, Diagnostic, Evidence, PlanVerdict } from '@slipway/plan'
import type { Mark, Terminal } from '../terminal.ts'

const STATUS_MARK: Record<CheckStatus, Mark> = { satisfied: 'pass', violated: 'fail', undecided: 'need' }
export const VERDICT_MARK: Record<PlanVerdict['verdict'], Mark> = { satisfied: 'pass', violated: 'fail', unverifiable: 'need' }

/** On one line, without control characters. */
export const oneLine = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()

/** `file:line:column code`, the message, and what to do about it. */
export function sayFinding(terminal: Terminal, path: string, finding: Diagnostic): void {
  terminal.say(
    `${oneLine(path)}:${finding.line}:${finding.column}  ${finding.code}  ${oneLine(finding.message)}`,
    finding.severity === 'error' ? 'fail' : 'need',
  )
  if (finding.hint) terminal.say(`    ${oneLine(finding.hint)}`)
}

/** The plan's verdict, then its checks with their evidence: all, or only those that are not satisfied. */
export function sayVerdict(terminal: Terminal, name: string, { verdict, checks }: PlanVerdict, isWhole: boolean): void {
  const counts = (['satisfied', 'violated', 'undecided'] as const)
    .map((status) => [status, checks.filter((check) => check.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`)
  terminal.say(`${oneLine(name)}  ${verdict}${counts.length ? ` (${counts.join(', ')})` : ''}`, VERDICT_MARK[verdict])
  for (const check of checks) if (isWhole || check.status === 'violated') sayCheck(terminal, check)
}

function sayCheck(terminal: Terminal, check: CheckResult): void {
  terminal.write('  ')
  terminal.say(`${check.kind}: ${oneLine(check.what)}  (plan line ${check.line})`, STATUS_MARK[check.status])
  for (const evidence of check.evidence) terminal.say(`      ${placeOf(evidence)}[${evidence.rule}] ${oneLine(evidence.text)}`)
}

function placeOf({ file, lines }: Evidence): string {
  if (!file) return ''
  const range = lines ? `:${lines[0]}${lines[1] === lines[0] ? '' : `-${lines[1]}`}` : ''
  return `${oneLine(file)}${range}  `
}
