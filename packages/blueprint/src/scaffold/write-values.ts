/** Writes how a field is shown, and how it is asked for in a form. */
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { attribute, type Imports, quote, tag } from './print.ts'
import { lengthMaxOf, starsOf } from './write-model.ts'

/** Where the file that is being written lies, as the way up to `web/`. */
export type Up = '..' | '../..'

/** What stands between JSX tags for the value of a field. */
export function shownValue(
  field: FieldModel,
  entity: EntityModel,
  imports: Imports,
  up: Up,
  place: 'table' | 'detail',
  app: AppModel,
): string {
  const expression = expressionOf(field, entity, imports, up, place, app)
  return expression.startsWith('<') ? expression : `{${expression}}`
}

/** The same as an expression, for the cell of a column. */
export function expressionOf(
  field: FieldModel,
  entity: EntityModel,
  imports: Imports,
  up: Up,
  place: 'table' | 'detail',
  app: AppModel,
): string {
  const value = `${entity.singular}.${field.key}`
  const from = (file: string, name: string) => imports.add(`${up}/${file}`, name)
  const orNothing = (shown: string) => (field.isRequired ? shown : `${value} === null ? <${from('ui/badge', 'Nothing')} /> : ${shown}`)
  const format = (name: string, extra = '') => orNothing(`${from('format', name)}(${value}${extra})`)
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return format('formatNumber', field.source.unit ? `, ${quote(field.source.unit)}` : '')
    case 'money':
      return format('formatMoney')
    case 'date':
      return format('formatDate')
    case 'dateTime':
      return format('formatDateTime')
    case 'time':
      return format('formatTime')
    case 'boolean':
      return `<${from('ui/values', 'YesNo')} value={${value}} />`
    case 'choice':
      return `<${from('ui/badge', 'ChoiceBadge')} choices={${imports.add(`${up}/../model/${entity.file}`, field.choicesName)}} value={${value}} />`
    case 'rating': {
      const stars = starsOf(field)
      return `<${from('ui/values', 'Rating')} value={${value}}${stars === 5 ? '' : ` max={${stars}}`} />`
    }
    case 'colour':
      return `<${from('ui/values', 'ColourValue')} value={${value}} />`
    case 'image':
      return place === 'detail'
        ? `<${from('ui/values', 'Picture')} src={${value}} alt=${attribute('', field.label).slice(1)} className="max-h-96 rounded-control" />`
        : `<${from('ui/values', 'Picture')} src={${value}} className="size-10 rounded-control" />`
    case 'reference': {
      const relation = `${entity.singular}.${field.relation}`
      if (place === 'table') return `${relation}?.title ?? <${from('ui/badge', 'Nothing')} />`
      return `<${from('records/record-link', 'RecordLink')} resource=${attribute('', app.entity(field.to).path).slice(1)} record={${relation}} />`
    }
    case 'email':
    case 'phone':
    case 'url': {
      if (place === 'table') return field.isRequired ? value : `${value} ?? <${from('ui/badge', 'Nothing')} />`
      const href = field.type === 'email' ? `{\`mailto:\${${value}}\`}` : field.type === 'phone' ? `{\`tel:\${${value}}\`}` : `{${value}}`
      const link = from('ui/values', 'OutsideLink')
      return orNothing(`<${link} href=${href}>{${value}}</${link}>`)
    }
    default:
      return field.isRequired ? value : `${value} ?? <${from('ui/badge', 'Nothing')} />`
  }
}

const INPUTS = {
  text: 'TextField',
  longText: 'LongTextField',
  integer: 'NumberField',
  decimal: 'NumberField',
  money: 'MoneyField',
  date: 'DateField',
  dateTime: 'DateTimeField',
  time: 'TimeField',
  boolean: 'YesNoField',
  choice: 'ChoiceField',
  email: 'EmailField',
  phone: 'PhoneField',
  url: 'LinkField',
  image: 'ImageField',
  colour: 'ColourField',
  rating: 'RatingField',
  reference: 'ReferenceField',
} as const

/** The input of a form for a field. */
export function inputElement(field: FieldModel, entity: EntityModel, imports: Imports, up: Up, app: AppModel, column: number): string {
  const name = INPUTS[field.type]
  imports.add(field.type === 'reference' ? `${up}/forms/reference-field` : `${up}/forms/inputs`, name)
  const extra: string[] = []
  if (field.type === 'text' || field.type === 'longText') extra.push(`maxLength={${lengthMaxOf(field)}}`)
  if (field.type === 'choice') extra.push(`choices={${imports.add(`${up}/../model/${entity.file}`, field.choicesName)}}`)
  if (field.type === 'rating' && starsOf(field) !== 5) extra.push(`max={${starsOf(field)}}`)
  if ((field.type === 'integer' || field.type === 'decimal') && field.source.unit) extra.push(attribute('unit', field.source.unit))
  if (field.type === 'reference') {
    const target = app.entity(field.to)
    extra.push(attribute('resource', target.path), `titleOf={${imports.add(`${up}/../model/${target.file}`, `${target.singular}Title`)}}`)
  }
  return tag(
    name,
    [
      `{...form.field(${quote(field.key)})}`,
      attribute('label', field.label),
      ...extra,
      field.source.help && attribute('help', field.source.help),
      field.isRequired && field.type !== 'boolean' && 'isRequired',
    ],
    column,
  )
}
