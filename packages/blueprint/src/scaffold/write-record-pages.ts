/** Writes `web/features/<entities>/`: the list, detail and form of one kind of record. */
import type { AppModel, EntityModel, FieldModel, PageModel } from './app-model.ts'
import { iconName } from './icons.ts'
import { attribute, type Imports, importList, indent, LINE_WIDTH, moduleText, quote, tag, wrap } from './print.ts'
import { isSortable } from './write-routes.ts'
import { expressionOf, inputElement, shownValue } from './write-values.ts'

const UP = '../..'
const COLUMNS_MAX = 6
const FACTS_MAX = 3

/** `Tickets` for `TicketsList`, from `tickets`. */
export const listComponent = ({ type }: EntityModel) => `${type}List`
export const detailComponent = ({ type }: EntityModel) => `${type}Detail`
export const createComponent = ({ type }: EntityModel) => `New${type}`
export const editComponent = ({ type }: EntityModel) => `Edit${type}`
export const cardComponent = ({ type }: EntityModel) => `${type}Card`

const canHook = (entity: EntityModel, imports: Imports, record = '') =>
  `  const can = ${imports.add(`${UP}/accounts/session`, 'useCan')}(${quote(entity.path)}${record && `, ${record}`})\n`

/** The fields that a table has room for, the most telling first; the title is always the first column. */
function columnsOf(entity: EntityModel): FieldModel[] {
  const rest = entity.fields.filter((field) => field !== entity.title && !['longText', 'image', 'url'].includes(field.type))
  const weight = (field: FieldModel) =>
    field === entity.workflow?.field
      ? 0
      : ({ choice: 1, reference: 1, date: 1, dateTime: 1, money: 2, rating: 2, integer: 3, decimal: 3 }[field.type as string] ?? 4)
  const chosen = new Set(rest.toSorted((a, b) => weight(a) - weight(b)).slice(0, COLUMNS_MAX - 1))
  return rest.filter((field) => chosen.has(field))
}

const factsOf = (entity: EntityModel) =>
  entity.fields
    .filter(
      (field) =>
        field !== entity.title && ['reference', 'date', 'dateTime', 'time', 'money', 'rating', 'integer', 'decimal'].includes(field.type),
    )
    .slice(0, FACTS_MAX)

const badgeField = (entity: EntityModel) =>
  entity.workflow?.field ?? entity.fields.find((field) => field.type === 'choice' && field !== entity.title)

/** `list.tsx` */
export function writeList(entity: EntityModel, app: AppModel, page: PageModel | undefined): string {
  const imports = importList()
  const { singular, type, path } = entity
  const source = page?.source.kind === 'list' ? page.source : undefined
  const title = imports.add(`${UP}/../model/${entity.file}`, `${singular}Title`)
  imports.add(`${UP}/../model/${entity.file}`, `type ${type}`)
  const link = imports.add(`${UP}/lists/title-link`, 'TitleLink')
  imports.add(`${UP}/lists/table`, 'type Column')
  const columns = [
    columnText({
      label: entity.title.label,
      sort: isSortable(entity.title) ? sortKey(entity.title) : undefined,
      cell: `(${singular}) => <${link} to={\`/${path}/\${${singular}.id}\`}>{${title}(${singular})}</${link}>`,
    }),
    ...columnsOf(entity).map((field) =>
      columnText({
        label: field.label,
        sort: isSortable(field) ? sortKey(field) : undefined,
        isNumeric: ['integer', 'decimal', 'money'].includes(field.type),
        cell: `(${singular}) => ${inArrow(expressionOf(field, entity, imports, UP, 'table', app))}`,
      }),
    ),
  ]
  const filters = entity.fields.flatMap((field) => {
    const filter = (name: string) => imports.add(`${UP}/lists/filters`, name)
    if (field.type === 'choice')
      return [
        `${filter('choiceFilter')}(${quote(field.key)}, ${quote(field.label)}, ${imports.add(`${UP}/../model/${entity.file}`, field.choicesName)}),`,
      ]
    if (field.type === 'boolean') return [`${filter('yesNoFilter')}(${quote(field.key)}, ${quote(field.label)}),`]
    if (field.type === 'reference') {
      const target = app.entity(field.to)
      const name = imports.add(`${UP}/../model/${target.file}`, `${target.singular}Title`)
      return [`${filter('referenceFilter')}(${quote(field.key)}, ${quote(field.label)}, ${quote(target.path)}, ${name}),`]
    }
    return []
  })
  const layout = source?.layout ?? (entity.fields.some((field) => field.type === 'image') ? 'cards' : 'table')
  const element = [
    attribute('title', source?.title ?? entity.labelPlural),
    entity.source.description && attribute('lead', entity.source.description),
    attribute('resource', path),
    attribute('icon', iconName(entity.source.icon)),
    attribute('noun', entity.noun),
    attribute('nounPlural', entity.nounPlural),
    'columns={columns}',
    filters.length > 0 && 'filters={filters}',
    layout === 'cards' && 'layout="cards"',
    app.hasAccounts && 'canCreate={can.create}',
    `card={(${singular}) => <${imports.add('./card', cardComponent(entity))} ${singular}={${singular}} />}`,
  ]
  const page_ = imports.add(`${UP}/lists/list-page`, 'ListPage')
  const body = [
    `const columns: readonly Column<${type}>[] = [\n${indent(columns.join('\n'))}\n]`,
    ...(filters.length
      ? [
          wrap(
            'const filters = [',
            filters.map((filter) => filter.slice(0, -1)),
            ']',
          ),
        ]
      : []),
    `export function ${listComponent(entity)}() {\n${app.hasAccounts ? canHook(entity, imports) : ''}  return (\n${indent(tag(`${page_}`, element, 4), 4)}\n  )\n}`,
  ]
  return moduleText(`The list of ${entity.nounPlural}.`, imports, body.join('\n\n'))
}

/** A choice between two values is put in brackets behind an arrow. */
const inArrow = (expression: string) => (expression.includes(' ? ') ? `(${expression})` : expression)

/** An element as what a component returns. */
const returned = (text: string) =>
  text.includes('\n') || text.length + 9 > LINE_WIDTH ? `  return (\n${indent(text, 4)}\n  )` : `  return ${text}`

const sortKey = (field: FieldModel) => (field.type === 'reference' ? field.relation : field.key)

function columnText({
  label,
  sort,
  cell,
  isNumeric,
}: {
  label: string
  sort: string | undefined
  cell: string
  isNumeric?: boolean
}): string {
  const parts = [
    `label: ${quote(label)}`,
    ...(sort ? [`sort: ${quote(sort)}`] : []),
    ...(isNumeric ? ['isNumeric: true'] : []),
    `cell: ${cell}`,
  ]
  const flat = `{ ${parts.join(', ')} },`
  if (flat.length + 2 <= 120) return flat
  const broken = parts.map((part) => {
    const [, head, body] = /^(cell: \(\w+\) =>) (<.*)$/.exec(part) ?? []
    return part.length + 5 > LINE_WIDTH && head ? `${head} (\n  ${body}\n),` : `${part},`
  })
  return `{\n${indent(broken.join('\n'))}\n},`
}

/** `card.tsx` */
export function writeCard(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const { singular, type, path } = entity
  imports.add(`${UP}/../model/${entity.file}`, `type ${type}`)
  const title = imports.add(`${UP}/../model/${entity.file}`, `${singular}Title`)
  const badge = badgeField(entity)
  const image = entity.fields.find((field) => field.type === 'image')
  const text = entity.fields.find((field) => field.type === 'longText' && field !== entity.title)
  const facts = factsOf(entity)
  const card = imports.add(`${UP}/lists/card`, 'Card')
  const attributes = [
    `to={\`/${path}/\${${singular}.id}\`}`,
    `title={${title}(${singular})}`,
    badge && `badge={${expressionOf(badge, entity, imports, UP, 'table', app)}}`,
    image && `image={${singular}.${image.key}}`,
    image && 'hasImage',
    text && `text={${singular}.${text.key}}`,
  ]
  const children = facts.map((field) => {
    const fact = imports.add(`${UP}/lists/card`, 'Fact')
    return element(fact, attribute('label', field.label), shownValue(field, entity, imports, UP, 'table', app), 6)
  })
  const open = tag(card, attributes, 4, children.length === 0)
  const body = `export function ${cardComponent(entity)}({ ${singular} }: { readonly ${singular}: ${type} }) {
${returned(children.length ? `${open}\n${indent(children.join('\n'))}\n</${card}>` : open)}
}`
  return moduleText(`${/^[aeiou]/i.test(entity.noun) ? 'An' : 'A'} ${entity.noun} as a card.`, imports, body)
}

/** `<Name attribute>child</Name>`, on one line when it fits and the child is no element itself. */
export function element(name: string, attributes: string, child: string, column: number): string {
  const open = `<${attributes ? `${name} ${attributes}` : name}>`
  const flat = `${open}${child}</${name}>`
  if (!flat.includes('\n') && !child.startsWith('<') && flat.length + column <= LINE_WIDTH) return flat
  const [condition, shown] = child.slice(1, -1).split(' ? <Nothing /> : ')
  const isLong = shown !== undefined && (shown.startsWith('<') || child.length + column + 2 > LINE_WIDTH)
  const inner = isLong && child.length + column + 2 > LINE_WIDTH ? `{${condition} ? (\n  <Nothing />\n) : (\n${indent(shown)}\n)}` : child
  return `${open}\n${indent(inner)}\n</${name}>`
}

/** `detail.tsx` */
export function writeDetail(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const { singular, type, path, workflow } = entity
  const model = (name: string) => imports.add(`${UP}/../model/${entity.file}`, name)
  model(`type ${type}`)
  const add = (file: string, name: string) => imports.add(`${UP}/${file}`, name)
  const badge = badgeField(entity)
  const picture = entity.fields.find((field) => field.type === 'image')
  const fields = entity.fields.filter(
    (field) => field !== entity.title || ['url', 'email', 'phone', 'image', 'reference'].includes(field.type),
  )
  const detail = add('records/details', 'Detail')
  const referrers = app.referrers(entity)
  const deep = referrers.length ? 8 : 6
  const details = [
    ...fields
      .filter((field) => field !== badge && field !== picture)
      .map((field) => element(detail, attribute('label', field.label), shownValue(field, entity, imports, UP, 'detail', app), deep + 2)),
    `<${detail} label="Added">{${add('format', 'formatDateTime')}(${singular}.createdAt)}</${detail}>`,
  ]
  const moves =
    workflow &&
    tag(
      add('records/moves', 'Moves'),
      [
        attribute('resource', path),
        `id={${singular}.id}`,
        `value={${singular}.${workflow.field.key}}`,
        `moves={${model(`${singular}Moves`)}}`,
        `choices={${model(workflow.field.choicesName)}}`,
        app.hasAccounts && 'isAllowed={hasRole}',
      ],
      8,
    )
  const attributes = [
    attribute('resource', path),
    `id={${singular}.id}`,
    `title={${model(`${singular}Title`)}(${singular})}`,
    attribute('noun', entity.noun),
    `back={{ to: ${quote(`/${path}`)}, label: ${quote(entity.labelPlural)} }}`,
    badge && `badge={${expressionOf(badge, entity, imports, UP, 'table', app)}}`,
    moves &&
      (app.hasAccounts && workflow?.moves.every((move) => !move.roles)
        ? prop('moves', `can.update && (\n${indent(moves.replace(' isAllowed={hasRole}', '').replace(/\n *isAllowed=\{hasRole\}/, ''))}\n)`)
        : prop('moves', moves)),
    app.hasAccounts && 'canUpdate={can.update}',
    app.hasAccounts && 'canDelete={can.delete}',
    referrers.length === 0 && 'isNarrow',
  ]
  const usesRole = attributes.some((one) => typeof one === 'string' && one.includes('hasRole'))
  const values = `<${add('records/details', 'Details')}>\n${indent(details.join('\n'))}\n</Details>`
  const list = picture
    ? `<div>\n  <${add('ui/values', 'Picture')} src={${singular}.${picture.key}} className="mb-6 aspect-[16/9] w-full rounded-panel" />\n${indent(values)}\n</div>`
    : values
  const related = referrers.map((referrer) => relatedElement(referrer, singular, imports, app, 10))
  const content = related.length
    ? `<${add('records/details', 'Columns')}>\n${indent(list)}\n  <div className="grid gap-6">\n${indent(related.join('\n'), 4)}\n  </div>\n</Columns>`
    : list
  const page = add('records/record-page', 'RecordPage')
  const params = imports.add('react-router', 'useParams')
  const hooks = [
    `const ${singular}Id = ${params}().id`,
    `const { data: ${singular}, error, refetch } = ${add('api/records', 'useRecord')}<${type}>(${quote(path)}, ${singular}Id)`,
    ...(app.hasAccounts ? [`const can = ${add('accounts/session', 'useCan')}(${quote(path)}, ${singular})`] : []),
    ...(usesRole ? [`const hasRole = ${add('accounts/session', 'useHasRole')}()`] : []),
    ...(app.hasAccounts ? relatedHooks(referrers, imports) : []),
  ]
  const body = `export function ${detailComponent(entity)}() {
${indent(hooks.join('\n'))}
  if (error) return <${add('ui/states', 'LoadFailure')} error={error} onRetry={refetch} />
  if (!${singular}) return <${add('ui/states', 'LoadingPage')} />
  return (
${indent(`${tag(page, attributes, 4, false)}\n${indent(content)}\n</${page}>`, 4)}
  )
}`
  return moduleText(`One ${entity.noun}, and what belongs to it.`, imports, body)
}

/** `name={(item) => body}`, the body in brackets on its own line when it is an element that does not fit. */
function arrowProp(head: string, body: string, column: number): string {
  const flat = `${head} ${inArrow(body)}}`
  if (flat.length + column <= LINE_WIDTH) return flat
  return body.startsWith('<') ? `${head} (\n  ${body}\n)}` : `${head}\n  ${body}\n}`
}

const prop = (name: string, value: string) =>
  value.includes('\n') || value.length + name.length + 9 > LINE_WIDTH ? `${name}={\n${indent(value)}\n}` : `${name}={${value}}`

type Referrer = ReturnType<AppModel['referrers']>[number]

function relatedHooks(referrers: readonly Referrer[], imports: Imports): string[] {
  return [...new Set(referrers.map(({ entity }) => entity))].map(
    (entity) => `const canOf${entity.type} = ${imports.add(`${UP}/accounts/session`, 'useCan')}(${quote(entity.path)})`,
  )
}

function relatedElement({ entity, field }: Referrer, singular: string, imports: Imports, app: AppModel, column: number): string {
  const model = (name: string) => imports.add(`${UP}/../model/${entity.file}`, name)
  const item = entity.singular
  const aside = badgeField(entity) ?? entity.fields.find((one) => ['date', 'dateTime', 'money', 'rating'].includes(one.type))
  const isOnly = app.entity(field.to) && app.referrers(app.entity(field.to)).filter((other) => other.entity === entity).length === 1
  const name = imports.add(`${UP}/records/related`, 'Related')
  const can = `canOf${entity.type}`
  const opened = tag(
    name,
    [
      attribute('title', isOnly ? entity.labelPlural : `${entity.labelPlural} (${field.label})`),
      attribute('resource', entity.path),
      attribute('by', field.key),
      `id={${singular}.id}`,
      attribute('noun', entity.noun),
      `titleOf={${model(`${item}Title`)}}`,
      aside &&
        arrowProp(
          `aside={(${item}: ${model(`type ${entity.type}`)}) =>`,
          expressionOf(aside, entity, imports, UP, 'table', app),
          column + (app.hasAccounts ? 4 : 2),
        ),
      app.hasAccounts && `canCreate={${can}.create}`,
    ],
    column,
  )
  return app.hasAccounts ? `{${can}.read && (\n${indent(opened)}\n)}` : opened
}

/** `form.tsx` */
export function writeForm(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  const { singular, type, path, noun } = entity
  const add = (file: string, name: string) => imports.add(`${UP}/${file}`, name)
  imports.add(`${UP}/../model/${entity.file}`, `type ${type}`)
  imports.add(`${UP}/../model/${entity.file}`, `${type}Input`)
  imports.add('react-router', 'useNavigate')
  imports.add('react-router', 'useParams')
  const fields = entity.fields.filter((field) => field.isInput)
  const references = fields.filter((field) => field.type === 'reference')
  if (references.length) imports.add('react-router', 'useSearchParams')
  const start = references.map((field) => `${field.key}: params.get(${quote(field.key)}),`)
  const initial = references.length
    ? `\n    ${type}Input,\n    ${singular} ?? {\n${indent(start.join('\n'), 6)}\n    },\n  `
    : `${type}Input, ${singular} ?? {}`
  const inputs = fields.map((field) => inputElement(field, entity, imports, UP, app, 6))
  const form = add('forms/record-form', 'RecordForm')
  const page = add('ui/page', 'Page')
  const title = imports.add(`${UP}/../model/${entity.file}`, `${singular}Title`)
  const body = `export function ${createComponent(entity)}() {
  return (
${indent(tag(page, [attribute('title', `New ${noun}`), `back={{ to: ${quote(`/${path}`)}, label: ${quote(entity.labelPlural)} }}`, 'isNarrow'], 4, false), 4)}
      <${type}Form />
    </${page}>
  )
}

export function ${editComponent(entity)}() {
  const ${singular}Id = useParams().id
  const { data: ${singular}, error, refetch } = ${add('api/records', 'useRecord')}<${type}>(${quote(path)}, ${singular}Id)
  if (error) return <${add('ui/states', 'LoadFailure')} error={error} onRetry={refetch} />
  if (!${singular}) return <${add('ui/states', 'LoadingPage')} />
  return (
${indent(tag(page, [attribute('title', `Edit ${noun}`), `back={{ to: \`/${path}/\${${singular}.id}\`, label: ${title}(${singular}) }}`, 'isNarrow'], 4, false), 4)}
      <${type}Form ${singular}={${singular}} />
    </${page}>
  )
}

function ${type}Form({ ${singular} }: { readonly ${singular}?: ${type} }) {
${references.length ? '  const [params] = useSearchParams()\n' : ''}  const form = ${add('forms/use-form', 'useForm')}(${initial})
  const save = ${add('api/records', 'useSave')}<${type}>(${quote(path)}, ${singular}?.id)
  const navigate = useNavigate()
  const toast = ${add('ui/toast', 'useToast')}()

  const submit = form.submit(async (values) => {
    const saved = await save.mutateAsync(values)
    toast({ message: ${singular} ? 'Your changes are saved.' : \`Added “\${${title}(saved)}”.\` })
    navigate(\`/${path}/\${saved.id}\`, { replace: true })
  })

  return (
    <${form} {...form} onSubmit={submit} submitLabel={${singular} ? 'Save changes' : ${quote(`Add ${noun}`)}}>
${indent(inputs.join('\n'), 6)}
    </${form}>
  )
}`
  return moduleText(`The forms that add and change ${entity.nounPlural}.`, imports, body)
}
