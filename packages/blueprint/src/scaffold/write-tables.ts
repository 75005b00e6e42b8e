/** Writes the Drizzle tables and the SQL migration that makes them. */
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { importList, indent, moduleText, quote, wrap } from './print.ts'

const SQL_TYPES = {
  text: 'text',
  longText: 'text',
  integer: 'integer',
  decimal: 'double precision',
  money: 'numeric(12, 2)',
  date: 'date',
  dateTime: 'timestamp',
  time: 'text',
  boolean: 'boolean',
  choice: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  image: 'text',
  colour: 'text',
  rating: 'integer',
  reference: 'integer',
} as const

/** `server/db/tables/<entity>.ts` */
export function writeTable(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const pg = (name: string) => imports.add('drizzle-orm/pg-core', name)
  const own = (name: string) => imports.add('../columns', name)

  const columnOf = (field: FieldModel): string => {
    const name = quote(field.column)
    const required = field.isRequired ? '.notNull()' : ''
    const unique = field.isUnique ? '.unique()' : ''
    switch (field.type) {
      case 'integer':
      case 'rating':
        return `${pg('integer')}(${name})${required}${unique}`
      case 'decimal':
        return `${pg('doublePrecision')}(${name})${required}${unique}`
      case 'money':
        return `${pg('numeric')}(${name}, { precision: 12, scale: 2, mode: 'number' })${required}${unique}`
      case 'date':
        return `${pg('date')}(${name})${required}${unique}`
      case 'dateTime':
        return `${own('localDateTime')}(${name})${required}${unique}`
      case 'boolean':
        return `${pg('boolean')}(${name}).notNull().default(false)`
      case 'choice': {
        const type = imports.add(`../../../model/${entity.file}`, `type ${entity.type}`)
        const initial = field === entity.workflow?.field ? `.default(${quote(field.choices[0]?.value ?? '')})` : ''
        return `${pg('text')}(${name}).$type<NonNullable<${type}[${quote(field.key)}]>>()${required}${initial}`
      }
      case 'reference': {
        const target = app.entity(field.to)
        if (target !== entity) imports.add(`./${target.file}`, target.plural)
        const type = pg('type AnyPgColumn')
        const options = field.onDelete === 'restrict' ? '' : `, { onDelete: ${quote(field.onDelete)} }`
        const target_ = `references((): ${type} => ${target.plural}.id${options})`
        return required || unique
          ? `${pg('integer')}(${name})${indent(`${required}${unique}.${target_}`.replaceAll(/\.(?=notNull|unique\(|references)/g, '\n.'))}`
          : `${pg('integer')}(${name}).${target_}`
      }
      default:
        return `${pg('text')}(${name})${required}${unique}`
    }
  }

  const columns = [
    `id: ${own('identity')}(),`,
    ...entity.fields.map((field) => `${field.key}: ${columnOf(field)},`),
    ...(app.hasAccounts
      ? [
          `createdById: ${pg('integer')}('created_by_id').references((): ${pg('type AnyPgColumn')} => ${imports.add('../../accounts/tables', 'accounts')}.id, { onDelete: 'set null' }),`,
        ]
      : []),
    `...${own('timestamps')},`,
  ]
  const indexes = indexed(entity).map((field) => `${pg('index')}(${quote(indexName(entity, field))}).on(table.${field.key})`)
  const table = pg('pgTable')
  const shape = `{\n${indent(columns.join('\n'))}\n}`
  const body = indexes.length
    ? `${table}(\n${indent(`${quote(entity.table)},\n${shape},\n(table) => ${wrap('[', indexes, ']', 14, 1)},`)}\n)`
    : `${table}(${quote(entity.table)}, ${shape})`
  return moduleText(`The table of ${entity.nounPlural}.`, imports, `export const ${entity.plural} = ${body}`)
}

/** Columns that lists filter and sort by. */
const indexed = (entity: EntityModel) =>
  entity.fields.filter((field) => ['reference', 'date', 'dateTime'].includes(field.type) || field === entity.workflow?.field)

/** Postgres cuts names at 63 characters; two cut alike would clash. */
function indexName(entity: EntityModel, field: FieldModel): string {
  const name = `${entity.table}_${field.column}`
  return name.length <= 60 ? name : `${entity.table.slice(0, 24)}_${entity.fields.indexOf(field)}_${field.column.slice(0, 24)}`
}

const BREAK = '\n--> statement-breakpoint\n'

/** `migrations/0000_start.sql`, as drizzle-kit would write it. */
export function writeMigration(app: AppModel): string {
  const id = '"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY'
  const times = [
    '"created_at" timestamp with time zone NOT NULL DEFAULT now()',
    '"updated_at" timestamp with time zone NOT NULL DEFAULT now()',
  ]
  const create = (table: string, lines: readonly string[]) => `CREATE TABLE "${table}" (\n${indent(lines.join(',\n'))}\n);`
  const references = (table: string, column: string, target: string, onDelete: string) =>
    `ALTER TABLE "${table}" ADD FOREIGN KEY ("${column}") REFERENCES "${target}" ("id") ON DELETE ${onDelete.toUpperCase()};`

  const accounts = app.hasAccounts
    ? [
        create('app_accounts', [
          id,
          '"name" text NOT NULL',
          '"email" text NOT NULL UNIQUE',
          '"password_hash" text NOT NULL',
          '"role" text NOT NULL',
          ...times,
        ]),
        create('app_sessions', [
          '"id" text PRIMARY KEY',
          '"account_id" integer NOT NULL REFERENCES "app_accounts" ("id") ON DELETE CASCADE',
          '"expires_at" timestamp with time zone NOT NULL',
        ]),
        'CREATE INDEX "app_sessions_account_id" ON "app_sessions" ("account_id");',
      ]
    : []
  const tables = app.entities.map((entity) =>
    create(entity.table, [
      id,
      ...entity.fields.map((field) => {
        const required = field.isRequired ? ' NOT NULL' : ''
        const unique = field.isUnique ? ' UNIQUE' : ''
        const initial =
          field.type === 'boolean'
            ? ' DEFAULT false'
            : field === entity.workflow?.field
              ? ` DEFAULT '${field.choices[0]?.value ?? ''}'`
              : ''
        return `"${field.column}" ${SQL_TYPES[field.type]}${required}${initial}${unique}`
      }),
      ...(app.hasAccounts ? ['"created_by_id" integer REFERENCES "app_accounts" ("id") ON DELETE SET NULL'] : []),
      ...times,
    ]),
  )
  const keys = app.entities.flatMap((entity) =>
    entity.fields
      .filter((field) => field.type === 'reference')
      .map((field) => references(entity.table, field.column, app.entity(field.to).table, field.onDelete)),
  )
  const indexes = app.entities.flatMap((entity) =>
    indexed(entity).map((field) => `CREATE INDEX "${indexName(entity, field)}" ON "${entity.table}" ("${field.column}");`),
  )
  return `${[...accounts, ...tables, ...keys, ...indexes].join(BREAK)}\n`
}

/** `migrations/meta/_journal.json`, which tells Drizzle in which order migrations run. */
export const writeJournal = () =>
  `${JSON.stringify({ version: '7', dialect: 'postgresql', entries: [{ idx: 0, version: '7', when: 1_760_000_000_000, tag: '0000_start', breakpoints: true }] }, null, 2)}\n`
