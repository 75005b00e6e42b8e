/** Money in words: what is unknown is never shown as nothing. */
import type { AvailableModel, ChargeSum, EstimateRange, FeatureMoney, LedgerRow, ModelRole } from '@slipway/domain'
import type { Tone } from './words.ts'

const MICROS = 1_000_000

/** "$0", "under $0.01", "$0.42", "$1,204". */
export function sayMicros(micros: number): string {
  if (micros === 0) return '$0'
  const dollars = micros / MICROS
  if (dollars < 0.01) return 'under $0.01'
  const digits = dollars < 100 ? 2 : 0
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** "$0.05 to $0.31", or one amount where both ends read the same. */
export function sayRange({ low, high }: EstimateRange, say: (value: number) => string): string {
  const [from, to] = [say(low), say(high)]
  return from === to ? to : `${from} to ${to}`
}

/** "812", "12.3 k", "1.24 M": tokens, as short as a column. */
export function sayTokens(tokens: number): string {
  const count = Math.round(tokens)
  if (count < 1_000) return String(count)
  if (count < 999_950) return `${(count / 1_000).toFixed(count < 99_950 ? 1 : 0)} k`
  return `${(count / MICROS).toFixed(2)} M`
}

/** What a sum of calls cost; calls of unknown price make it a lower bound. */
export function saySum({ micros, unpricedCalls, calls }: ChargeSum): string {
  if (calls > 0 && unpricedCalls === calls) return 'price unknown'
  return unpricedCalls > 0 ? `${sayMicros(micros)} and more` : sayMicros(micros)
}

/** "$3 in, $15 out" per million tokens. */
export function sayPrice(price: AvailableModel['price']): string {
  if (!price) return 'unknown'
  if (price.input === 0 && price.output === 0) return 'free'
  return `$${price.input} in, $${price.output} out`
}

/** Micro-dollars of what a person typed (`2`, `2.50`, `$2.50`); null for nothing, undefined for what is no amount. */
export function microsOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(/^\$/, '').replace(',', '.')
  if (text === '') return null
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * MICROS) : undefined
}

/** `2500000` as `2.50`: what `microsOf` reads back. */
export function typedMicros(micros: number | null): string {
  if (micros === null) return ''
  const dollars = micros / MICROS
  return Number.isInteger(dollars * 100) ? dollars.toFixed(2) : String(dollars)
}

export const ROLE_WORDS: Record<ModelRole, { name: string; does: string }> = {
  analyst: { name: 'Analyst', does: 'asks what is open and writes the brief' },
  writer: { name: 'Writer', does: 'writes spec, plans and backlog, and names the parts of a Figma page' },
  planner: { name: 'Planner', does: 'thinks a task through before it is coded' },
  coder: { name: 'Coder', does: 'writes code and tests; most of the money goes here' },
  reviewer: { name: 'Reviewer', does: 'reads what the coder did; best another model than that' },
}

const AGENT_WORDS: Readonly<Record<string, string>> = {
  'business-analyst': 'Analyst',
  'write-spec': 'Spec',
  'name-app': 'Title',
  'refine-names': 'Names',
  'write-plan': 'Plans',
  'analyze-cards': 'Cards',
  'write-epics': 'Epics',
  'write-stories': 'Stories',
  'write-subtasks': 'Subtasks',
  'write-tests': 'Tests',
}

/** An agent's own name, readable, where it has no word of ours. */
export function sayAgent(agent: string): string {
  const words = AGENT_WORDS[agent] ?? agent.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const RESULT_WORDS: Record<LedgerRow['result'], { tone: Tone; text: string }> = {
  reply: { tone: 'pass', text: 'answered' },
  aborted: { tone: 'idle', text: 'stopped' },
  http: { tone: 'fail', text: 'refused for now' },
  cut: { tone: 'fail', text: 'cut off' },
  truncated: { tone: 'fail', text: 'broken off' },
  stall: { tone: 'fail', text: 'fell silent' },
  unreachable: { tone: 'fail', text: 'not reached' },
  'key-refused': { tone: 'fail', text: 'key refused' },
  'credit-empty': { tone: 'fail', text: 'no credit' },
  'request-refused': { tone: 'fail', text: 'request refused' },
}

/** What the next approval starts. */
export const STAGE_WORDS: Record<FeatureMoney['estimates'][number]['stage'], string> = {
  spec: 'The spec',
  backlog: 'The backlog',
  plan: 'The plan',
  code: 'The build',
  'revise-spec': 'A change of the spec',
  'revise-plan': 'A change of the plan',
}

/** `$0.10 to $0.40`, or in tokens where no price is known. */
export const sayEstimate = ({ micros, tokens }: Pick<FeatureMoney['estimates'][number], 'micros' | 'tokens'>): string =>
  micros ? sayRange(micros, sayMicros) : `${sayRange(tokens, sayTokens)} tokens`

export const OUTCOME_WORDS: Record<LedgerRow['outcome'], { name: string; means: string }> = {
  useful: { name: 'Useful', means: 'helped at the first try' },
  retried: { name: 'Retried', means: 'helped at a later try' },
  wasted: { name: 'Wasted', means: 'helped nobody: cut off, or the answer was rejected' },
}
