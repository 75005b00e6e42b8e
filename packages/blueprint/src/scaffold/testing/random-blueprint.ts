/** Random valid blueprints with unkind words in every place that takes free text. */
import { Blueprint, FIELD_TYPES, type FieldType } from '@slipway/domain'
import fc from 'fast-check'

const UNKIND = [
  "it's",
  'a "quoted" name',
  '</script><script>alert(1)</script>',
  '`back` ${process.exit()}',
  '{curly} <b>bold</b> &amp; &',
  'back\\slash',
  '*/ end of comment',
  'line\nbreak',
  '\u2028 separator',
  '日本語 – ünïcode',
  'Plain words',
  '--> statement-breakpoint',
]
/** Names that TypeScript, SQL, React or the template use themselves. */
const TAKEN = [
  'new',
  'class',
  'delete',
  'function',
  'default',
  'user',
  'order',
  'group',
  'select',
  'table',
  'event',
  'link',
  'page',
  'list',
  'form',
  'date',
  'record',
  'account',
  'accounts',
  'session',
  'db',
  'app',
  'api',
  'id',
  'constructor',
  'toString',
  'createdAt',
  'total',
  'rows',
  'settings',
  'people',
  'health',
  'index',
  'content',
  'status',
  'string',
  'number',
  'promise',
  'choice',
  'field',
  'fields',
  'roles',
  'role',
  'money',
  'text',
  'image',
  'card',
  'map',
  'set',
  'customer',
  'customerId',
  'news',
  'category',
  'categories',
  'box',
  'z',
  'c',
  'and',
  'eq',
  'sql',
  'count',
  'alias',
  'rules',
  'conditions',
  'find',
  'one',
  'input',
  'can',
  'values',
  'save',
  'navigate',
  'toast',
  'params',
  'submit',
  'columns',
  'filters',
  'await',
  'async',
  'let',
  'of',
  'get',
  'then',
] // prettier-ignore

const name = fc.oneof(fc.constantFrom(...TAKEN), fc.stringMatching(/^[a-z][A-Za-z0-9]{0,14}$/))
const words = fc.oneof(fc.constantFrom(...UNKIND), fc.string({ minLength: 1, maxLength: 30 })).map((text) => text.trim() || 'x')
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const names = (minLength: number, maxLength: number) => fc.uniqueArray(name, { minLength, maxLength })
const who = (roles: readonly string[]) => fc.uniqueArray(fc.constantFrom('everyone', 'signedIn', 'owner', ...roles), { maxLength: 3 })
const sampleValue = fc.oneof(
  words,
  fc.integer({ min: -5, max: 9 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('today-3', 'today+5T14:30', '2026-02-30', '2026-05-04'),
)

function field(fieldName: string, entityNames: readonly string[]) {
  return fc.record({
    name: fc.constant(fieldName),
    label: words,
    type: fc.constantFrom<FieldType>(...FIELD_TYPES),
    required: fc.boolean(),
    unique: fc.boolean(),
    help: fc.option(words, { nil: undefined }),
    choices: names(1, 4).chain((values) => fc.tuple(...values.map((value) => fc.record({ value: fc.constant(value), label: words })))),
    to: fc.constantFrom(...entityNames),
    onDelete: fc.option(fc.constantFrom('restrict', 'cascade', 'clear'), { nil: undefined }),
    min: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    lengthMax: fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
    unit: fc.option(
      words.map((text) => text.slice(0, 20)),
      { nil: undefined },
    ),
    auto: fc.option(fc.constantFrom('now', 'me'), { nil: undefined, freq: 6 }),
  })
}

const entity = (entityName: string, entityNames: readonly string[], roles: readonly string[]) =>
  names(1, 7)
    .chain((fieldNames) =>
      fc.record({
        name: fc.constant(entityName),
        label: words,
        labelPlural: words,
        description: words,
        icon: fc.constantFrom('bike', 'no-such-icon', 'home'),
        fields: fc.tuple(...fieldNames.map((one) => field(one, entityNames))),
        titleField: fc.constantFrom(...fieldNames),
        access: fc.record({ read: who(roles), create: who(roles), update: who(roles), delete: who(roles) }),
        samples: fc.array(fc.dictionary(fc.constantFrom(...fieldNames), sampleValue), { maxLength: 3 }),
        hasWorkflow: fc.boolean(),
      }),
    )
    .map(({ hasWorkflow, ...rest }) => {
      const state = rest.fields.find((one) => one.type === 'choice')
      if (!hasWorkflow || !state) return rest
      const values = state.choices.map((choice) => choice.value)
      const moves = values
        .slice(1)
        .map((to, index) => ({ from: values[index], to, label: `To ${to}'s "end"`, ...(roles.length && index % 2 ? { roles } : {}) }))
      return { ...rest, workflow: { field: state.name, moves } }
    })

function page(pageName: string, entities: readonly { name: string; fields: readonly { name: string }[] }[]) {
  const target = fc.constantFrom(...entities)
  const base = { name: fc.constant(pageName), title: words, icon: fc.constantFrom('list', 'no-such-icon') }
  return fc.oneof(
    target.chain((one) =>
      fc.record({ ...base, kind: fc.constant('list'), entity: fc.constant(one.name), layout: fc.constantFrom('table', 'cards') }),
    ),
    fc.record({ ...base, kind: fc.constant('dashboard'), entities: fc.subarray(entities.map((one) => one.name)) }),
    target.chain((one) =>
      fc.record({
        ...base,
        kind: fc.constant('board'),
        entity: fc.constant(one.name),
        groupBy: fc.constantFrom(...one.fields.map((each) => each.name)),
      }),
    ),
    target.chain((one) =>
      fc.record({
        ...base,
        kind: fc.constant('calendar'),
        entity: fc.constant(one.name),
        dateField: fc.constantFrom(...one.fields.map((each) => each.name)),
      }),
    ),
    fc.record({
      ...base,
      kind: fc.constant('content'),
      sections: fc.array(fc.record({ heading: words, body: words, image: fc.option(words, { nil: undefined }) }), { maxLength: 3 }),
    }),
    target.chain((one) => fc.record({ ...base, kind: fc.constant('contact'), intro: words, entity: fc.constant(one.name) })),
  )
}

export const randomBlueprint = fc
  .record({ entityNames: names(1, 4), pageNames: names(1, 5), roles: fc.oneof(fc.constant<string[]>([]), names(1, 3)) })
  .chain(({ entityNames, pageNames, roles }) =>
    fc.tuple(...entityNames.map((one) => entity(one, entityNames, roles))).chain((entities) =>
      fc.record({
        version: fc.constant(1),
        appName: words,
        tagline: words,
        purpose: words,
        capabilities: fc.constant(['browse']),
        roles: fc.tuple(
          ...roles.map((role) => fc.record({ name: fc.constant(role), label: words, description: words, isAdmin: fc.boolean() })),
        ),
        entities: fc.constant(entities),
        pages: fc.tuple(...pageNames.map((one) => page(one, entities))),
        theme: fc.record({
          background: colour,
          primary: colour,
          font: fc.constantFrom('sans', 'serif', 'rounded'),
          corners: fc.constantFrom('square', 'soft', 'round'),
        }),
        currency: fc.constantFrom('USD', 'EUR'),
      }),
    ),
  )
  .map((raw) => Blueprint.parse(JSON.parse(JSON.stringify(raw))))
