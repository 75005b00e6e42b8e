/** What the analyst says next in the chat, and what the owner's free words change in the brief. */
import type { Answer, Brief, ChatMessage, Question } from '@slipway/domain'
import { answered, openQuestions } from './analyse.ts'
import { signInAssumption, understand } from './brief.ts'
import { editBrief } from './edit-brief.ts'
import { readLexicon } from './lexicon/lexicon.ts'
import { LIMITS } from './limits.ts'
import { inSentence, listed } from './words.ts'

export interface Reply {
  readonly brief: Brief
  readonly questions: readonly Question[]
  /** Plain text, a few sentences. */
  readonly message: string
}

type Said = Pick<ChatMessage, 'role' | 'content' | 'answers'>

/**
 * Pure: the whole conversation is read again each time.
 * @param history in order, without or with the message that holds the idea itself
 */
export function reply(idea: string, history: readonly Said[]): Reply {
  const lexicon = readLexicon()
  const understanding = understand(idea, lexicon)
  const mine = history.filter((message) => message.role === 'user')
  const answers: Answer[] = []
  const texts: string[] = []
  const done = new Set<string>()
  let before: Brief = understanding.brief
  let brief: Brief = understanding.brief
  let isHeard = true
  for (const message of mine) {
    before = brief
    answers.push(...message.answers)
    for (const answer of message.answers) done.add(answer.questionId)
    const text = message.content.trim()
    if (text && text !== idea.trim() && !isEcho(text, message.answers)) texts.push(text)
    brief = answered(idea, understanding, answers, lexicon)
    isHeard = message.answers.length > 0 || text === idea.trim() || !text
    for (const [index, said] of texts.entries()) {
      const edit = editBrief(brief, said, idea, understanding, lexicon)
      brief = edit.brief
      for (const topic of edit.topics) done.add(topic)
      if (index === texts.length - 1 && said === text) isHeard ||= edit.isHeard
    }
  }
  const questions = openQuestions(idea, understanding, brief, done, lexicon)
  const changes = changesBetween(before, brief)
  const isFirst = mine.every(
    (message) => message.answers.length === 0 && (!message.content.trim() || message.content.trim() === idea.trim()),
  )
  const opening = isFirst
    ? summaryOf(brief)
    : changes.length
      ? changes.join(' ')
      : isHeard
        ? 'Noted.'
        : 'I could not turn that into a change. Tell me what to add or leave out, what to call it, or which colours you want.'
  return { brief, questions, message: `${opening} ${endingFor(questions, isFirst)}` }
}

/** The chat may repeat chosen options as text; that is no second wish. */
const isEcho = (text: string, answers: readonly Answer[]) =>
  answers.some(
    (answer) =>
      answer.values.join(', ').toLowerCase() === text.toLowerCase() ||
      answer.values.some((value) => value.toLowerCase() === text.toLowerCase()),
  )

function summaryOf(brief: Brief): string {
  const limits = LIMITS.filter((limit) => brief.outOfScope.includes(limit.note)).map((limit) => inSentence(limit.title))
  return [
    `${brief.name} will keep ${listed(brief.things.map(inSentence))}.`,
    signInAssumption(brief.signIn),
    ...(limits.length ? [`Not in the first version: ${listed(limits.slice(0, 4))}; the brief says why, and what there is instead.`] : []),
  ].join(' ')
}

function changesBetween(before: Brief, after: Brief): string[] {
  const come = (a: readonly string[], b: readonly string[]) => b.filter((item) => !a.includes(item))
  const things = come(before.things, after.things)
  const gone = come(after.things, before.things)
  const isOwn = (goal: string) => !goal.startsWith('Keep track of ')
  const goals = come(before.goals, after.goals).filter(isOwn)
  const goalsGone = come(after.goals, before.goals).filter(isOwn)
  const settings = come(before.assumptions, after.assumptions).filter((sentence) =>
    /^(?:Amounts|The app opens|The look)|through these stages/.test(sentence),
  )
  const isLookNew =
    (before.look.background !== after.look.background || before.look.primary !== after.look.primary) &&
    (after.look.background || after.look.primary)
  return [
    ...(before.name === after.name ? [] : [`It is called ${after.name} now.`]),
    ...(things.length ? [`${after.name} also keeps ${listed(things.map(inSentence))}.`] : []),
    ...(gone.length ? [`Left out: ${listed(gone.map(inSentence))}.`] : []),
    ...(before.signIn === after.signIn ? [] : [signInAssumption(after.signIn)]),
    ...(before.signIn === after.signIn && come(before.roles, after.roles).length ? [`Roles: ${listed(after.roles.map(inSentence))}.`] : []),
    ...(isLookNew
      ? [
          `Colours: ${listed([after.look.background ? `${after.look.background} behind` : '', after.look.primary ? `${after.look.primary} for buttons and links` : ''].filter(Boolean))}.`,
        ]
      : []),
    ...settings,
    ...(goals.length ? [`New among the goals: ${listed(goals.map((goal) => `"${inSentence(goal)}"`))}.`] : []),
    ...(goalsGone.length && !gone.length ? [`No longer a goal: ${listed(goalsGone.map((goal) => `"${inSentence(goal)}"`))}.`] : []),
    ...come(before.outOfScope, after.outOfScope).map((note) => note),
  ]
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five']

function endingFor(questions: readonly Question[], isFirst: boolean): string {
  const count = questions.length
  if (count === 0) return 'Nothing is left to ask: confirm the brief, and the spec is written.'
  const are = count === 1 ? 'question is' : 'questions are'
  return isFirst
    ? `${NUMBERS[count]} ${count === 1 ? 'question' : 'questions'} would make it fit better; skip any, and what is marked is taken.`
    : `${NUMBERS[count]} ${are} still open.`
}
