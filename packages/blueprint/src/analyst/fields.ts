/** From what the lexicon says of a kind, and what the owner says of a thing, to the fields of an entity. */
import type { Choice, Field, FieldType } from '@slipway/domain'
import type { KindField } from './lexicon/kind.ts'
import { toneOf } from './tones.ts'
import { camelCase, capitalised, labelOf, sentencesOf, singularOf, tokensOf } from './words.ts'

/** A field together with what its example values come from. */
export interface PlannedField {
  readonly field: Field
  readonly values: readonly string[]
  readonly low: number | undefined
  readonly high: number | undefined
  /** States of a life cycle, in their order; the sides are not in it. */
  readonly steps: readonly string[]
  readonly sides: readonly string[]
  /** `after x` in a range of days: the field that it follows. */
  readonly after: string | undefined
}

export const choiceOf = (value: string): Choice => ({ value, label: labelOf(value), tone: toneOf(value) })

/** A field of the lexicon that is no reference. */
export function plannedField(source: KindField): PlannedField {
  const type = source.type === 'flow' ? 'choice' : source.type
  const isAmount = type === 'integer' || type === 'decimal' || type === 'money'
  const states = [...source.steps, ...source.sides]
  const isFlow = source.type === 'flow'
  const field: Field = {
    name: source.name,
    label: source.label ?? labelOf(source.name),
    type,
    required: source.isRequired,
    unique: source.isUnique,
    ...(states.length > 0 && { choices: states.map(choiceOf) }),
    ...(source.unit && { unit: source.unit }),
    ...(isAmount && { min: 0 }),
    ...(isAmount && source.unit === '%' && { max: 100 }),
    ...(type === 'text' && { lengthMax: 120 }),
    ...(type === 'longText' && { lengthMax: 2_000 }),
  }
  return {
    field,
    values: source.values,
    low: source.low,
    high: source.high,
    steps: isFlow ? source.steps : [],
    sides: source.sides,
    after: source.after,
  }
}

/** Fields of a thing that the lexicon does not know. */
export function genericFields(label: string): readonly string[] {
  const head = singularOf(label.toLowerCase().split(' ').at(-1) ?? '')
  if (
    /(?:er|or|ist|ian|ant|ee)$/.test(head) &&
    !/(?:paper|number|letter|order|water|server|container|poster|banner|offer|sensor|printer|folder|error|color|floor|door|tower|river|timer|parameter|layer|corner|filter|header|computer|scanner|flyer|sticker|counter|marker|tracker|drawer|router|cover|plant|restaurant|variant|grant|coffee|fee|committee|tree|list|playlist|checklist|wishlist|engine)$/.test(
      head,
    )
  )
    return ['name! text = @person', 'email email', 'phone phone', 'since date -700..-5', 'notes longText = @remark']
  if (/(?:request|form|report|complaint|petition|claim|case|submission|inquiry|proposal)$/.test(head))
    return [
      'title! text = @own',
      'by text "From" = @person',
      'status! flow new > inReview > done / rejected',
      'receivedOn! date "Received" -25..0',
      'notes longText = @remark',
    ]
  return [
    'name! text = @own',
    'status! choice active | paused | archived',
    'responsible text = @person',
    'date date -40..10',
    'notes longText = @remark',
  ]
}

const TYPES: readonly (readonly [RegExp, FieldType])[] = [
  [/\be-?mail\b/, 'email'],
  [/\b(?:phone|telephone|mobile|cell)\b/, 'phone'],
  [/\b(?:url|website|web address|link)\b/, 'url'],
  [/\b(?:image|photo|picture|avatar|logo|cover|thumbnail|portrait)\b/, 'image'],
  [/\b(?:price|cost|amount|fee|salary|budget|rent|total|deposit|balance|wage|revenue|income|fare)\b/, 'money'],
  [/\b(?:date and time|datetime|appointment time|upload time|start time|end time|departure|arrival)\b/, 'dateTime'],
  [/\b(?:opening time|closing time|time)\b/, 'time'],
  [/\b(?:date|deadline|birthday|day|born|expiry|expiration|due)\b/, 'date'],
  [/\b(?:quantity|count|number of|stock|age|year|capacity|seats|pages|duration|minutes|points|floor|calories)\b/, 'integer'],
  [/\b(?:weight|height|length|width|distance|area|temperature|dosage|percentage|speed|hours)\b/, 'decimal'],
  [/\b(?:rating|stars)\b/, 'rating'],
  [/\b(?:colou?r)\b/, 'colour'],
  [
    /\b(?:description|notes?|content|bio|biography|summary|details|text|body|remarks?|comments?|instructions|introduction|message)\b/,
    'longText',
  ],
  [/^(?:is|has)\b|\b(?:available|active|completed|paid|confirmed|vaccinated)\b/, 'boolean'],
]

/** The type that the name of a field suggests; `text` when it suggests none. */
export const typeForName = (name: string): FieldType => TYPES.find(([expression]) => expression.test(name.toLowerCase()))?.[1] ?? 'text'

/**
 * Fields that the owner lists for a thing: "photo details, including the photo's title, description and upload time",
 * "customers with name and phone", "each bike has a frame number".
 */
export function askedFields(label: string, idea: string): { name: string; label: string; type: FieldType }[] {
  const head = singularOf(label.toLowerCase().split(' ').at(-1) ?? '')
  const asked = new Map<string, { name: string; label: string; type: FieldType }>()
  for (const sentence of sentencesOf(idea)) {
    const tokens = tokensOf(sentence)
    tokens.forEach((token, index) => {
      if (token.singular !== head) return
      const rest = sentence.slice(placeAfter(sentence, token.text, index, tokens))
      const list =
        /^(?:'s)?\s*(?:details|information|records?|data)?,?\s*(?:with|has|have|includ(?:ing|es?)|contain(?:ing|s)?|such as|\(|:)\s*(?:(?:an?|the|their|its|\w+'s)\s+)?([^.;:()]{3,160})/i.exec(
          rest,
        )?.[1] ?? ''
      for (const part of list.split(/,|\band\b/)) {
        const words = part
          .toLowerCase()
          .replace(/^\s*(?:an?|the|their|its|his|her|some|the \w+'s|\w+'s)\s+/, '')
          .trim()
        if (
          !words ||
          words.split(/\s+/).length > 3 ||
          !FIELD_WORDS.test(words) ||
          /\b(?:users?|function|feature|management|ing)\b|ing$/.test(words)
        )
          break
        const name = camelCase(words)
        if (name && !asked.has(name)) asked.set(name, { name, label: capitalised(words), type: typeForName(words) })
      }
    })
  }
  return [...asked.values()].slice(0, 8)
}

/** Only words that are plainly properties: a list after "with" may as well hold other things. */
const FIELD_WORDS =
  /\b(?:name|title|e-?mail|phone|address|price|cost|amount|fee|salary|budget|date|deadline|birthday|time|quantity|number|age|year|capacity|duration|weight|height|length|distance|area|temperature|rating|stars|colou?r|description|notes?|bio|summary|status|link|url|website|image|photo|picture|avatar|logo|cover|location|author|size|gender|nickname|subject|brand|model|material|origin|language|director|publisher|isbn|position|title|points|mileage|plate|balance|version|code|city|country|species|breed|dosage)\b/

function placeAfter(sentence: string, text: string, index: number, tokens: readonly { readonly text: string }[]): number {
  let at = 0
  for (let number = 0; number <= index; number++) {
    const word = tokens[number]?.text ?? ''
    const found = sentence.indexOf(word, at)
    at = (found < 0 ? at : found) + word.length
  }
  return Math.max(at, text.length)
}
