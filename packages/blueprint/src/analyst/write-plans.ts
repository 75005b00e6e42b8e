/** From a spec to plan documents: what the scaffold compiles, in reviewable pieces, and what is left for a model or a person. */
import type { Requirement, Spec } from '@slipway/domain'
import { computeWaves, makePlan, type PlanValues, printPlan, type TaskValues } from '@slipway/plan'
import { type AppModel, type EntityModel, modelApp } from '../scaffold/app-model.ts'
import { compileApp } from '../scaffold/compile-app.ts'
import { routeName } from '../scaffold/write-dashboard.ts'
import { clipped, inSentence, listed } from './words.ts'

export interface WrittenPlan {
  /** `01-02`, as other plans refer to it. */
  readonly name: string
  readonly title: string
  readonly wave: number
  /** The document, canonical. */
  readonly source: string
}

interface Draft {
  readonly title: string
  readonly values: Omit<PlanValues, 'phase' | 'plan' | 'wave'>
}

const ENTITIES_PER_PLAN = 3
const TASKS_PER_PLAN = 5

/** Pure and repeatable. Every requirement of the spec is covered by exactly one plan. */
export function writePlans(spec: Spec, feature: { title: string }): WrittenPlan[] {
  const app = modelApp(spec.blueprint)
  const paths = new Set(compileApp(spec.blueprint, []).map((file) => file.path))
  const open = new Set(spec.requirements)
  const take = (test: (requirement: Requirement) => boolean) => {
    const taken = [...open].filter(test)
    for (const requirement of taken) open.delete(requirement)
    return taken
  }
  const drafts: Draft[] = []
  const planOf = new Map<EntityModel, string>()
  const nameOf = (index: number) => `01-${String(index + 1).padStart(2, '0')}`
  const entities = inOrder(app)
  for (let start = 0; start < entities.length; start += ENTITIES_PER_PLAN) {
    const group = entities.slice(start, start + ENTITIES_PER_PLAN)
    for (const entity of group) planOf.set(entity, nameOf(drafts.length))
    const requirements = take((requirement) => requirement.delivery === 'compiled' && group.some((entity) => isAbout(requirement, entity)))
    drafts.push(recordsPlan(group, requirements, planOf, nameOf(drafts.length)))
  }
  const pageRequirements = take((requirement) => requirement.delivery === 'compiled' && PAGES.test(requirement.title))
  drafts.push(...pagesPlans(app, paths, pageRequirements, planOf))
  const people = take((requirement) => requirement.delivery === 'compiled' && PEOPLE.test(requirement.title))
  const rest = take((requirement) => requirement.delivery === 'compiled')
  drafts.push(finishPlan(app, [...people, ...rest], [...new Set(planOf.values())]))
  const forModel = take((requirement) => requirement.delivery === 'model')
  const before = drafts.map((_, index) => nameOf(index))
  for (let start = 0; start < forModel.length; start += TASKS_PER_PLAN)
    drafts.push(modelPlan(forModel.slice(start, start + TASKS_PER_PLAN), before))
  const later = take(() => true)
  for (let start = 0; start < later.length; start += TASKS_PER_PLAN)
    drafts.push(laterPlan(later.slice(start, start + TASKS_PER_PLAN), before))
  return printed(drafts, feature)
}

const PAGES = /^(?:See |Move |Read the page |Write to the people)/
const PEOPLE = /\bsign in\b|\broles?\b/i

const isAbout = (requirement: Requirement, entity: EntityModel) => {
  const many = inSentence(entity.labelPlural)
  return (
    requirement.title === `Keep ${many}` ||
    requirement.title === `Lead ${many} through their stages` ||
    requirement.title.startsWith(`Connect ${many} with `)
  )
}

/** What is referred to comes before what refers to it. */
function inOrder(app: AppModel): EntityModel[] {
  const order: EntityModel[] = []
  const seen = new Set<EntityModel>()
  const visit = (entity: EntityModel) => {
    if (seen.has(entity)) return
    seen.add(entity)
    for (const field of entity.fields) if (field.type === 'reference') visit(app.entity(field.to))
    order.push(entity)
  }
  app.entities.forEach(visit)
  return order
}

const filesOf = (entity: EntityModel) => [
  `model/${entity.file}.ts`,
  `server/db/tables/${entity.file}.ts`,
  `server/routes/${entity.file}.ts`,
  `web/features/${entity.path}/form.tsx`,
  `tests/${entity.file}.test.ts`,
]

function recordsPlan(
  group: readonly EntityModel[],
  requirements: readonly Requirement[],
  planOf: ReadonlyMap<EntityModel, string>,
  own: string,
): Draft {
  const titles = listed(group.map((entity) => entity.nounPlural))
  const targets = group.flatMap((entity) => entity.fields.filter((field) => field.type === 'reference').map((field) => field.to))
  const dependsOn = [
    ...new Set([...planOf].filter(([entity, plan]) => plan !== own && targets.includes(entity.source.name)).map(([, plan]) => plan)),
  ]
  return {
    title: `Records: ${titles}`,
    values: {
      type: 'execute',
      dependsOn,
      filesModified: group.flatMap(filesOf),
      autonomous: true,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Keep ${titles}: table, validation on both sides, an API, pages and tests for each.\n\nPurpose: these records are what the rest of the app stands on.\nOutput: per thing a model, a table, routes, a form and a test.`,
      context: ['@README.md', '@model/fields.ts'],
      mustHaves: {
        truths: requirements
          .flatMap((requirement) =>
            requirement.criteria
              .slice(0, 1)
              .map((criterion) => clipped(`Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}.`, 300)),
          )
          .slice(0, 9),
        artifacts: group.flatMap((entity) => [
          {
            path: `model/${entity.file}.ts`,
            provides: `What ${entity.nounPlural} are, checked by the form and by the server`,
            exports: [`${entity.type}Input`],
          },
          { path: `server/db/tables/${entity.file}.ts`, provides: `The table of ${entity.nounPlural}`, exports: [entity.plural] },
          { path: `server/routes/${entity.file}.ts`, provides: `The API of ${entity.nounPlural}`, exports: [`${entity.singular}Routes`] },
        ]),
        keyLinks: group.map((entity) => ({
          from: `server/routes/${entity.file}.ts`,
          to: `server/db/tables/${entity.file}.ts`,
          via: `the API reads and writes the table of ${entity.nounPlural}`,
        })),
        prohibitions: [],
      },
      tasks: group.map(
        (entity): TaskValues => ({
          type: 'auto',
          name: `${entity.labelPlural} can be kept`,
          files: filesOf(entity),
          action: entityAction(entity),
          verify: { automated: `npm run typecheck && npx vitest run tests/${entity.file}.test.ts` },
          acceptanceCriteria: requirements
            .filter((requirement) => isAbout(requirement, entity))
            .flatMap((requirement) =>
              requirement.criteria.map((criterion) => `Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}`),
            ),
          done: `${entity.labelPlural} can be added, found, opened, changed and deleted, and its test passes.`,
        }),
      ),
      verification: ['`npm run typecheck` finds nothing', '`npm test` passes'],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}

function entityAction(entity: EntityModel): string {
  const fields = entity.fields.map((field) => {
    const details = [
      field.source.type === 'choice'
        ? `one of ${field.choices.map((choice) => `\`${choice.value}\``).join(', ')}`
        : field.type === 'reference'
          ? `refers to ${field.to}`
          : field.type,
      field.isRequired ? 'required' : '',
      field.isUnique ? 'unique' : '',
    ].filter(Boolean)
    return `- \`${field.key}\`: ${details.join(', ')}`
  })
  const moves = entity.workflow?.moves.map((move) => `- \`${move.from}\` to \`${move.to}\`: "${move.label}"`) ?? []
  return [
    `Write the model, the table with its constraints, the routes and the form of ${entity.nounPlural}:`,
    '',
    ...fields,
    ...(moves.length ? ['', 'Allowed moves, refused by the server otherwise:', '', ...moves] : []),
  ].join('\n')
}

function pagesPlans(
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
          truths: own
            .flatMap((requirement) =>
              requirement.criteria.map((criterion) =>
                clipped(`Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}.`, 300),
              ),
            )
            .slice(0, 9),
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

function finishPlan(app: AppModel, requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
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
        truths: requirements
          .flatMap((requirement) =>
            requirement.criteria.map((criterion) =>
              clipped(`Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}.`, 300),
            ),
          )
          .slice(0, 9),
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

const testOf = (requirement: Requirement) => `tests/${requirement.id.toLowerCase()}.test.ts`

function modelPlan(requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
  return {
    title: `Beyond records: ${clipped(listed(requirements.map((requirement) => inSentence(requirement.title))), 140)}`,
    values: {
      type: 'execute',
      dependsOn,
      filesModified: requirements.map(testOf),
      autonomous: true,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Build what cannot be compiled: ${listed(requirements.map((requirement) => inSentence(requirement.title)))}.\n\nPurpose: this is what the owner asked for beyond keeping records.\nOutput: working features, each with a test that fails without it. Needs a model's coder.`,
      context: ['@README.md', '@web/app.tsx', '@server/app.ts'],
      mustHaves: {
        truths: requirements.flatMap((requirement) =>
          requirement.criteria.map((criterion) =>
            clipped(`Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}.`, 300),
          ),
        ),
        artifacts: requirements.map((requirement) => ({
          path: testOf(requirement),
          provides: `Proof of ${requirement.id}: ${requirement.title}`,
        })),
        keyLinks: [],
        prohibitions: [],
      },
      tasks: requirements.map(
        (requirement): TaskValues => ({
          type: 'auto',
          name: requirement.title,
          files: [testOf(requirement)],
          action: `${requirement.text}\n\nBegin with the test, then write what it needs in new files under \`server/\` and \`web/\`, and add them to \`files_modified\`.`,
          verify: { automated: `npm run typecheck && npx vitest run ${testOf(requirement)}` },
          acceptanceCriteria: requirement.criteria.map(
            (criterion) => `Given ${criterion.given}, when ${criterion.when}, then ${criterion.then}`,
          ),
          done: requirement.criteria[0]?.then ?? requirement.title,
        }),
      ),
      verification: ['`npm run typecheck` finds nothing', '`npm test` passes'],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}

function laterPlan(requirements: readonly Requirement[], dependsOn: readonly string[]): Draft {
  return {
    title: `Needs something from outside: ${clipped(listed(requirements.map((requirement) => inSentence(requirement.title))), 130)}`,
    values: {
      type: 'execute',
      dependsOn,
      filesModified: [],
      autonomous: false,
      requirements: requirements.map((requirement) => requirement.id),
      objective: `Decide on what needs an account, a device or a service from outside: ${listed(requirements.map((requirement) => inSentence(requirement.title)))}.\n\nPurpose: no money and no hope is spent on it before that is settled.\nOutput: a decision for each.`,
      context: ['@README.md'],
      mustHaves: {
        truths: requirements.map((requirement) => clipped(requirement.text || requirement.title, 300)),
        artifacts: [{ path: 'README.md', provides: 'Says what is connected and what is not' }],
        keyLinks: [],
        prohibitions: [],
      },
      tasks: requirements.map(
        (requirement): TaskValues => ({
          type: 'checkpoint:human-action',
          name: requirement.title,
          files: [],
          action: '',
          verify: {},
          acceptanceCriteria: [],
          done: '',
          others: {
            'what-built': 'The records around it are kept and can be worked with by hand.',
            'how-to-verify': requirement.text,
            'resume-signal': 'Say "connected" when the account or the device is there, or "leave out".',
          },
        }),
      ),
      verification: [],
      successCriteria: requirements.map((requirement) => `${requirement.id}: ${requirement.title}`),
      output: '',
    },
  }
}

function printed(drafts: readonly Draft[], feature: { title: string }): WrittenPlan[] {
  const slug =
    feature.title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'first-version'
  const values = drafts.map(
    (draft, index): PlanValues => ({ ...draft.values, phase: `01-${slug}`, plan: String(index + 1).padStart(2, '0'), wave: 1 }),
  )
  const waves = computeWaves(values.map((value) => ({ name: `01-${value.plan}`, plan: makePlan(value) })))
  return values.map((value, index) => {
    const name = `01-${value.plan}`
    const wave = waves.get(name) ?? 1
    return { name, title: clipped(drafts[index]?.title ?? feature.title, 200), wave, source: printPlan(makePlan({ ...value, wave })) }
  })
}
