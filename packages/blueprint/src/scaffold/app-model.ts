/** A blueprint made ready for writing code: every identifier, address and relation decided once. */
import type { Access, Blueprint, Choice, Entity, Field, FieldType, Role, Workflow } from '@slipway/domain'
import {
  fileNames,
  inSentence,
  kebabCase,
  type NameGiver,
  nameGiver,
  pascalCase,
  pathNames,
  pluralOf,
  snakeCase,
  typeNames,
  variableNames,
} from './names.ts'

export interface FieldModel {
  readonly source: Field
  /** Property in TypeScript and JSON: `customerId` for a reference called `customer`. */
  readonly key: string
  readonly column: string
  readonly label: string
  readonly type: FieldType
  readonly isRequired: boolean
  readonly isUnique: boolean
  /** Filled in by people, in forms. The rest is filled by the server: life cycle, `now`, `me`. */
  readonly isInput: boolean
  readonly choices: readonly Choice[]
  /** Name of the constant that holds the choices: `ticketStatuses`. */
  readonly choicesName: string
  /** For a reference: the property that holds the other record's name. */
  readonly relation: string
  /** For a reference: name of the entity it points at. */
  readonly to: string
  readonly onDelete: 'restrict' | 'cascade' | 'set null'
}

export interface EntityModel {
  readonly source: Entity
  readonly singular: string
  readonly plural: string
  readonly type: string
  /** Address of its list, name of its API resource and of its files. */
  readonly path: string
  readonly file: string
  readonly table: string
  readonly noun: string
  readonly nounPlural: string
  readonly label: string
  readonly labelPlural: string
  readonly fields: readonly FieldModel[]
  readonly title: FieldModel
  readonly workflow?: { readonly field: FieldModel; readonly moves: Workflow['moves'] }
  readonly access: Access
}

export interface PageModel {
  readonly source: Blueprint['pages'][number]
  readonly component: string
  readonly file: string
  /** Address; `/` for the first page. */
  readonly path: string
  /** Whether the page is the main list of its entity, which has an address of its own. */
  readonly isMainList: boolean
}

export interface AppModel {
  readonly blueprint: Blueprint
  readonly entities: readonly EntityModel[]
  readonly pages: readonly PageModel[]
  readonly hasAccounts: boolean
  readonly roles: readonly Role[]
  readonly shell: 'Workspace' | 'Site'
  entity(name: string): EntityModel
  /** References of other records to this one. */
  referrers(entity: EntityModel): readonly { readonly entity: EntityModel; readonly field: FieldModel }[]
}

const UNIQUE_TYPES: readonly FieldType[] = ['text', 'email', 'phone', 'url', 'integer', 'decimal', 'money', 'date', 'dateTime', 'reference']

/** Roles that a stranger may have after signing up. */
export const isNewcomerRole = (role: Role) =>
  !role.isAdmin &&
  /member|customer|client|patient|visitor|guest|user|student|reader|buyer|subscriber|player|fan|participant|attendee/i.test(role.name)

export function modelApp(blueprint: Blueprint): AppModel {
  const hasAccounts =
    blueprint.roles.length > 0 ||
    blueprint.capabilities.includes('signIn') ||
    blueprint.entities.some((entity) => Object.values(entity.access).some((who) => !who.includes('everyone')))
  const loops = requiredLoops(blueprint.entities)
  const variable = variableNames()
  const type = typeNames()
  const path = pathNames()
  const file = fileNames()
  const table = nameGiver(['app_accounts', 'app_sessions'])
  const entities = blueprint.entities.map((entity) =>
    modelEntity(entity, { blueprint, hasAccounts, loops, variable, type, path, file, table }),
  )
  const byName = new Map(entities.map((entity) => [entity.source.name, entity]))
  const entity = (name: string) => {
    const found = byName.get(name)
    if (!found) throw new Error(`The blueprint has no entity "${name}"`)
    return found
  }
  return {
    blueprint,
    entities,
    pages: modelPages(blueprint, entity, path, type),
    hasAccounts,
    roles: hasAccounts ? rolesOf(blueprint.roles) : [],
    shell: shellOf(blueprint),
    entity,
    referrers: (target) =>
      entities.flatMap((other) =>
        other.fields
          .filter((field) => field.type === 'reference' && field.to === target.source.name)
          .map((field) => ({ entity: other, field })),
      ),
  }
}

/** Somebody must be able to run the app, and somebody new must have a role that gives nothing away. */
function rolesOf(roles: readonly Role[]): readonly Role[] {
  const give = nameGiver(roles.map((role) => role.name))
  const admin: readonly Role[] = roles.some((role) => role.isAdmin)
    ? []
    : [{ name: give('admin', 'Role'), label: 'Administrator', description: 'May do everything and manages people.', isAdmin: true }]
  const member: readonly Role[] = roles.some(isNewcomerRole)
    ? []
    : [{ name: give('member', 'Role'), label: 'Member', description: 'Signed in, without a special role.', isAdmin: false }]
  return [...admin, ...roles, ...member]
}

function shellOf({ pages }: Blueprint): AppModel['shell'] {
  const reading = pages.filter((page) => page.kind === 'content' || page.kind === 'contact').length
  return pages[0]?.kind === 'content' || reading * 2 > pages.length ? 'Site' : 'Workspace'
}

/** References that, all required, would make the first record impossible: `entity.field` of each one in a circle. */
function requiredLoops(entities: readonly Entity[]): ReadonlySet<string> {
  const byName = new Map(entities.map((entity) => [entity.name, entity]))
  const loops = new Set<string>()
  const needs = (entity: Entity) =>
    entity.fields.filter((field) => field.type === 'reference' && field.required && !loops.has(`${entity.name}.${field.name}`))
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean => {
    if (from === goal) return true
    if (seen.has(from)) return false
    seen.add(from)
    const entity = byName.get(from)
    return entity !== undefined && needs(entity).some((field) => reaches(field.to ?? '', goal, seen))
  }
  for (const entity of entities)
    for (const field of needs(entity)) if (reaches(field.to ?? '', entity.name)) loops.add(`${entity.name}.${field.name}`)
  return loops
}

interface Naming {
  readonly blueprint: Blueprint
  readonly hasAccounts: boolean
  readonly loops: ReadonlySet<string>
  readonly variable: NameGiver
  readonly type: NameGiver
  readonly path: NameGiver
  readonly file: NameGiver
  readonly table: NameGiver
}

function modelEntity(entity: Entity, naming: Naming): EntityModel {
  const singular = naming.variable(entity.name, 'Record', (name) => ['Title', 'Moves', 'Routes', 'Samples', 'Id'].map((end) => name + end))
  const plural = naming.variable(pluralOf(entity.name), 'Records', (name) => [`${name}Statistics`])
  const key = nameGiver([
    'id',
    'createdAt',
    'updatedAt',
    'createdById',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'then',
    'total',
  ])
  const workflowField =
    entity.workflow &&
    distinctMoves(entity.workflow.moves).length > 0 &&
    entity.fields.find((field) => field.name === entity.workflow?.field && field.type === 'choice')
  const fields = entity.fields.map((field) => modelField(field, { ...naming, entity, singular, key, isWorkflow: field === workflowField }))
  const find = (name: string | undefined) => fields.find((field) => field.source.name === name)
  const title = find(entity.titleField) ?? fields[0]
  const workflow = find(workflowField ? workflowField.name : undefined)
  if (!title) throw new Error(`The entity "${entity.name}" has no fields`)
  return {
    source: entity,
    singular,
    plural,
    type: naming.type(pascalCase(entity.name), 'Record', (name) => [
      ...['Input', 'List', 'Detail', 'Card', 'Form'].map((end) => name + end),
      `New${name}`,
      `Edit${name}`,
    ]),
    path: naming.path(kebabCase(pluralOf(entity.name)), '-records'),
    file: naming.file(kebabCase(singular), '-record'),
    table: naming.table(snakeCase(pluralOf(entity.name)), '_records'),
    noun: inSentence(entity.label),
    nounPlural: inSentence(entity.labelPlural),
    label: entity.label,
    labelPlural: entity.labelPlural,
    fields,
    title,
    ...(workflow && entity.workflow ? { workflow: { field: workflow, moves: distinctMoves(entity.workflow.moves) } } : {}),
    access: entity.access,
  }
}

const distinctMoves = (moves: Workflow['moves']) =>
  moves.filter(
    (move, index) => move.from !== move.to && moves.findIndex((other) => other.from === move.from && other.to === move.to) === index,
  )

interface FieldNaming extends Naming {
  readonly entity: Entity
  readonly singular: string
  readonly key: NameGiver
  readonly isWorkflow: boolean
}

function modelField(field: Field, { entity, singular, key, variable, isWorkflow, hasAccounts, loops }: FieldNaming): FieldModel {
  const isMe = field.auto === 'me' && hasAccounts && !isWorkflow
  const isNow = field.auto === 'now' && !isWorkflow
  const type: FieldType = isMe ? 'text' : isNow && !['date', 'dateTime', 'time'].includes(field.type) ? 'dateTime' : field.type
  const isReference = type === 'reference'
  const relation = isReference ? key(field.name.replace(/(?<=.)Id$/, ''), 'Record') : ''
  const name = isReference ? key(`${field.name.replace(/(?<=.)Id$/, '')}Id`, 'Value') : key(field.name, 'Value')
  const isRequired =
    type === 'boolean' ||
    isWorkflow ||
    isNow ||
    (field.required && !isMe && !loops.has(`${entity.name}.${field.name}`) && field.auto === undefined)
  return {
    source: field,
    key: name,
    column: snakeCase(name),
    label: field.label,
    type,
    isRequired,
    isUnique: field.unique && UNIQUE_TYPES.includes(type) && field.auto === undefined && hasRoom(field),
    isInput: !isWorkflow && !isMe && !isNow,
    choices: distinctChoices(field.choices ?? []),
    choicesName: type === 'choice' ? variable(`${singular}${pascalCase(pluralOf(field.name))}`, 'Choices') : '',
    relation,
    to: field.to ?? '',
    onDelete: field.onDelete === 'cascade' ? 'cascade' : field.onDelete === 'restrict' || isRequired ? 'restrict' : 'set null',
  }
}

/** Whether a field can hold enough different values for a unique one to make sense. */
const hasRoom = ({ min = 0, max = Infinity, lengthMax = Infinity }: Field) => max - min >= 1_000 && lengthMax >= 4

const distinctChoices = (choices: readonly Choice[]) =>
  choices.filter((choice, index) => choices.findIndex((other) => other.value === choice.value) === index)

function modelPages(
  { pages }: Blueprint,
  entity: (name: string) => EntityModel,
  givePath: NameGiver,
  giveType: NameGiver,
): readonly PageModel[] {
  const listed = new Set<string>()
  return pages.map((page, index) => {
    const isMainList = page.kind === 'list' && !listed.has(page.entity)
    if (page.kind === 'list') listed.add(page.entity)
    const file = isMainList && page.kind === 'list' ? entity(page.entity).path : givePath(kebabCase(page.name), '-page')
    return {
      source: page,
      component: giveType(`${pascalCase(page.name)}Page`, 'View', (name) => [`${name}Answer`]),
      file,
      path: index === 0 && !isMainList ? '/' : `/${file}`,
      isMainList,
    }
  })
}
