/** The plans that make things keepable: a table, an API, a form and a test for each. */
import type { Requirement } from '@slipway/domain'
import type { TaskValues } from '@slipway/plan'
import type { EntityModel } from '../scaffold/app-model.ts'
import { type Draft, truthsOf } from './plan-draft.ts'
import { inSentence, listed } from './words.ts'

export const isAbout = (requirement: Requirement, entity: EntityModel) => {
  const many = inSentence(entity.labelPlural)
  return (
    requirement.title === `Keep ${many}` ||
    requirement.title === `Lead ${many} through their stages` ||
    requirement.title.startsWith(`Connect ${many} with `)
  )
}

const filesOf = (entity: EntityModel) => [
  `model/${entity.file}.ts`,
  `server/db/tables/${entity.file}.ts`,
  `server/routes/${entity.file}.ts`,
  `web/features/${entity.path}/form.tsx`,
  `tests/${entity.file}.test.ts`,
]

export function recordsPlan(
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
        truths: truthsOf(requirements, 1).slice(0, 9),
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
