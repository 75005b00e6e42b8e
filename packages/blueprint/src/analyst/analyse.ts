/** The first look at an idea, and the same look again with answers. */
import { type Answer, Brief, QUESTIONS_MAX, type Question } from '@slipway/domain'
import { type Understanding, understand } from './brief.ts'
import { type Lexicon, readLexicon } from './lexicon/lexicon.ts'
import { type Topic, topicsOf } from './questions.ts'

export interface Analysis {
  readonly brief: Brief
  readonly questions: readonly Question[]
}

/**
 * Pure and repeatable; any text gives a brief.
 * @returns a brief that is complete with the defaults taken, and at most five questions
 */
export function analyse(idea: string): Analysis {
  return applyAnswers(idea, [])
}

/**
 * @param answers of all rounds so far; no values means that the default was taken
 * @returns the questions that are still open: never one that was answered, in whatever words
 */
export function applyAnswers(idea: string, answers: readonly Answer[]): Analysis {
  const lexicon = readLexicon()
  const understanding = understand(idea, lexicon)
  const brief = answered(idea, understanding, answers, lexicon)
  return { brief, questions: openQuestions(idea, understanding, brief, new Set(answers.map((answer) => answer.questionId)), lexicon) }
}

/** The brief with the answers worked in; the last answer to a topic counts. */
export function answered(idea: string, understanding: Understanding, answers: readonly Answer[], lexicon: Lexicon): Brief {
  const last = new Map(answers.map((answer) => [answer.questionId, answer.values]))
  let brief = understanding.brief
  // Things come first: which stages can be asked about depends on them.
  const first = topicsOf(idea, understanding, brief, lexicon)
  for (const id of ['things', 'who', 'stages', 'look', 'currency', 'opening']) {
    const values = last.get(id)
    if (!values?.length) continue
    const isIt = ({ question }: Topic) => question.id === id
    const topic = topicsOf(idea, understanding, brief, lexicon).find(isIt) ?? first.find(isIt)
    if (topic) brief = topic.apply(brief, values)
  }
  return Brief.parse(brief)
}

/** At most as many questions as one round may hold, over all rounds: a topic outside the first five is never asked. */
export function openQuestions(
  idea: string,
  understanding: Understanding,
  brief: Brief,
  done: ReadonlySet<string>,
  lexicon: Lexicon,
): Question[] {
  const first = topicsOf(idea, understanding, understanding.brief, lexicon)
    .slice(0, QUESTIONS_MAX)
    .map(({ question }) => question.id)
  return topicsOf(idea, understanding, brief, lexicon)
    .map(({ question }) => question)
    .filter((question) => first.includes(question.id) && !done.has(question.id))
}

/** What the project is called in lists and headings. */
export const titleOf = (brief: Brief): string => brief.name
