/** Writes what ties the parts of an app together: routes of both sides, navigation, access rules, the page's head. */
import type { AppModel, PageModel } from './app-model.ts'
import { iconName } from './icons.ts'
import { isDarkTheme, palettesOf } from './palette.ts'
import { importList, indent, inHtml, LINE_WIDTH, moduleText, quote, wrap } from './print.ts'
import { routeName } from './write-dashboard.ts'
import { createComponent, detailComponent, editComponent, listComponent } from './write-record-pages.ts'

/** `server/app.ts` */
export function writeServer(app: AppModel, dashboards: readonly PageModel[]): string {
  const imports = importList()
  imports.add('hono', 'Hono')
  imports.add('drizzle-orm', 'sql')
  imports.add('./db/client', 'type Database')
  imports.add('./http/security', 'headers')
  imports.add('./http/security', 'sameOrigin')
  imports.add('./http/refusal', 'onError')
  const accounts = app.hasAccounts
    ? [
        `.use('/api/*', ${imports.add('./accounts/session', 'whoIsAsking')}(db))`,
        `.route('/api/session', ${imports.add('./accounts/routes', 'accountRoutes')}(db))`,
        `.route('/api/people', ${imports.add('./accounts/people', 'peopleRoutes')}(db))`,
      ]
    : []
  const records = app.entities.map(
    (entity) => `.route(${quote(`/api/${entity.path}`)}, ${imports.add(`./routes/${entity.file}`, `${entity.singular}Routes`)}(db))`,
  )
  const overviews = dashboards.map(
    (page) => `.route(${quote(`/api/overview/${page.file}`)}, ${imports.add(`./dashboards/${page.file}`, routeName(page))}(db))`,
  )
  const body = `/** Everything the server answers, apart from the files of the client. */
export function createApp(db: Database) {
  const app = new Hono()
    .use(headers)
    .use('/api/*', sameOrigin)
    .get('/health', async (c) => {
      await db.execute(sql\`select 1\`)
      return c.json({ status: 'ok' })
    })
${indent([...accounts, ...records, ...overviews].join('\n'), 4)}
    .all('/api/*', (c) => c.json({ message: 'There is nothing at this address.', fields: {} }, 404))
  app.onError(onError)
  return app
}`
  return moduleText('The server: one route file per kind of record, and the health check.', imports, body)
}

/** `server/access.ts` */
export function writeAccess(app: AppModel): string {
  const imports = importList()
  const type = imports.add('./accounts/access', 'type AccessRules')
  const rules = app.entities.map(({ path, access }) => {
    const lines = (['read', 'create', 'update', 'delete'] as const).map((action) => `${action}: [${access[action].map(quote).join(', ')}],`)
    return `${/^\w+$/.test(path) ? path : quote(path)}: {\n${indent(lines.join('\n'))}\n},`
  })
  return moduleText(
    'Who may do what: role names, or `everyone`, `signedIn`, `owner` (whoever made the record). Administrators may do everything.',
    imports,
    `export const access = {\n${indent(rules.join('\n'))}\n} satisfies Record<string, ${type}>`,
  )
}

/** `model/roles.ts` */
export function writeRoles(app: AppModel, newcomer: string): string {
  const admin = app.roles.find((role) => role.isAdmin)?.name ?? ''
  const items = app.roles.map(
    (role) =>
      `${wrap('{', [`value: ${quote(role.name)}`, `label: ${quote(role.label)}`, `description: ${quote(role.description)}`, `isAdmin: ${role.isAdmin}`], '}', 2, 1)},`,
  )
  return moduleText(
    'The roles that people can have.',
    importList(),
    `export const roles = [
${indent(items.join('\n'))}
] as const

/** What the first person in an empty app becomes. */
export const adminRole = ${quote(admin)}

/** What somebody who signs up becomes, until an administrator changes it. */
export const newcomerRole = ${quote(newcomer)}

export const isAdmin = (role: string) => roles.some(({ value, isAdmin }) => value === role && isAdmin)

export const roleLabel = (role: string) => roles.find(({ value }) => value === role)?.label ?? role

export const roleDescription = (role: string) => roles.find(({ value }) => value === role)?.description ?? ''`,
  )
}

/** `web/config.ts` */
export function writeConfig({ blueprint }: AppModel): string {
  return moduleText(
    'What the client knows about the app.',
    importList(),
    `export const appName = ${quote(blueprint.appName)}\nexport const tagline = ${quote(blueprint.tagline)}\nexport const currency = ${quote(blueprint.currency)}`,
  )
}

/** `web/app.tsx` */
export function writeClient(app: AppModel, pages: readonly PageModel[]): string {
  const imports = importList()
  const route = imports.add('react-router', 'Route')
  imports.add('react-router', 'Routes')
  const guard = (resource: string, element: string) =>
    app.hasAccounts ? `<${imports.add('./accounts/session', 'MayRead')} resource="${resource}">${element}</MayRead>` : element
  const line = (path: string, element: string) => {
    const flat = `<${route} path="${path}" element={${element}} />`
    const inner = /^(<MayRead [^>]*>)(.*)(<\/MayRead>)$/.exec(element)
    if (!inner && flat.length + 8 <= LINE_WIDTH) return flat
    return `<${route}\n  path="${path}"\n  element={\n${indent(inner ? `${inner[1]}\n  ${inner[2]}\n${inner[3]}` : element, 4)}\n  }\n/>`
  }
  const records = app.entities.flatMap((entity) => {
    const at = (file: string, name: string) => `<${imports.add(`./features/${entity.path}/${file}`, name)} />`
    const isOpen = entity.access.read.includes('everyone')
    const wrapped = (element: string) => (isOpen ? element : guard(entity.path, element))
    return [
      line(`/${entity.path}`, wrapped(at('list', listComponent(entity)))),
      line(`/${entity.path}/new`, at('form', createComponent(entity))),
      line(`/${entity.path}/:id`, wrapped(at('detail', detailComponent(entity)))),
      line(`/${entity.path}/:id/edit`, wrapped(at('form', editComponent(entity)))),
    ]
  })
  const screens = pages
    .filter((page) => !page.isMainList)
    .map((page) => {
      const resource = resourceOf(page, app)
      const element = `<${imports.add(`./pages/${page.file}`, page.component)} />`
      return line(page.path, resource && page.source.kind !== 'contact' ? guard(resource, element) : element)
    })
  const first = pages[0]
  const start =
    first?.isMainList || !pages.some((page) => page.path === '/')
      ? [line('/', `<${imports.add('react-router', 'Navigate')} to="${first?.path ?? '/settings'}" replace />`)]
      : []
  const accounts = app.hasAccounts
    ? [
        line('/sign-in', `<${imports.add('./accounts/sign-in', 'SignInPage')} />`),
        line('/sign-up', `<${imports.add('./accounts/sign-in', 'SignUpPage')} />`),
        `<${route}\n  path="/people"\n  element={\n    <${imports.add('./accounts/session', 'AdminsOnly')}>\n      <${imports.add('./accounts/people', 'PeoplePage')} />\n    </AdminsOnly>\n  }\n/>`,
      ]
    : []
  const shell = imports.add(`./shell/${app.shell.toLowerCase()}`, app.shell)
  imports.add('./shell/navigation', 'type NavigationItem')
  const items = pages.map((page) => {
    const resource = app.hasAccounts ? resourceOf(page, app) : undefined
    const parts = [`to: ${quote(page.path)}`, `label: ${quote(page.source.title)}`, `icon: ${quote(iconName(page.source.icon))}`]
    if (resource && page.source.kind !== 'contact') parts.push(`resource: ${quote(resource)}`)
    return `${wrap('{', parts, '}', 2, 1)},`
  })
  const visible = app.hasAccounts
    ? `  const session = ${imports.add('./accounts/session', 'useSession')}().data
  const visible = navigation.filter(({ resource }) => !resource || (session?.can[resource]?.read ?? 'none') !== 'none')
  const items = ${imports.add('../model/roles', 'isAdmin')}(session?.account?.role ?? '') ? [...visible, people] : visible\n`
    : ''
  const body = `const navigation: readonly NavigationItem[] = [
${indent(items.join('\n'))}
]
${app.hasAccounts ? "\nconst people: NavigationItem = { to: '/people', label: 'People', icon: 'users' }\n" : ''}
export function App() {
${visible}  return (
    <${shell} items={${app.hasAccounts ? 'items' : 'navigation'}}${app.hasAccounts ? ` account={<${imports.add('./accounts/account-menu', 'AccountMenu')} />}` : ''}>
      <Routes>
${indent([...start, ...screens, ...records, ...accounts].join('\n'), 8)}
        <${route} path="/settings" element={<${imports.add('./pages/settings', 'SettingsPage')} />} />
        <${route} path="*" element={<${imports.add('./pages/not-found', 'NotFoundPage')} />} />
      </Routes>
    </${shell}>
  )
}`
  return moduleText('Every address of the client, and the navigation.', imports, body)
}

/** The records that a page shows, when they are not for everyone. */
function resourceOf(page: PageModel, app: AppModel): string | undefined {
  const { source } = page
  if (source.kind === 'content') return undefined
  const names =
    source.kind === 'dashboard'
      ? source.entities.length
        ? source.entities
        : app.entities.map((entity) => entity.source.name)
      : [source.entity]
  const entities = names.map((name) => app.entity(name))
  if (entities.some((entity) => entity.access.read.includes('everyone'))) return undefined
  return (entities.find((entity) => entity.access.read.includes('signedIn')) ?? entities[0])?.path
}

/** `index.html` */
export function writeHtml({ blueprint }: AppModel): string {
  const { light, dark } = palettesOf(blueprint.theme)
  const description = blueprint.tagline || blueprint.purpose
  return `<!doctype html>
<html lang="en" data-default-theme="${isDarkTheme(blueprint.theme) ? 'dark' : 'system'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${inHtml(blueprint.appName)}</title>
    <meta name="description" content="${inHtml(description.replace(/\s+/g, ' '))}" />
    <meta name="theme-color" content="${light.canvas}" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="${dark.canvas}" media="(prefers-color-scheme: dark)" />
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <script src="/theme.js"></script>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/web/main.tsx"></script>
  </body>
</html>
`
}

/** `public/favicon.svg`: the initial on the main colour. */
export function writeFavicon({ blueprint }: AppModel): string {
  const { light } = palettesOf(blueprint.theme)
  const initial = inHtml([...blueprint.appName][0]?.toUpperCase() ?? '')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${light.primary}"/><text x="16" y="22.5" font-family="system-ui, sans-serif" font-size="19" font-weight="700" text-anchor="middle" fill="${light['on-primary']}">${initial}</text></svg>\n`
}
