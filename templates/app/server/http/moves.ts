/** A life cycle: which value may follow which. */
import { Refusal } from './refusal'

export interface Move<Value extends string = string> {
  readonly from: Value
  readonly to: Value
  readonly label: string
  /** Roles that may take the step; everybody who may change the record when absent. */
  readonly roles?: readonly string[]
}

/**
 * The values from which a record may go to `to`.
 * @throws Refusal 409 when no step leads there
 */
export function sourcesOf<Value extends string>(moves: readonly Move<Value>[], to: Value): Value[] {
  const sources = moves.filter((move) => move.to === to).map((move) => move.from)
  if (sources.length === 0) throw new Refusal(409, 'No step leads there.')
  return sources
}
