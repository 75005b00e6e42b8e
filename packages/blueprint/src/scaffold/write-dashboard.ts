/** Writes a dashboard: the numbers it needs on the server, and the page that shows them. */
import type { AppModel, EntityModel, FieldModel, PageModel } from './app-model.ts'
import { attribute, importList, indent, LINE_WIDTH, moduleText, quote, tag } from './print.ts'
import { propertyOf } from './write-routes.ts'

const FIGURES_MAX = 5
const CHARTS_MAX = 2
const DUE_MAX = 2

/** What a dashboard says about one kind of record. */
interface Subject {
  readonly entity: EntityModel
  readonly state?: FieldModel
  readonly due?: FieldModel
  /** A passed date of an unfinished record is late. */
  readonly canBeLate: boolean
  /** Values of the life cycle that nothing follows. */
  readonly finished: readonly string[]
  readonly perWeek: boolean
  /** Sums this per week, instead of counting. */
  readonly money?: FieldModel
}

const DUE_NAMES = /due|deadline|start|begin|appointment|date|day|when|time|at$|on$|return|promised|expires|renew/i
/** Dates that lie behind, and wait for nothing. */
const PAST_NAMES =
  /born|birth|since|joined|hired|created|published|released|founded|registered|acquired|bought|taken|received|logged|posted/i
const LATE_NAMES = /due|deadline|return|promised|finish|deliver|expire|renew/i

function subjectsOf(app: AppModel, page: PageModel): Subject[] {
  const asked = page.source.kind === 'dashboard' ? page.source.entities : []
  const entities = (asked.length ? [...new Set(asked)].map((name) => app.entity(name)) : app.entities).slice(0, FIGURES_MAX)
  let charts = 0
  let dues = 0
  const dated = entities.findIndex((entity) => entity.workflow || entity.fields.some((field) => field.type === 'money'))
  return entities.map((entity, index) => {
    const state = entity.workflow?.field ?? entity.fields.find((field) => field.type === 'choice' && field.choices.length > 1)
    const dates = entity.fields.filter(
      (field) => (field.type === 'date' || field.type === 'dateTime') && field.isInput && !PAST_NAMES.test(field.source.name),
    )
    const due = dates.find((field) => LATE_NAMES.test(field.source.name)) ?? dates.find((field) => DUE_NAMES.test(field.source.name))
    const moves = entity.workflow?.moves ?? []
    const finished = moves.length
      ? (entity.workflow?.field.choices ?? []).map(({ value }) => value).filter((value) => !moves.some((move) => move.from === value))
      : []
    const isFirst = index === Math.max(dated, 0)
    const money = entity.fields.find((field) => field.type === 'money')
    return {
      entity,
      canBeLate: due !== undefined && LATE_NAMES.test(due.source.name) && finished.length > 0,
      finished,
      perWeek: isFirst,
      ...(state && charts++ < CHARTS_MAX ? { state } : {}),
      ...(due && dues++ < DUE_MAX ? { due } : {}),
      ...(isFirst && money && entity.workflow ? { money } : {}),
    }
  })
}

/** `server/dashboards/<page>.ts` */
export function writeDashboardRoute(page: PageModel, app: AppModel): string {
  const imports = importList()
  const subjects = subjectsOf(app, page)
  const statistics = (name: string) => imports.add('../http/statistics', name)
  imports.add('hono', 'Hono')
  imports.add('../db/client', 'type Database')
  const env = app.hasAccounts ? `<${imports.add('../accounts/session', 'type Env')}>` : ''
  const secured = app.hasAccounts

  const functions = subjects.map(({ entity, state, due, canBeLate, finished, perWeek, money }) => {
    const table = imports.add(`../db/tables/${entity.file}`, entity.plural)
    const mine = secured ? 'mine' : ''
    const answers: string[] = [`total: await ${statistics('countRows')}(db, ${table}${secured ? ', mine' : ''}),`]
    if (state)
      answers.push(
        `by${state.choicesName.charAt(0).toUpperCase()}${state.choicesName.slice(1)}: await ${statistics('countBy')}(db, ${table}.${state.key}${secured ? ', mine' : ''}),`,
      )
    if (due) {
      const conditions = [
        ...(mine ? [mine] : []),
        ...(entity.workflow && finished.length
          ? [`${imports.add('drizzle-orm', 'notInArray')}(${table}.${entity.workflow.field.key}, [${finished.map(quote).join(', ')}])`]
          : []),
        ...(canBeLate ? [] : [`${statistics('isFromToday')}(${table}.${due.key})`]),
      ]
      const joins = titleSelection(entity, imports)
      answers.push(
        `due: await db
  .select({
    id: ${table}.id,
    title: ${joins.expression},
    date: ${table}.${due.key},
  })
  .from(${table})${joins.join}
  .where(${condition(imports.add('drizzle-orm', 'and'), [`${imports.add('drizzle-orm', 'isNotNull')}(${table}.${due.key})`, ...conditions])})
  .orderBy(${imports.add('drizzle-orm', 'asc')}(${table}.${due.key}))
  .limit(${statistics('DUE_SHOWN')}),`,
      )
    }
    if (perWeek)
      answers.push(
        `weeks: await ${statistics('perWeek')}(db, ${table}.createdAt, ${money ? `${statistics('sumOf')}(${table}.${money.key})` : 'undefined'}${secured ? ', mine' : ''}),`,
      )
    if (!secured)
      return `const ${entity.plural}Statistics = async () => ({\n${indent(answers.join('\n'))}\n})`.replaceAll(', undefined)', ')')
    const reach = imports.add('../accounts/access', 'readable')
    return `async function ${entity.plural}Statistics(account: ${imports.add('../accounts/session', 'type Account')} | null) {
  const mine = ${reach}(account, ${imports.add('../access', 'access')}${propertyOf(entity.path)}.read, ${table}.createdById)
  if (mine === 'nothing') return null
  return {
${indent(answers.join('\n'), 4)}
  }
}`
  })
  const argument = secured ? 'c.var.account' : ''
  const name = routeName(page)
  const body = `export function ${name}(db: Database) {
${indent(functions.join('\n\n'))}

  return new Hono${env}().get('/', async (c) =>
    c.json({
${subjects.map(({ entity }) => `      ${entity.plural}: await ${entity.plural}Statistics(${argument}),`).join('\n')}
    }),
  )
}`
  return moduleText(`The numbers behind “${page.source.title}”.`, imports, body)
}

/** `and(…)`, one condition per line when they do not fit on one. */
function condition(and: string, conditions: readonly string[]): string {
  const flat = `${and}(${conditions.join(', ')})`
  return flat.length + 18 <= LINE_WIDTH ? flat : `\n    ${and}(\n${indent(conditions.map((one) => `${one},`).join('\n'), 6)}\n    ),\n  `
}

export const routeName = (page: PageModel) => `${page.component.charAt(0).toLowerCase()}${page.component.slice(1)}Routes`

function titleSelection(entity: EntityModel, imports: ReturnType<typeof importList>): { expression: string; join: string } {
  const nameOf = imports.add('../http/list', 'nameOf')
  const source = entity.title.type === 'reference' ? '' : `, ${entity.plural}.${entity.title.key}`
  return { expression: `${nameOf}(${quote(entity.label)}, ${entity.plural}.id${source})`, join: '' }
}

/** `web/pages/<page>.tsx` */
export function writeDashboardPage(page: PageModel, app: AppModel): string {
  const imports = importList()
  const subjects = subjectsOf(app, page)
  const add = (file: string, name: string) => imports.add(`../${file}`, name)
  const guard = (entity: EntityModel, text: string) =>
    app.hasAccounts ? `{data.${entity.plural} && ${text.includes('\n') ? `(\n${indent(text)}\n)` : text}}` : text

  const shape = subjects.map(({ entity, state, due, perWeek }) => {
    const lines = [
      'readonly total: number',
      ...(state
        ? [`readonly by${state.choicesName.charAt(0).toUpperCase()}${state.choicesName.slice(1)}: Readonly<Record<string, number>>`]
        : []),
      ...(due ? [`readonly due: readonly ${add('charts/due-list', 'type DueItem')}[]`] : []),
      ...(perWeek ? [`readonly weeks: readonly ${add('charts/time-chart', 'type TimePoint')}[]`] : []),
    ]
    return `readonly ${entity.plural}: {\n${indent(lines.join('\n'))}\n}${app.hasAccounts ? ' | null' : ''}`
  })
  const figures = subjects.map(({ entity }) => {
    const value = `${add('format', 'formatNumber')}(data.${entity.plural}.total)`
    const figure = `{ label: ${quote(entity.labelPlural)}, value: ${value}, to: ${quote(`/${entity.path}`)} }`
    if (!app.hasAccounts) return `${figure},`
    const flat = `...(data.${entity.plural} ? [${figure}] : []),`
    return flat.length + 14 <= LINE_WIDTH ? flat : `...(data.${entity.plural}\n  ? [${figure}]\n  : []),`
  })
  const weeks = subjects
    .filter(({ perWeek }) => perWeek)
    .map(({ entity, money }) =>
      guard(
        entity,
        tag(
          add('charts/time-chart', 'TimeChart'),
          [
            attribute('title', money ? `${money.label} of new ${entity.nounPlural} per week` : `New ${entity.nounPlural} per week`),
            `points={data.${entity.plural}.weeks}`,
            money && `format={${add('format', 'formatRoundMoney')}}`,
          ],
          14,
        ),
      ),
    )
  const dues = subjects.flatMap(({ entity, due, canBeLate }) =>
    due
      ? [
          guard(
            entity,
            tag(
              add('charts/due-list', 'DueList'),
              [
                attribute('title', canBeLate ? `Open ${entity.nounPlural}` : `Coming up: ${entity.nounPlural}`),
                attribute('dateLabel', due.label),
                attribute('resource', entity.path),
                `items={data.${entity.plural}.due}`,
                `canBeLate={${canBeLate}}`,
              ],
              14,
            ),
          ),
        ]
      : [],
  )
  const states = subjects.flatMap(({ entity, state }) =>
    state
      ? [
          guard(
            entity,
            tag(
              add('charts/share-chart', 'ShareChart'),
              [
                attribute('title', `${entity.labelPlural} by ${state.label.toLowerCase()}`),
                `choices={${imports.add(`../../model/${entity.file}`, state.choicesName)}}`,
                `counts={data.${entity.plural}.by${state.choicesName.charAt(0).toUpperCase()}${state.choicesName.slice(1)}}`,
              ],
              14,
            ),
          ),
        ]
      : [],
  )
  const main = dues
  const side = states
  const columns =
    main.length && side.length
      ? `<div className="grid items-start gap-6 *:min-w-0 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
  <div className="grid gap-6">
${indent(main.join('\n'), 4)}
  </div>
  <div className="grid gap-6">
${indent(side.join('\n'), 4)}
  </div>
${indent(weeks.join('\n'))}
</div>`.replace('\n\n</div>', '\n</div>')
      : main.length + side.length + weeks.length
        ? `<div className="grid items-start gap-6 *:min-w-0 lg:grid-cols-2">\n${indent([...main, ...side, ...weeks].join('\n'))}\n</div>`
        : ''
  const answer = `${page.component}Answer`
  const lead = app.blueprint.tagline
  const body = `interface ${answer} {
${indent(shape.join('\n'))}
}

export function ${page.component}() {
  const { data, error, refetch } = ${add('api/records', 'useAnswer')}<${answer}>(${quote(`overview/${page.file}`)})
  return (
    ${`<${add('ui/page', 'Page')} ${[attribute('title', page.source.title), ...(lead ? [attribute('lead', lead)] : [])].join(' ')}>`}
      {error && <${add('ui/states', 'Failure')} error={error} onRetry={refetch} />}
      {!data && !error && <${add('ui/states', 'Skeleton')} lines={8} />}
      {data && (
        <>
          <${add('charts/figures', 'Figures')}
            figures={[
${indent(figures.join('\n'), 14)}
            ]}
          />
${indent(columns, 10)}
        </>
      )}
    </Page>
  )
}`
  return moduleText(`${page.source.title}: how things stand at a glance.`, imports, body)
}
