/** Numbered requirements with criteria that a machine or a person can try, each with an honest word on who delivers it. */
import type { Blueprint, Brief, Criterion, Entity, Requirement } from '@slipway/domain'
import { isAboutLook } from './colours.ts'
import { kindOfPhrase, type Lexicon } from './lexicon/lexicon.ts'
import { LIMITS, limitsOf } from './limits.ts'
import { clipped, inSentence, listed, sentencesOf, singularOf, withArticle } from './words.ts'

type Draft = Omit<Requirement, 'id'>

const REQUIREMENTS_MAX = 80

const criterion = (given: string, when: string, then: string): Criterion => ({
  given: clipped(given, 400),
  when: clipped(when, 400),
  // biome-ignore lint/suspicious/noThenProperty: Gherkin's own word, and a string is never thenable
  then: clipped(then, 400),
})

export function requirementsOf(brief: Brief, idea: string, blueprint: Blueprint, lexicon: Lexicon): Requirement[] {
  const sentences = sentencesOf(idea).filter((sentence) => !isAboutLook(sentence))
  const drafts = [
    ...blueprint.entities.flatMap((entity) => entityDrafts(entity, blueprint, sentences)),
    ...pageDrafts(blueprint, sentences),
    ...peopleDrafts(brief, blueprint, sentences),
    searchDraft(blueprint, sentences),
    lookDraft(brief, blueprint, idea),
    ...goalDrafts(brief, blueprint, idea, sentences, lexicon),
  ]
  return drafts
    .slice(0, REQUIREMENTS_MAX)
    .map((draft, index) => ({ id: `REQ-${String(index + 1).padStart(2, '0')}`, ...draft, title: clipped(draft.title, 160) }))
}

const compiled = (
  title: string,
  text: string,
  source: string,
  criteria: Criterion[],
  priority: Requirement['priority'] = 'must',
): Draft => ({
  title,
  text: clipped(text, 1_000),
  source: clipped(source, 600),
  criteria,
  priority,
  delivery: 'compiled',
})

function entityDrafts(entity: Entity, blueprint: Blueprint, sentences: readonly string[]): Draft[] {
  const one = inSentence(entity.label)
  const many = inSentence(entity.labelPlural)
  const source = sentenceOn(entity.label, sentences)
  const required = entity.fields
    .filter((field) => field.required && field.name !== entity.workflow?.field)
    .map((field) => inSentence(field.label))
  const references = entity.fields.filter((field) => field.type === 'reference')
  const others = entity.fields.filter((field) => !field.required).map((field) => inSentence(field.label))
  const drafts = [
    compiled(
      `Keep ${many}`,
      `The app keeps ${many} with ${listed([...required, ...others].slice(0, 12)) || 'their name'}. They can be added, opened, changed and deleted by those who may.`,
      source,
      [
        criterion(
          `somebody who may add ${many}`,
          `they fill in ${listed(required.slice(0, 4)) || 'the form'} and save`,
          `the ${one} is in the list, and is still there after loading the page again`,
        ),
        ...(required.length
          ? [
              criterion(
                `a form for ${withArticle(one)} without ${required[0]}`,
                'it is saved',
                `nothing is stored, and the form says what is missing`,
              ),
            ]
          : []),
        criterion(`${withArticle(one)} that exists`, 'somebody who may changes it', 'the list and its own page show the new values'),
      ],
    ),
  ]
  if (references.length) {
    const targets = references.map((field) => ({ field, target: blueprint.entities.find((other) => other.name === field.to) }))
    drafts.push(
      compiled(
        `Connect ${many} with ${listed(targets.map(({ field, target }) => inSentence(target?.labelPlural ?? field.label)))}`,
        `Every ${one} can name its ${listed(targets.map(({ field }) => inSentence(field.label)))}, chosen from the records that exist.`,
        source,
        [
          criterion(
            `${withArticle(one)} and ${withArticle(inSentence(targets[0]?.target?.label ?? 'record'))}`,
            `the ${inSentence(targets[0]?.field.label ?? 'record')} is chosen in the form`,
            'each of the two pages links to the other',
          ),
        ],
        'should',
      ),
    )
  }
  if (entity.workflow) {
    const states = entity.fields.find((field) => field.name === entity.workflow?.field)?.choices ?? []
    const label = (value: string) => inSentence(states.find((state) => state.value === value)?.label ?? value)
    const first = entity.workflow.moves[0]
    drafts.push(
      compiled(
        `Lead ${many} through their stages`,
        `${withArticle(one).replace(/^./, (letter) => letter.toUpperCase())} goes through ${listed(states.map((state) => inSentence(state.label)))}; only moves that make sense are offered.`,
        source,
        [
          ...(first
            ? [
                criterion(
                  `${withArticle(one)} that is ${label(first.from)}`,
                  `"${first.label}" is chosen`,
                  `it is ${label(first.to)} at once, in the list as well`,
                ),
              ]
            : []),
          criterion(
            `${withArticle(one)} that is ${label(states[0]?.value ?? '')}`,
            'a move is asked for that is not offered',
            'it is refused, and nothing changes',
          ),
        ],
      ),
    )
  }
  return drafts
}

function pageDrafts({ pages, entities }: Blueprint, sentences: readonly string[]): Draft[] {
  const plural = (name: string) => inSentence(entities.find((entity) => entity.name === name)?.labelPlural ?? name)
  return pages.flatMap((page): Draft[] => {
    switch (page.kind) {
      case 'dashboard':
        return [
          compiled(
            'See at a glance what matters',
            `An overview with figures, charts and what is due for ${listed(page.entities.map(plural))}.`,
            find(/\b(?:dashboard|overview|statistics|due|at a glance|analysis|report)/i, sentences),
            [
              criterion(
                'records exist',
                'the overview is opened',
                `it shows how many ${listed(page.entities.map(plural))} there are, and leads to them`,
              ),
            ],
          ),
        ]
      case 'board':
        return [
          compiled(
            `Move ${plural(page.entity)} on a board`,
            `${page.title}: a column per stage, a card per record.`,
            find(/\b(?:board|kanban|status|stage|progress)/i, sentences),
            [
              criterion(
                `${plural(page.entity)} in different stages`,
                'the board is opened',
                'each stands in the column of its stage, and can be moved on from there',
              ),
            ],
            'should',
          ),
        ]
      case 'calendar':
        return [
          compiled(
            `See ${plural(page.entity)} in a calendar`,
            'A month at a time, with today marked.',
            find(/\b(?:calendar|schedul|appointment|date|when|time)/i, sentences),
            [criterion(`${plural(page.entity)} this month`, 'the calendar is opened', 'each stands on its day, and a click opens it')],
            'should',
          ),
        ]
      case 'content':
        return [
          compiled(
            `Read the page "${page.title}"`,
            `A page with ${listed(page.sections.map((section) => `"${section.heading}"`)) || 'text'}.`,
            find(/\b(?:about|introduc|homepage|home page|faq|display|information)/i, sentences),
            [
              criterion(
                'a visitor without an account',
                `"${page.title}" is opened`,
                'it can be read on a phone as well as on a wide screen',
              ),
            ],
            'should',
          ),
        ]
      case 'contact':
        return [
          compiled(
            'Write to the people behind it',
            'A contact form whose messages are kept and can be answered.',
            find(/\bcontact|inquir|message/i, sentences),
            [
              criterion(
                'a visitor with a question',
                'they send name, e-mail address and message',
                'they see a confirmation, and the message is in the list of those who answer',
              ),
              criterion('a message without an e-mail address', 'it is sent', 'the form says what is missing, and keeps what was written'),
            ],
          ),
        ]
      default:
        return []
    }
  })
}

function peopleDrafts(brief: Brief, { roles }: Blueprint, sentences: readonly string[]): Draft[] {
  if (brief.signIn === 'none') return []
  const others = roles.filter((role) => !role.isAdmin).map((role) => inSentence(role.label))
  const admin = roles.find((role) => role.isAdmin)
  return [
    compiled(
      'Sign in, and see what one may see',
      `People sign up and sign in with e-mail and password. ${brief.signIn === 'required' ? 'Without an account nothing is shown.' : 'Reading needs no account.'} Roles: ${listed(roles.map((role) => inSentence(role.label)))}.`,
      find(/\b(?:log ?in|logging in|sign|regist|account|role|permission)/i, sentences),
      [
        criterion('somebody with an account', 'they sign in with the right password', 'they see their name and what their role may do'),
        criterion('a wrong password', 'somebody signs in with it', 'they stay outside, and are not told which part was wrong'),
        ...(others[0]
          ? [
              criterion(
                `${withArticle(others[0])}`,
                `they try what only ${withArticle(inSentence(admin?.label ?? 'administrator'))} may do`,
                'the server refuses it',
              ),
            ]
          : []),
      ],
    ),
  ]
}

function searchDraft({ entities }: Blueprint, sentences: readonly string[]): Draft {
  const plurals = listed(entities.slice(0, 4).map((entity) => inSentence(entity.labelPlural)))
  return compiled(
    'Find, sort and take along',
    `Every list (${plurals}) can be searched, filtered, sorted and paged, and downloaded as CSV.`,
    find(/\b(?:search|filter|sort|find|browse|export|query)/i, sentences),
    [
      criterion(
        'a list with many records',
        'a word is typed into the search field',
        'only records that contain it remain, and the address can be shared',
      ),
      criterion('a filtered list', 'it is downloaded', 'the file holds exactly the records that are shown'),
    ],
  )
}

function lookDraft({ look }: Brief, { theme }: Blueprint, idea: string): Draft {
  const asked = look.background || look.primary
  return compiled(
    asked ? 'Look as asked for' : 'Look calm and clear',
    `Background ${look.background ? `${look.background} (${theme.background})` : theme.background}, buttons and links ${look.primary ? `${look.primary} (${theme.primary})` : theme.primary}, in shades that stay readable; light and dark; from a phone to a wide screen.`,
    sentencesOf(idea).find(isAboutLook) ?? '',
    [
      criterion(
        'the app in its light look',
        'any page is opened',
        `its ground is ${theme.background}, and text on it and on buttons is readable (contrast of at least 4.5 to 1)`,
      ),
      criterion('a screen 360 pixels wide', 'any page is opened', 'nothing has to be scrolled sideways'),
    ],
    asked ? 'must' : 'should',
  )
}

/** What the owner asks for beyond records: taken up, with the truth about who can deliver it. */
function goalDrafts(brief: Brief, blueprint: Blueprint, idea: string, sentences: readonly string[], lexicon: Lexicon): Draft[] {
  const wishes = brief.goals.filter((goal) => !goal.startsWith('Keep track of '))
  const text = [idea, ...wishes].join('\n')
  const told = new Set(LIMITS.filter((limit) => brief.outOfScope.includes(limit.note)).map((limit) => limit.id))
  const limits = limitsOf(text).filter((limit) => told.has(limit.id) || wishes.some((goal) => limit.expression.test(goal)))
  const drafts = limits.map((limit): Draft => {
    const goals = wishes.filter((goal) => limit.expression.test(goal)).slice(0, 3)
    return {
      title: limit.title,
      text: clipped(`${goals.length ? `Asked for: ${listed(goals.map((goal) => inSentence(goal)))}. ` : ''}${limit.note}`, 1_000),
      source: clipped(find(limit.expression, sentences), 600),
      criteria: [criterion(limit.given, limit.when, limit.then)],
      priority: 'could',
      delivery: limit.delivery,
    }
  })
  const covered = (goal: string) =>
    limits.some((limit) => limit.expression.test(goal)) ||
    COMPILED.test(goal) ||
    (brief.signIn !== 'none' && PEOPLE.test(goal)) ||
    (RECORDS.test(goal) && blueprint.entities.some((entity) => speaksOf(goal, entity, lexicon)))
  const rest = wishes.filter((goal) => /\p{L}/u.test(goal) && !covered(goal)).slice(0, 12)
  return [
    ...drafts,
    ...rest.map(
      (goal): Draft => ({
        title: goal,
        text: `Asked for by the owner, and more than keeping records: ${inSentence(goal)}.`,
        source: clipped(sentences.find((sentence) => sentence.toLowerCase().includes(goal.toLowerCase().slice(0, 24))) ?? '', 600),
        criteria: [
          criterion(
            'somebody who may do it',
            `they ${inSentence(goal)}`,
            'it works as described, and its result is still there after loading the page again',
          ),
        ],
        priority: 'should',
        delivery: 'model',
      }),
    ),
  ]
}

/** What every app does, whatever it keeps. */
const COMPILED =
  /^(?:keep track|(?:search|filter|sort|browse)(?:,| and| or|$)|perform (?:search|filter|quer)|use the search|register (?:through|on|with)|create (?:an |their own |new )?accounts?|log ?in|sign (?:in|up)|register(?: an account| as|$| and)|(?:browse|search|view|see|find|filter|sort|query|look) (?:for |through |up |at )?(?:the |a |an |all |more |detailed |different |various |specific |related |relevant |their |own |my |useful )*(?:information|details?|content|pages?|website|platform|site|lists?|records?|results?|homepage|dashboard|overview|calendar|summary|statistics)|see (?:a|the|an|monthly|weekly) |export |contact (?:us|the)|learn about|access the (?:website|platform|webpage|app|system|information))/i

/** What comes with accounts. */
const PEOPLE =
  /^(?:manage|set|assign|edit|update|view|modify|change) (?:their |the |my |own |user |users'? ?)*(?:permissions?|roles?|users?|accounts?|profiles?|passwords?|personal (?:information|data|center|details))/i

/** Verbs that forms, lists and life cycles answer. */
const RECORDS =
  /^(?:add|create|edit|update|delete|remove|modify|manage|view|browse|see|find|search|filter|sort|query|check|track|record|keep|publish|post|write|submit|place|book|order|reserve|buy|purchase|rent|borrow|lend|return|select|choose|list|review|rate|evaluate|comment|apply|enrol+|register|join|cancel|confirm|approve|reject|assign|complete|finish|mark|receive|read|access|display|show|save|store|collect|favou?rite|set|enter|input|fill|organi[sz]e|categori[sz]e|classify|plan|schedule|make|leave|reply|ask|answer|ask|request|report|consult|obtain|get|learn|participate|take|donate|vote|redeem|compare|inquire|maintain|handle|give|configure|customi[sz]e|perform (?:inbound|outbound)|upload|move|follow up|sell|hand in|accept)\b/i

/** Whether a goal is about records of an entity: by its own words, or by other words for the same kind. */
function speaksOf(goal: string, entity: Entity, lexicon: Lexicon): boolean {
  const words = goal
    .toLowerCase()
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter(Boolean)
    .map(singularOf)
  const kind = kindOfPhrase(entity.label, lexicon)?.kind
  if (headWords(entity.label).some((head) => words.includes(head))) return true
  return (kind?.words ?? []).some((word) => ` ${words.join(' ')} `.includes(` ${word} `))
}

const headWords = (label: string) => [
  singularOf(label.toLowerCase().split(' ').at(-1) ?? ''),
  singularOf(label.toLowerCase().split(' ')[0] ?? ''),
]

const find = (expression: RegExp, sentences: readonly string[]) => sentences.find((sentence) => expression.test(sentence)) ?? ''

function sentenceOn(label: string, sentences: readonly string[]): string {
  const words = label.toLowerCase().split(' ').map(singularOf)
  const holds = (sentence: string) => {
    const found = new Set(
      sentence
        .toLowerCase()
        .split(/[^a-z0-9-]+/)
        .map(singularOf),
    )
    return words.every((word) => found.has(word))
  }
  return sentences.find(holds) ?? ''
}
