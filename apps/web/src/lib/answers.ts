/** What a person chose and wrote for a question, as the answer that is sent. */
import type { Answer, Question } from '@slipway/domain'

/** Undefined until something was touched: then the defaults are marked. */
export type Chosen = readonly string[] | undefined

export const valuesOf = (question: Question, chosen: Chosen): readonly string[] => chosen ?? question.defaults

/** One choice replaces the last; several are switched on and off. */
export function toggle(question: Question, chosen: Chosen, value: string): readonly string[] {
  if (!question.isMultiple) return [value]
  const before = valuesOf(question, chosen)
  return before.includes(value) ? before.filter((one) => one !== value) : [...before, value]
}

/** Own words stand in place of an untouched default where only one value can hold; else they are added. */
export function answerOf(question: Question, chosen: Chosen, ownWords: string): Answer {
  const own = ownWords.trim()
  if (!own) return { questionId: question.id, values: [...valuesOf(question, chosen)] }
  const others = question.isMultiple ? valuesOf(question, chosen) : []
  return { questionId: question.id, values: [...others, own] }
}
