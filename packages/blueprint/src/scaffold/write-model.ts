/** Writes `model/<entity>.ts`: choices, life cycle, the schema that forms and API share, and the record type. */
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { type Imports, importList, indent, inTemplate, moduleText, quote, wrap } from './print.ts'

export function writeModel(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const parts = [
    ...entity.fields.filter((field) => field.type === 'choice').map((field) => choicesOf(field, imports)),
    movesOf(entity),
    inputOf(entity, imports),
    recordOf(entity, app, imports),
    titleOf(entity, imports),
  ].filter(Boolean)
  return moduleText(
    entity.source.description || `${entity.labelPlural}: what is stored, and what is accepted.`,
    imports,
    parts.join('\n\n'),
  )
}

function choicesOf(field: FieldModel, imports: Imports): string {
  const items = field.choices.map(({ value, label, tone }) => `{ value: ${quote(value)}, label: ${quote(label)}, tone: ${quote(tone)} },`)
  const type = imports.add('./fields', 'type Choice')
  return `export const ${field.choicesName} = [\n${indent(items.join('\n'))}\n] as const satisfies readonly ${type}[]`
}

function movesOf({ workflow, singular }: EntityModel): string {
  if (!workflow) return ''
  const items = workflow.moves.map(({ from, to, label, roles }) => {
    const parts = [`from: ${quote(from)}`, `to: ${quote(to)}`, `label: ${quote(label)}`]
    if (roles) parts.push(`roles: [${roles.map(quote).join(', ')}]`)
    return `${wrap('{', parts, '}', 3)},`
  })
  return `/** The life cycle: which step may follow which. */\nexport const ${singular}Moves = ${
    items.length ? `[\n${indent(items.join('\n'))}\n]` : '[]'
  } as const`
}

function inputOf({ fields, type }: EntityModel, imports: Imports): string {
  const { z } = { z: imports.add('zod', 'z') }
  const lines = fields
    .filter((field) => field.isInput)
    .map((field) => {
      const check = checkOf(field, imports)
      return `${field.key}: ${field.isRequired ? check : `${imports.add('./fields', 'optional')}(${check})`},`
    })
  const shape = lines.length ? `{\n${indent(lines.join('\n'))}\n}` : '{}'
  return `export const ${type}Input = ${z}.object(${shape})\nexport type ${type}Input = ${z}.infer<typeof ${type}Input>`
}

const TEXT_MAX = 200
const LONG_TEXT_MAX = 5_000

export const lengthMaxOf = ({ type, source }: FieldModel) => source.lengthMax ?? (type === 'longText' ? LONG_TEXT_MAX : TEXT_MAX)

/** The bounds that a number must keep; contradictory ones are dropped. */
export function rangeOf({ source, type }: FieldModel): { min?: number; max?: number } {
  const whole = type === 'integer'
  const min = source.min === undefined ? undefined : whole ? Math.ceil(source.min) : source.min
  const max = source.max === undefined ? undefined : whole ? Math.floor(source.max) : source.max
  if (min !== undefined && max !== undefined && min > max) return {}
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

export const starsOf = ({ source }: FieldModel) => Math.min(Math.max(Math.round(source.max ?? 5), 2), 100)

function checkOf(field: FieldModel, imports: Imports): string {
  const use = (name: string) => imports.add('./fields', name)
  switch (field.type) {
    case 'text':
    case 'longText': {
      const max = lengthMaxOf(field)
      return `${use('text')}(${max === TEXT_MAX ? '' : `{ max: ${max} }`})`
    }
    case 'integer':
    case 'decimal':
    case 'money': {
      const range = Object.entries(rangeOf(field)).map(([name, value]) => `${name}: ${value}`)
      return `${use(field.type)}(${range.length ? `{ ${range.join(', ')} }` : ''})`
    }
    case 'rating': {
      const max = starsOf(field)
      return `${use('rating')}(${max === 5 ? '' : `{ max: ${max} }`})`
    }
    case 'choice':
      return `${use('choice')}(${field.choicesName})`
    case 'date':
    case 'dateTime':
    case 'time':
    case 'boolean':
    case 'email':
    case 'phone':
    case 'url':
    case 'image':
    case 'colour':
    case 'reference':
      return `${use(field.type)}()`
  }
}

/** The TypeScript type of a stored value. */
export function storedType(field: FieldModel): string {
  const base =
    field.type === 'choice'
      ? `(typeof ${field.choicesName})[number]['value']`
      : ['integer', 'decimal', 'money', 'rating', 'reference'].includes(field.type)
        ? 'number'
        : field.type === 'boolean'
          ? 'boolean'
          : 'string'
  return field.isRequired ? base : `${base} | null`
}

function recordOf(entity: EntityModel, app: AppModel, imports: Imports): string {
  const lines = entity.fields.flatMap((field) => [
    `readonly ${field.key}: ${storedType(field)}`,
    ...(field.relation ? [`readonly ${field.relation}: ${imports.add('./fields', 'type Named')} | null`] : []),
  ])
  const all = [
    'readonly id: number',
    ...lines,
    ...(app.hasAccounts ? ['readonly createdById: number | null'] : []),
    'readonly createdAt: string',
    'readonly updatedAt: string',
  ]
  return `export interface ${entity.type} {\n${indent(all.join('\n'))}\n}`
}

function titleOf({ singular, type, title, label }: EntityModel, imports: Imports): string {
  const value = `${singular}.${title.key}`
  const fallback = `\`${inTemplate(label)} \${${singular}.id}\``
  const expression =
    title.type === 'reference'
      ? `${singular}.${title.relation}?.title ?? ${fallback}`
      : title.type === 'choice'
        ? `${imports.add('./fields', 'labelOf')}(${title.choicesName}, ${value}) || ${fallback}`
        : ['integer', 'decimal', 'money', 'rating', 'boolean'].includes(title.type)
          ? title.isRequired
            ? `String(${value})`
            : `${value}?.toString() ?? ${fallback}`
          : title.type === 'dateTime'
            ? title.isRequired
              ? `${value}.replace('T', ' ')`
              : `${value}?.replace('T', ' ') ?? ${fallback}`
            : title.isRequired
              ? value
              : `${value} ?? ${fallback}`
  return `/** What the record is called in lists, links and pickers. */\nexport const ${singular}Title = (${singular}: ${type}) => ${expression}`
}
