/** Writes the pages that look at records in another way, or show texts: board, calendar, content, contact. */
import type { AppModel, EntityModel, PageModel } from './app-model.ts'
import { artPath } from './art.ts'
import { attribute, importList, indent, jsxText, LINE_WIDTH, moduleText, quote, tag } from './print.ts'
import { element } from './write-record-pages.ts'
import { inputElement, shownValue } from './write-values.ts'

type SourceOf<Kind extends PageModel['source']['kind']> = Extract<PageModel['source'], { kind: Kind }>

/** `null` when the grouping field is no choice, or the page's entity lacks the field. */
export function writeBoard(page: PageModel, source: SourceOf<'board'>, app: AppModel): string | null {
  const entity = app.entity(source.entity)
  const field = entity.fields.find((one) => one.source.name === source.groupBy && one.type === 'choice') ?? entity.workflow?.field
  if (!field) return null
  const imports = importList()
  const add = (file: string, name: string) => imports.add(`../${file}`, name)
  const model = (name: string) => imports.add(`../../model/${entity.file}`, name)
  const { singular, type, path } = entity
  const isWorkflow = field === entity.workflow?.field
  const facts = entity.fields
    .filter((one) => one !== entity.title && one !== field && ['reference', 'date', 'dateTime', 'money', 'rating'].includes(one.type))
    .slice(0, 2)
  const factElements = facts.map((one) =>
    element(add('lists/card', 'Fact'), attribute('label', one.label), shownValue(one, entity, imports, '..', 'table', app), 12),
  )
  const { head, steps } = isWorkflow
    ? {
        head: model(`${singular}Moves`),
        steps: [`filter((move) => move.from === ${singular}.${field.key}${allowedMove(entity, app)})`, 'map((move) => move.to)'],
      }
    : {
        head: `${app.hasAccounts ? 'can.update ? ' : ''}${model(field.choicesName)}`,
        steps: ['map(({ value }) => value)', `filter((value) => value !== ${singular}.${field.key})${app.hasAccounts ? ' : []' : ''}`],
      }
  const flatTargets = [head, ...steps].join('.')
  const targets = flatTargets.length + 10 <= LINE_WIDTH ? flatTargets : `${head}\n${indent(steps.map((step) => `.${step}`).join('\n'))}`
  const usesRole = targets.includes('hasRole')
  const hooks = [
    `const ${isWorkflow ? 'move' : 'update'} = ${add('api/records', isWorkflow ? 'useMove' : 'useUpdate')}<${model(`type ${type}`)}>(${quote(path)})`,
    ...(app.hasAccounts ? [`const can = ${add('accounts/session', 'useCan')}(${quote(path)})`] : []),
    ...(usesRole ? [`const hasRole = ${add('accounts/session', 'useHasRole')}()`] : []),
  ]
  const onMove = isWorkflow
    ? `(id, to) => move.mutateAsync({ id, to })`
    : `(id, to) => update.mutateAsync({ id, values: { ${field.key}: to } })`
  const board = tag(
    add('board/board', 'Board'),
    [
      attribute('resource', path),
      `choices={${model(field.choicesName)}}`,
      `valueOf={(${singular}: ${type}) => ${singular}.${field.key}}`,
      `titleOf={${model(`${singular}Title`)}}`,
      !targets.includes('\n') && targets.length + singular.length + 28 <= LINE_WIDTH
        ? `targetsOf={(${singular}) => ${targets}}`
        : `targetsOf={(${singular}) =>\n${indent(targets)}\n}`,
      `onMove={${onMove}}`,
      factElements.length > 0 &&
        `facts={(${singular}) => (\n${indent(factElements.length > 1 ? `<>\n${indent(factElements.join('\n'))}\n</>` : (factElements[0] ?? ''))}\n)}`,
    ],
    6,
  )
  const body = `export function ${page.component}() {
${indent(hooks.join('\n'))}
  return (
    <${add('ui/page', 'Page')}
${indent([attribute('title', source.title), `actions={${createLink(entity, app, add)}}`].join('\n'), 6)}
    >
${indent(board, 6)}
    </Page>
  )
}`
  return moduleText(`${entity.labelPlural} as a board by ${field.label.toLowerCase()}.`, imports, body)
}

/** Which steps the one who is signed in may take. */
function allowedMove({ workflow }: EntityModel, app: AppModel): string {
  if (!app.hasAccounts) return ''
  const named = workflow?.moves.filter((move) => move.roles).length ?? 0
  if (named === 0) return ' && can.update'
  return named === workflow?.moves.length ? ' && hasRole(move.roles)' : " && ('roles' in move ? hasRole(move.roles) : can.update)"
}

function createLink(entity: EntityModel, app: AppModel, add: (file: string, name: string) => string): string {
  const link = `<${add('ui/button', 'ButtonLink')} look="primary" icon="plus" to="/${entity.path}/new">\n  ${jsxText(`New ${entity.noun}`)}\n</ButtonLink>`
  return app.hasAccounts ? `\n  can.create && (\n${indent(link, 4)}\n  )\n` : `\n${indent(link)}\n`
}

/** `null` when the page's field is no date. */
export function writeCalendar(page: PageModel, source: SourceOf<'calendar'>, app: AppModel): string | null {
  const entity = app.entity(source.entity)
  const isDate = (type: string) => type === 'date' || type === 'dateTime'
  const field =
    entity.fields.find((one) => one.source.name === source.dateField && isDate(one.type)) ?? entity.fields.find((one) => isDate(one.type))
  if (!field) return null
  const imports = importList()
  const add = (file: string, name: string) => imports.add(`../${file}`, name)
  const model = (name: string) => imports.add(`../../model/${entity.file}`, name)
  const { singular, type, path } = entity
  const calendar = tag(
    add('calendar/month', 'MonthCalendar'),
    [
      attribute('resource', path),
      attribute('field', field.key),
      `hasTime={${field.type === 'dateTime'}}`,
      `dateOf={(${singular}: ${model(`type ${type}`)}) => ${singular}.${field.key}}`,
      `titleOf={${model(`${singular}Title`)}}`,
    ],
    6,
  )
  const body = `export function ${page.component}() {
${app.hasAccounts ? `  const can = ${add('accounts/session', 'useCan')}(${quote(path)})\n` : ''}  return (
    <${add('ui/page', 'Page')}
${indent([attribute('title', source.title), `actions={${createLink(entity, app, add)}}`].join('\n'), 6)}
    >
${indent(calendar, 6)}
    </Page>
  )
}`
  return moduleText(`${entity.labelPlural} in a month, by ${field.label.toLowerCase()}.`, imports, body)
}

/** A long text broken between words; as one literal when JSX could read markup in it. */
function flow(text: string): string {
  const literal = jsxText(text)
  if (literal.startsWith('{')) return literal
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line && line.length + word.length + 11 > LINE_WIDTH) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  return lines.join('\n')
}

/** A text as paragraphs, split at empty lines. */
const paragraphs = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const flat = `<p>${jsxText(part)}</p>`
      return flat.length + 8 <= LINE_WIDTH ? flat : `<p>\n${indent(flow(part))}\n</p>`
    })

export function writeContent(page: PageModel, source: SourceOf<'content'>, app: AppModel): string {
  const imports = importList()
  const add = (file: string, name: string) => imports.add(`../${file}`, name)
  const frame = imports.add('./content', 'ContentPage')
  const isStart = page.path === '/'
  const sections = source.sections.length
    ? source.sections
    : [{ heading: source.title, body: app.blueprint.tagline || app.blueprint.purpose }]
  const parts = sections.map((section, index) => {
    const isOpening = index === 0
    const image = section.image && `image=${attribute('', artPath(section.image, section.heading)).slice(1)}`
    const links = isOpening && isStart ? callsToAction(page, app) : []
    const actions =
      links.length > 0 &&
      `actions={\n  <>\n${indent(
        links
          .map(({ to, label }, at) =>
            element(
              add('ui/button', 'ButtonLink'),
              `${at === 0 ? 'look="primary" ' : ''}to="${to}"`,
              jsxText(label),
              at === 0 ? LINE_WIDTH : 12,
            ),
          )
          .join('\n'),
        4,
      )}\n  </>\n}`
    const name = imports.add('./content', isOpening ? 'Opening' : 'Section')
    const open = tag(name, [attribute('heading', section.heading), image, actions], 6, false)
    const body = paragraphs(section.body)
    return body.length ? `${open}\n${indent(body.join('\n'))}\n</${name}>` : open.replace(/>$/, open.includes('\n') ? '/>' : ' />')
  })
  const body = `export function ${page.component}() {
  return (
    <${frame} ${attribute('title', isStart ? app.blueprint.appName : source.title)}>
${indent(parts.join('\n'), 6)}
    </${frame}>
  )
}`
  return moduleText(`The page “${source.title}”.`, imports, body)
}

/** From the start page on: to the records, then to the contact form. */
function callsToAction(page: PageModel, app: AppModel): { to: string; label: string }[] {
  const others = app.pages.filter((other) => other !== page)
  const list = others.find((other) => other.source.kind === 'list')
  const contact = others.find((other) => other.source.kind === 'contact')
  return [list, contact].flatMap((target) => (target ? [{ to: target.path, label: target.source.title }] : []))
}

export function writeContact(page: PageModel, source: SourceOf<'contact'>, app: AppModel): string {
  const imports = importList()
  const add = (file: string, name: string) => imports.add(`../${file}`, name)
  const entity = app.entity(source.entity)
  const model = (name: string) => imports.add(`../../model/${entity.file}`, name)
  imports.add('react', 'useState')
  const inputs = entity.fields.filter((field) => field.isInput).map((field) => inputElement(field, entity, imports, '..', app, 10))
  const lead = source.intro ? ` ${attribute('lead', source.intro)}` : ''
  const form = add('forms/record-form', 'RecordForm')
  const body = `export function ${page.component}() {
  const [isSent, setSent] = useState(false)
  const form = ${add('forms/use-form', 'useForm')}(${model(`${entity.type}Input`)}, {})
  const save = ${add('api/records', 'useSave')}(${quote(entity.path)})

  const submit = form.submit(async (values) => {
    await save.mutateAsync(values)
    form.reset()
    setSent(true)
  })

  return (
    <${add('ui/page', 'Page')} ${attribute('title', source.title)}${lead} isNarrow>
      {isSent ? (
        <${imports.add('./sent', 'Sent')} onAgain={() => setSent(false)} />
      ) : (
        <${form} {...form} onSubmit={submit} submitLabel="Send" hasCancel={false}>
${indent(inputs.join('\n'), 10)}
        </${form}>
      )}
    </Page>
  )
}`
  return moduleText(`The page “${source.title}”: what visitors send is stored with the ${entity.nounPlural}.`, imports, body)
}
