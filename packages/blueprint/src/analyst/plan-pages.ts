/** The plans for pages, and for what makes it one app: access, colours, examples, words. */
import type { Requirement } from '@slipway/domain'
import type { TaskValues } from '@slipway/plan'
import type { AppModel, EntityModel } from '../scaffold/app-model.ts'
import { routeName } from '../scaffold/write-dashboard.ts'
import { type Draft, TASKS_PER_PLAN, truthsOf } from './plan-draft.ts'
import { inSentence, listed } from './words.ts'

export function pagesPlans(
  app: AppModel,
  paths: ReadonlySet<string>,
  requirements: readonly Requirement[],
  planOf: ReadonlyMap<EntityModel, string>,
): Draft[] {
  const pages = app.pages.filter((page) => !page.isMainList && paths.has(`web/pages/${page.file}.tsx`))
  if (pages.length === 0 && requirements.length === 0) return []
  const filesFor = (page: AppModel['pages'][number]) => [
    `web/pages/${page.file}.tsx`,
    ...(page.source.kind === 'dashboard' ? [`server/dashboards/${page.file}.ts`] : []),
  ]
  const chunks = Array.from({ length: Math.max(1, Math.ceil(pages.length / TASKS_PER_PLAN)) }, (_, index) =>
    pages.slice(index * TASKS_PER_PLAN, (index + 1) * TASKS_PER_PLAN),
  )
  return chunks.map((chunk, index): Draft => {
    const files = chunk.flatMap(filesFor)
    const own = index === 0 ? requirements : []
    const dashboards = chunk.filter((page) => page.source.kind === 'dashboard')
    return {
      title: `Pages: ${listed(chunk.map((page) => inSentence(page.source.title)))}`,
      values: {
        type: 'execute',
        dependsOn: [...new Set(planOf.values())],
        filesModified: [...files, ...(index === 0 ? ['web/app.tsx'] : [])],
        autonomous: true,
        requirements: own.map((requirement) => requirement.id),
        objective: `Show the records the way people look for them: ${listed(chunk.map((page) => inSentence(page.source.title)))}.\n\nPurpose: nobody should have to search for what matters today.\nOutput: a page each, in the navigation, in this order.`,
        context: ['@web/app.tsx', '@web/theme.css'],
        mustHaves: {
          truths: truthsOf(own).slice(0, 9),
          artifacts: [
            ...chunk.map((page) => ({
              path: `web/pages/${page.file}.tsx`,
              provides: `The page "${page.source.title}"`,
              exports: [page.component],
            })),
            ...dashboards.map((page) => ({
              path: `server/dashboards/${page.file}.ts`,
              provides: 'The figures of the overview',
              exports: [routeName(page)],
            })),
          ],
          keyLinks: chunk.map((page) => ({
            from: 'web/app.tsx',
            to: `web/pages/${page.file}.tsx`,
            via: `the address ${page.path} opens the page`,
          })),
          prohibitions: [],
        },
        tasks: chunk.map(
          (page, number): TaskValues => ({
            type: 'auto',
            name: `"${page.source.title}" can be opened`,
            files: [...filesFor(page), ...(index === 0 && number === 0 ? ['web/app.tsx'] : [])],
            action: `Write the ${page.source.kind} page "${page.source.title}" at ${page.path}, and put it into the navigation.`,
            verify: {
              automated: page.source.kind === 'dashboard' ? 'npm run typecheck && npm test' : 'npm run typecheck && npm run build',
            },
            acceptanceCriteria: [
              `The page opens at ${page.path} without errors in the console`,
              'It can be used by keyboard and on a phone',
            ],
            done: `"${page.source.title}" shows real records and is in the navigation.`,
          }),
        ),
        verification: ['`npm run typecheck` finds nothing', '`npm run build` succeeds'],
        successCriteria: own.map((requirement) => `${requirement.id}: ${requirement.title}`),
        output: '',
      },
    }
  })
}

export function finishPlan(app: AppModel, requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
  const access = app.hasAccounts ? ['server/access.ts', 'model/roles.ts'] : []
  const task = (name: string, files: readonly string[], action: string, automated: string, done: string): TaskValues => ({
    type: 'auto',
    name,
    files,
    action,
    verify: { automated },
    acceptanceCriteria: [],
    done,
  })
  return {
    title: app.hasAccounts ? 'People, look and what comes with it' : 'Look and what comes with it',
    values: {
      type: 'execute',
      dependsOn,
      filesModified: [...access, 'web/theme.css', 'server/seed/index.ts', 'README.md'],
      autonomous: true,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Make it one app: ${app.hasAccounts ? 'who may do what, ' : ''}colours as asked for, example records, and words on how to run it.\n\nPurpose: it should be pleasant and safe from the first minute.\nOutput: ${app.hasAccounts ? 'roles and access rules, ' : ''}theme, seed, README.`,
      context: ['@package.json', '@web/styles.css'],
      mustHaves: {
        truths: truthsOf(requirements).slice(0, 9),
        artifacts: [
          ...access.map((path) => ({ path, provides: path.startsWith('server') ? 'Who may do what' : 'The roles' })),
          { path: 'web/theme.css', provides: 'The colours, light and dark' },
          { path: 'server/seed/index.ts', provides: 'Example records in an empty database', exports: ['seedWhenEmpty'] },
          { path: 'README.md', provides: 'How to run, change and deploy it' },
        ],
        keyLinks: [],
        prohibitions: [],
      },
      tasks: [
        ...(access.length
          ? [
              task(
                'Everybody may do what their role says',
                access,
                `Roles: ${listed(app.roles.map((role) => `\`${role.name}\``))}. The server asks the rule before every read and every change; the pages hide what would be refused.`,
                'npm run typecheck && npm test',
                'A role that may not change a record is refused by the server.',
              ),
            ]
          : []),
        task(
          'The colours are those that were asked for',
          ['web/theme.css'],
          `Background ${app.blueprint.theme.background}, accents ${app.blueprint.theme.primary}; text on either reaches a contrast of 4.5 to 1, in light and in dark.`,
          'npm run build',
          'Every page has the asked-for ground and accents and can be read.',
        ),
        task(
          'An empty database begins with examples',
          ['server/seed/index.ts', 'README.md'],
          'Fill an empty database in one transaction with believable records whose dates lie around today; say in the README how to run and how to empty it.',
          'npm test && npm run build',
          'The first start shows an app that looks lived in.',
        ),
      ],
      verification: ['`npm run typecheck` finds nothing', '`npm test` passes', '`npm run build` succeeds'],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}
