/** The compiler: a blueprint and the template's fixed files become a complete app. Pure, and the same each time. */
import type { Blueprint } from '@slipway/domain'
import { type AppModel, isNewcomerRole, modelApp, type PageModel } from './app-model.ts'
import { drawArt } from './art.ts'
import { writeIcons } from './icons.ts'
import { writeTheme } from './palette.ts'
import { writeAccess, writeClient, writeConfig, writeFavicon, writeHtml, writeRoles, writeServer } from './write-app.ts'
import { writeDashboardPage, writeDashboardRoute } from './write-dashboard.ts'
import { writeModel } from './write-model.ts'
import { writeReadme } from './write-readme.ts'
import { writeCard, writeDetail, writeForm, writeList } from './write-record-pages.ts'
import { writeRoutes } from './write-routes.ts'
import { writeBoard, writeCalendar, writeContact, writeContent } from './write-screens.ts'
import { planSeed, writeSeedFile, writeSeedIndex } from './write-seed.ts'
import { writeJournal, writeMigration, writeTable } from './write-tables.ts'
import { writeBuilders, writeTest } from './write-tests.ts'

/** `path` is relative to the app's root, with forward slashes. */
export interface AppFile {
  readonly path: string
  readonly content: string
}

/** The fixed files of `templates/app`, read by whoever calls. */
export type TemplateFiles = readonly AppFile[]

/** Files of the template that only apps with accounts get. */
const ACCOUNT_FILES =
  /^(server\/accounts\/|server\/seed\/accounts\.ts$|model\/account\.ts$|web\/accounts\/|tests\/(accounts\.test|api-with-accounts)\.ts$)/
/** Two forms of one file, of which an app gets one. */
const API_WITH_ACCOUNTS = 'tests/api-with-accounts.ts'
const API_PLAIN = 'tests/api.ts'

/**
 * @param blueprint as parsed by the schema
 * @param template the files of `templates/app`, without what it ignores (`node_modules`, `dist`, `data`)
 * @returns every file of the app, each path once, in the order of paths
 */
export function compileApp(blueprint: Blueprint, template: TemplateFiles): readonly AppFile[] {
  const app = modelApp(blueprint)
  const files = new Map<string, string>()
  for (const { path, content } of template) {
    if (ACCOUNT_FILES.test(path) && (!app.hasAccounts || path === API_WITH_ACCOUNTS)) continue
    files.set(path, path === 'package.json' || path === 'package-lock.json' ? nameManifest(path, content, blueprint) : content)
  }
  if (app.hasAccounts) {
    const api = template.find(({ path }) => path === API_WITH_ACCOUNTS)
    if (api) files.set(API_PLAIN, api.content)
  }
  for (const { path, content } of compiled(app)) files.set(path, content)
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => ({ path, content }))
}

function compiled(app: AppModel): AppFile[] {
  const { screens, pages } = writePages(app)
  const dashboards = pages.filter((page) => page.source.kind === 'dashboard')
  const seed = planSeed(app)
  const file = (path: string, content: string): AppFile => ({ path, content })
  return [
    file('README.md', writeReadme({ ...app, pages })),
    file('index.html', writeHtml(app)),
    file('public/favicon.svg', writeFavicon(app)),
    ...seed.art.map((path) => file(`public${path}`, drawArt(path, app.blueprint.theme.primary))),
    file('migrations/0000_start.sql', writeMigration(app)),
    file('migrations/meta/_journal.json', writeJournal()),
    file('server/app.ts', writeServer(app, dashboards)),
    ...dashboards.map((page) => file(`server/dashboards/${page.file}.ts`, writeDashboardRoute(page, app))),
    file('server/seed/index.ts', writeSeedIndex(app, seed)),
    file('web/app.tsx', writeClient(app, pages)),
    file('web/config.ts', writeConfig(app)),
    file('web/theme.css', writeTheme(app.blueprint.theme)),
    file(
      'web/ui/icon.tsx',
      writeIcons([...app.blueprint.pages.map((page) => page.icon), ...app.entities.map((entity) => entity.source.icon)]),
    ),
    file('tests/build.ts', writeBuilders(app)),
    ...screens,
    ...(app.hasAccounts ? [file('server/access.ts', writeAccess(app)), file('model/roles.ts', writeRoles(app, newcomerOf(app)))] : []),
    ...app.entities.flatMap((entity) => [
      file(`model/${entity.file}.ts`, writeModel(entity, app)),
      file(`server/db/tables/${entity.file}.ts`, writeTable(entity, app)),
      file(`server/routes/${entity.file}.ts`, writeRoutes(entity, app)),
      ...(seed.rows.get(entity)?.length ? [file(`server/seed/${entity.file}.ts`, writeSeedFile(entity, seed))] : []),
      file(
        `web/features/${entity.path}/list.tsx`,
        writeList(
          entity,
          app,
          app.pages.find((page) => page.isMainList && page.source.kind === 'list' && page.source.entity === entity.source.name),
        ),
      ),
      file(`web/features/${entity.path}/card.tsx`, writeCard(entity, app)),
      file(`web/features/${entity.path}/detail.tsx`, writeDetail(entity, app)),
      file(`web/features/${entity.path}/form.tsx`, writeForm(entity, app)),
      file(`tests/${entity.file}.test.ts`, writeTest(entity, app)),
    ]),
  ]
}

/** The pages that can be made; a board without a choice, say, is left out, and its entry in the navigation with it. */
function writePages(app: AppModel): { screens: AppFile[]; pages: PageModel[] } {
  const screens: AppFile[] = []
  const pages = app.pages.filter((page) => {
    if (page.isMainList) return true
    const content = writePage(page, app)
    if (content !== null) screens.push({ path: `web/pages/${page.file}.tsx`, content })
    return content !== null
  })
  return { screens, pages }
}

function writePage(page: PageModel, app: AppModel): string | null {
  const { source } = page
  switch (source.kind) {
    case 'dashboard':
      return writeDashboardPage(page, app)
    case 'board':
      return writeBoard(page, source, app)
    case 'calendar':
      return writeCalendar(page, source, app)
    case 'content':
      return writeContent(page, source, app)
    case 'contact':
      return writeContact(page, source, app)
    case 'list':
      return writeList(app.entity(source.entity), app, page)
        .replaceAll('../../', '../')
        .replaceAll("'./card'", `'../features/${app.entity(source.entity).path}/card'`)
        .replace(/export function \w+\(\)/, `export function ${page.component}()`)
  }
}

const newcomerOf = (app: AppModel) =>
  (app.roles.find(isNewcomerRole) ?? app.roles.find((role) => !role.isAdmin) ?? app.roles[0])?.name ?? ''

/** A name that npm accepts: lower-case letters, digits and dashes. */
export function packageName(appName: string): string {
  const name = appName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return /^[a-z]/.test(name) && name !== 'node-modules' ? name : `app${name && `-${name}`}`
}

function nameManifest(path: string, content: string, blueprint: Blueprint): string {
  const name = packageName(blueprint.appName)
  const manifest = JSON.parse(content)
  manifest.name = name
  if (path === 'package.json' && blueprint.tagline) {
    const { name: _, version, private: isPrivate, ...rest } = manifest
    return `${JSON.stringify({ name, version, private: isPrivate, description: blueprint.tagline, ...rest }, null, 2)}\n`
  }
  if (manifest.packages?.['']) manifest.packages[''].name = name
  return `${JSON.stringify(manifest, null, 2)}\n`
}
