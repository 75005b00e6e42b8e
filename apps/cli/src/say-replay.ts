/** A replay in words and columns, for people. */
import { type PromptTokens, RECORDED_STAGES, type RecordedStage, type ReplayedAgent, type ReplayReport } from '@slipway/domain'
import type { Terminal } from './terminal.ts'

const HEADS = [
  'agent',
  'exchanges',
  'same',
  'other output',
  'different',
  'not recorded',
  'not asked',
  'tokens then',
  'now',
  'cacheable then',
  'now',
]

export function tellReplay(terminal: Terminal, report: ReplayReport): void {
  const { title, recordedBy, replayedBy, agents, recorded, replayed } = report
  terminal.say(
    `"${title}", recorded by Slipway ${recordedBy.version} (${recordedBy.steps}), replayed by ${replayedBy.version} (${replayedBy.steps}).`,
  )
  if (agents.length === 0) terminal.say('No model was asked, then or now.')
  else for (const line of columns([HEADS, ...agents.map(rowOf)])) terminal.say(line)
  for (const { firstDifference } of agents) if (firstDifference) terminal.say(firstDifference, 'need')
  for (const stage of RECORDED_STAGES) {
    const [then, now] = [recorded.stages[stage], replayed.stages[stage]]
    if (then === null && now === null) continue
    if (then === now) terminal.say(`${STAGE_WORDS[stage]}  ${short(now)}`, 'pass')
    else terminal.say(`${STAGE_WORDS[stage]}  ${short(now)}, recorded was ${short(then)}`, 'fail')
  }
  if (report.stoppedAt) terminal.say(report.stoppedAt, 'fail')
  terminal.say(verdictOf(report), report.isPassed ? 'pass' : 'fail')
}

const STAGE_WORDS: Record<RecordedStage, string> = {
  brief: 'the brief  ',
  spec: 'the spec   ',
  plan: 'the plans  ',
  backlog: 'the backlog',
  code: 'the tree   ',
}

function verdictOf(report: ReplayReport): string {
  const different = report.agents.reduce((sum, agent) => sum + agent.different, 0)
  const took = `${Math.round(report.durationMs / 1_000)} s`
  if (report.stoppedAt) return `It did not come to its end (${took}).`
  if (!report.isSameTree) {
    const { recorded, replayed } = report
    const where = recorded.status === replayed.status ? 'another tree' : `"${replayed.status}" instead of "${recorded.status}"`
    return `It ended in ${where} (${took}).`
  }
  if (!report.isPassed) return `The same tree, but ${different} exchanges ask something else: --prompts-may-differ judges that (${took}).`
  const fresh = report.agents.reduce((sum, { unrecorded }) => sum + unrecorded, 0)
  const told = [
    ...(different ? [`${different} exchanges that ask something else`] : []),
    ...(fresh ? [`${fresh} that have no answer in the recording`] : []),
  ]
  return `The same tree${told.length ? `, with ${told.join(' and ')}` : ''} (${took}).`
}

const short = (hash: string | null | undefined) => hash?.slice(0, 16) ?? 'nothing'

function rowOf({ agent, exchanges, same, otherOutput, different, unrecorded, unasked, tokens }: ReplayedAgent): string[] {
  const counts = [exchanges, same, otherOutput, different, unrecorded, unasked].map(String)
  const { recorded, now } = tokens
  return [agent, ...counts, recorded ? String(recorded.input) : '?', String(now.input), recorded ? share(recorded) : '?', share(now)]
}

const share = ({ input, cacheable }: PromptTokens) => (input === 0 ? '-' : `${Math.round((cacheable / input) * 100)} %`)

/** The first to the left, the rest to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
