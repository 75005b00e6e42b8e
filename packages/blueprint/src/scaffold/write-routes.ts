/** Writes `server/routes/<entity>.ts`: the API of one kind of record. */
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { variableNames } from './names.ts'
import { type Imports, importList, indent, LINE_WIDTH, moduleText, quote, wrap } from './print.ts'

const TEXT_TYPES: readonly string[] = ['text', 'longText', 'email', 'phone', 'url']
const UNSORTED: readonly string[] = ['longText', 'image', 'colour']

export const isSortable = (field: FieldModel) => !UNSORTED.includes(field.type)

/** The SQL expression that names a record, from its table or an alias of it. */
function nameExpression(entity: EntityModel, table: string, imports: Imports): string {
  const { title } = entity
  const column = `${table}.${title.key}`
  if (title.isRequired && (TEXT_TYPES.includes(title.type) || title.type === 'time')) return column
  const args = title.type === 'reference' ? [quote(entity.label), `${table}.id`] : [quote(entity.label), `${table}.id`, column]
  return `${imports.add('../http/list', 'nameOf')}(${args.join(', ')})`
}

export function writeRoutes(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const orm = (name: string) => imports.add('drizzle-orm', name)
  const list = (name: string) => imports.add('../http/list', name)
  const refusal = (name: string) => imports.add('../http/refusal', name)
  const model = (name: string) => imports.add(`../../model/${entity.file}`, name)
  const access = (name: string) => imports.add('../accounts/access', name)
  const { plural, singular, type, noun } = entity
  const references = entity.fields.filter((field) => field.type === 'reference')
  const secured = app.hasAccounts
  const table = (target: EntityModel) => imports.add(`../db/tables/${target.file}`, target.plural)
  table(entity)
  imports.add('hono', 'Hono')
  imports.add('../db/client', 'type Database')
  const context = imports.add('hono', 'type Context')
  const env = secured ? `<${imports.add('../accounts/session', 'type Env')}>` : ''
  const alias = variableNames(app.entities.map((other) => other.plural))
  const aliasNames = new Map(references.map((field) => [field, alias(field.relation, 'Record')]))
  const aliasOf = (field: FieldModel) => aliasNames.get(field) ?? field.relation
  const aliases = references.map(
    (field) =>
      `const ${aliasOf(field)} = ${imports.add('drizzle-orm/pg-core', 'alias')}(${table(app.entity(field.to))}, ${quote(field.relation)})`,
  )

  const shown = [
    `...${orm('getTableColumns')}(${plural}),`,
    ...references.map((field) => {
      const name = nameExpression(app.entity(field.to), aliasOf(field), imports)
      const key = field.relation
      return `${key}: { id: ${aliasOf(field)}.id, title: ${name} },`
    }),
  ]
  const sorts = [
    ...entity.fields.filter(isSortable).map((field) => {
      if (field.type === 'reference') return `${field.relation}: ${nameExpression(app.entity(field.to), aliasOf(field), imports)},`
      if (field.type === 'choice') return `${field.key}: ${list('choiceOrder')}(${plural}.${field.key}, ${model(field.choicesName)}),`
      return `${field.key}: ${plural}.${field.key},`
    }),
    `createdAt: ${plural}.createdAt,`,
  ]
  const joins = references.map((field) => `.leftJoin(${aliasOf(field)}, ${orm('eq')}(${aliasOf(field)}.id, ${plural}.${field.key}))`)
  const rowsHead = `db.select(shown).from(${plural})`
  const rowsFlat = `const rows = () => ${rowsHead}${joins.join('')}`
  const rows =
    rowsFlat.length + 2 <= 120 && joins.length < 2
      ? rowsFlat
      : `const rows = () =>\n  db\n    .select(shown)\n    .from(${plural})${joins.map((join) => `\n    ${join}`).join('')}`

  const searched = [
    ...entity.fields.filter((field) => TEXT_TYPES.includes(field.type)).map((field) => `${plural}.${field.key}`),
    ...references.map((field) => nameExpression(app.entity(field.to), aliasOf(field), imports)),
  ]
  const filters = entity.fields.flatMap((field) => {
    const column = `${plural}.${field.key}`
    const key = quote(field.key)
    switch (field.type) {
      case 'choice':
        return [`${list('isOneOf')}(${column}, c.req.queries(${key})),`]
      case 'reference':
        return [`${list('refersTo')}(${column}, c.req.queries(${key})),`]
      case 'boolean':
        return [`${list('isTrueOrFalse')}(${column}, c.req.query(${key})),`]
      case 'date':
      case 'dateTime':
        return [`...${list('isBetween')}(${column}, c.req.query(${quote(`${field.key}From`)}), c.req.query(${quote(`${field.key}To`)})),`]
      default:
        return []
    }
  })
  const where = [
    ...(secured ? [`${access('within')}(c.var.account, rules.read, ${plural}.createdById),`] : []),
    ...(searched.length ? [`${wrap(`...${list('containsWords')}(c.req.query('q'), [`, searched, '])', 6, 1)},`] : []),
    ...filters,
  ]

  const filled = serverFilled(entity, imports, secured)
  const own = (rule: string) => (secured ? `, ${access('within')}(c.var.account, rules.${rule}, ${plural}.createdById)` : '')
  const conditionOf = (rule: string) =>
    secured ? `${orm('and')}(${orm('eq')}(${plural}.id, id)${own(rule)})` : `${orm('eq')}(${plural}.id, id)`

  const routes = [
    `.get('/', async (c) => {
  const { sort, page, size } = ${list('ListQuery')}.parse(c.req.query())
  const matching = rows().where(conditions(c))
  const total = await ${list('countOf')}(db, matching)
  const items = await matching
    .orderBy(...${list('orderOf')}(sort, sorts, ${plural}.id))
    .limit(size)
    .offset((page - 1) * size)
  return c.json({ items, total, page, size })
})`,
    exportRoute(entity, imports),
    `.get('/:id', async (c) => {
  const id = ${refusal('idOf')}(c.req.param('id'), ${quote(noun)})
  return c.json(await find(${secured ? conditionOf('read') : 'id'}))
})`,
    `.post('/', async (c) => {
${secured ? `  ${access('requireReach')}(c.var.account, rules.create)\n` : ''}  const input = ${refusal('check')}(${model(`${type}Input`)}, await c.req.json())
${insertion(plural, filled, refusal('one'))}
  return c.json(await find(${secured ? `${orm('eq')}(${plural}.id, id)` : 'id'}), 201)
})`,
    `.patch('/:id', async (c) => {
  const id = ${refusal('idOf')}(c.req.param('id'), ${quote(noun)})
${secured ? `  const mine = ${conditionOf('update')}\n` : ''}  const input = ${refusal('check')}(${model(`${type}Input`)}.partial(), await c.req.json())
  const [changed] = await db.update(${plural}).set({ ...input, updatedAt: new Date() }).where(${
    secured ? 'mine' : conditionOf('update')
  }).returning({ id: ${plural}.id })
  if (!changed) throw ${refusal('notFound')}(${quote(noun)})
  return c.json(await find(${secured ? `${orm('eq')}(${plural}.id, id)` : 'id'}))
})`,
    ...moveRoute(entity, app, imports),
    `.delete('/:id', async (c) => {
  const id = ${refusal('idOf')}(c.req.param('id'), ${quote(noun)})
  const [deleted] = await db.delete(${plural}).where(${conditionOf('delete')}).returning({ id: ${plural}.id })
  if (!deleted) throw ${refusal('notFound')}(${quote(noun)})
  return c.json(deleted)
})`,
  ].map(breakChains)

  const findArgument = secured ? `where: ${orm('type SQL')} | undefined` : 'id: number'
  const findCondition = secured ? 'where' : `${orm('eq')}(${plural}.id, id)`
  const body = [
    ...(secured ? [`const rules = ${imports.add('../access', 'access')}${propertyOf(entity.path)}\n`] : []),
    `export function ${singular}Routes(db: Database) {`,
    indent(
      [
        [...aliases, `const shown = {\n${indent(shown.join('\n'))}\n}`, `const sorts = {\n${indent(sorts.join('\n'))}\n}`].join('\n'),
        rows,
        `/** What a list request asks for. */\nconst conditions = (${where.length ? 'c' : '_'}: ${context}${env}) =>${conditionsBody(where, imports)}`,
        `async function find(${findArgument}) {\n  const [${singular}] = await rows().where(${findCondition})\n  if (!${singular}) throw ${refusal('notFound')}(${quote(noun)})\n  return ${singular}\n}`,
        `return new Hono${env}()\n${indent(routes.join('\n'))}`,
      ].join('\n\n'),
    ),
    '}',
  ].join('\n')
  return moduleText(`The API of ${entity.nounPlural}.`, imports, body)
}

/** The conditions on the arrow's own line when they fit there. */
function conditionsBody(where: readonly string[], imports: Imports): string {
  if (where.length === 0) return ' undefined'
  const and = imports.add('drizzle-orm', 'and')
  const flat = `${and}(${where.map((one) => one.slice(0, -1)).join(', ')})`
  if (flat.length + 42 <= 120 && !flat.includes('\n')) return ` ${flat}`
  return `\n  ${and}(\n${indent(where.join('\n'), 4)}\n  )`
}

/** `access.tickets`, or with brackets where the name is no identifier. */
export const propertyOf = (path: string) => (/^[a-z]\w*$/.test(path) ? `.${path}` : `[${quote(path)}]`)

/** What is stored on create: the input, and what the server itself fills in. */
function serverFilled(entity: EntityModel, imports: Imports, secured: boolean): string {
  const parts = entity.fields.flatMap((field) => {
    if (field.source.auto === 'now' && !field.isInput && field !== entity.workflow?.field) {
      const name = field.type === 'date' ? 'today' : field.type === 'time' ? 'timeNow' : 'now'
      return [`${field.key}: ${imports.add('../http/clock', name)}()`]
    }
    return field.source.auto === 'me' && !field.isInput && field !== entity.workflow?.field ? [`${field.key}: c.var.account?.name`] : []
  })
  if (secured) parts.push('createdById: c.var.account?.id')
  return parts.length ? wrap('{', ['...input', ...parts], '}', 18, 1) : 'input'
}

function exportRoute(entity: EntityModel, imports: Imports): string {
  const { singular, plural } = entity
  const columns = entity.fields.map((field) => {
    const value =
      field.type === 'reference'
        ? `${singular}.${field.relation}?.title`
        : field.type === 'choice'
          ? `${imports.add('../../model/fields', 'labelOf')}(${imports.add(`../../model/${entity.file}`, field.choicesName)}, ${singular}.${field.key})`
          : `${singular}.${field.key}`
    return `[${quote(field.label)}, (${singular}) => ${value}],`
  })
  return `.get('/export', async (c) => {
  const { sort } = ${imports.add('../http/list', 'ListQuery')}.parse(c.req.query())
  const items = await rows()
    .where(conditions(c))
    .orderBy(...${imports.add('../http/list', 'orderOf')}(sort, sorts, ${plural}.id))
    .limit(${imports.add('../http/list', 'EXPORT_MAX')})
  return ${imports.add('../http/csv', 'csvFile')}(c, ${quote(entity.path)}, items, [
${indent(columns.join('\n'), 4)}
    ['Created', (${singular}) => ${singular}.createdAt],
  ])
})`
}

function moveRoute(entity: EntityModel, app: AppModel, imports: Imports): string[] {
  const { workflow, plural, singular, noun } = entity
  if (!workflow) return []
  const { field } = workflow
  const refusal = (name: string) => imports.add('../http/refusal', name)
  const moves = imports.add(`../../model/${entity.file}`, `${singular}Moves`)
  const choices = imports.add(`../../model/${entity.file}`, field.choicesName)
  const label = imports.add('../../model/fields', 'labelOf')
  const and = imports.add('drizzle-orm', 'and')
  const eq = imports.add('drizzle-orm', 'eq')
  const column = `${plural}.${field.key}`
  const condition = app.hasAccounts
    ? `const allowed = ${imports.add('../accounts/moves', 'allowedMoves')}(c.var.account, ${moves}, to, rules.update, ${column}, ${plural}.createdById)`
    : `const allowed = ${imports.add('drizzle-orm', 'inArray')}(${column}, ${imports.add('../http/moves', 'sourcesOf')}(${moves}, to))`
  const find = app.hasAccounts ? `${eq}(${plural}.id, id)` : 'id'
  const seen = app.hasAccounts
    ? `${and}(${eq}(${plural}.id, id), ${imports.add('../accounts/access', 'within')}(c.var.account, rules.read, ${plural}.createdById))`
    : 'id'
  const schema = `${imports.add('zod', 'z')}.object({ to: ${imports.add('../../model/fields', 'choice')}(${choices}) })`
  return [
    `.post('/:id/move', async (c) => {
  const id = ${refusal('idOf')}(c.req.param('id'), ${quote(noun)})
  const { to } = ${refusal('check')}(${schema}, await c.req.json())
  ${condition}
  const [moved] = await db.update(${plural}).set({ ${field.key}: to }).where(${and}(${eq}(${plural}.id, id), allowed)).returning({ id: ${plural}.id })
  if (!moved) {
    const ${singular} = await find(${seen})
    throw new ${refusal('Refusal')}(409, \`This step does not follow “\${${label}(${choices}, ${singular}.${field.key})}”.\`)
  }
  return c.json(await find(${find}))
})`,
  ]
}

/** The insert of a new record; a call with an object inside goes one step per line, as formatters do. */
function insertion(plural: string, filled: string, one: string): string {
  const flat = `  const { id } = ${one}(await db.insert(${plural}).values(${filled}).returning({ id: ${plural}.id }))`
  if (filled === 'input' && flat.length + 4 <= LINE_WIDTH) return flat
  if (filled === 'input')
    return `  const { id } = ${one}(\n    await db.insert(${plural}).values(input).returning({ id: ${plural}.id }),\n  )`
  const chain = [`.insert(${plural})`, `.values(${filled})`, `.returning({ id: ${plural}.id }),`]
  return `  const { id } = ${one}(\n    await db\n${indent(chain.join('\n'), 6)}\n  )`
}

/** A database call that does not fit its line goes one step per line, as formatters do. */
function breakChains(route: string): string {
  return route
    .split('\n')
    .map((line) => {
      const match = /^( *)(const \[\w+\] = await db)(\.(?:update|delete)\(.*)$/.exec(line)
      if (line.length + 4 <= LINE_WIDTH) return line
      if (match)
        return `${match[1]}${match[2]}${steps(match[3] ?? '')
          .map((step) => `\n${match[1]}  ${step}`)
          .join('')}`
      const answer = /^( *return c\.json\()(await find\(.*\))\)$/.exec(line)
      if (answer) return `${answer[1]}\n${' '.repeat(4)}${answer[2]},\n  )`
      const find = /^( *)(.*await find\()(and\(.*\))\)$/.exec(line)
      if (find) return `${find[1]}${find[2]}\n${find[1]}  ${find[3]},\n${find[1]})`
      const call = /^( *)(const allowed = allowedMoves\()(.*)\)$/.exec(line)
      if (call) {
        const flat = `${call[1]}  ${call[3]}`
        const args = (call[3] ?? '').split(', ')
        return flat.length + 4 <= 120 ? `${call[1]}${call[2]}\n${args.map((one) => `${call[1]}  ${one},\n`).join('')}${call[1]})` : line
      }
      return line
    })
    .join('\n')
}

/** `.a(…).b(…)` taken apart at its own dots, not at those inside brackets. */
function steps(chain: string): string[] {
  const parts: string[] = []
  let depth = 0
  for (const character of chain) {
    if (character === '.' && depth === 0) parts.push('')
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character)) depth--
    parts[parts.length - 1] += character
  }
  return parts
}
