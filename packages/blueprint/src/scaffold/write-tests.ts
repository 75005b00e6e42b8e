/** Writes the app's own tests: for every kind of record a builder and a file of sentences about its API. */
import type { AppModel, EntityModel, FieldModel } from './app-model.ts'
import { type Imports, importList, indent, inTemplate, LINE_WIDTH, moduleText, quote } from './print.ts'
import { lengthMaxOf, rangeOf, starsOf } from './write-model.ts'

const build = (entity: EntityModel) => `new${entity.type}`

/** A valid value as code. `n` counts records up, so that unique values differ. */
function validValue(field: FieldModel): string {
  const max = lengthMaxOf(field)
  switch (field.type) {
    case 'text':
    case 'longText':
      if (max < 12) return `String(n).slice(0, ${max})`
      return `\`${inTemplate(field.label.replace(/\s+/g, ' ').slice(0, Math.max(max - 8, 1)))} \${n}\`.slice(0, ${max})`
    case 'email':
      return '`person${n}@example.com`'
    case 'phone':
      return "`+44 20 7946 ${String(n).padStart(4, '0')}`"
    case 'url':
      return '`https://example.com/${n}`'
    case 'image':
      return "'https://example.com/picture.jpg'"
    case 'colour':
      return "'#4f7a5b'"
    case 'integer':
    case 'decimal':
    case 'money': {
      const { min, max: most } = rangeOf(field)
      if (field.isUnique) return min === undefined ? 'n' : `${min} + n`
      const low = min ?? Math.min(1, most ?? 1)
      return String(most === undefined ? Math.max(low, 1) : low)
    }
    case 'rating':
      return String(Math.min(4, starsOf(field)))
    case 'boolean':
      return 'true'
    case 'date':
      return field.isUnique ? 'dayNumber(n)' : "'2026-05-04'"
    case 'dateTime':
      return field.isUnique ? '`${dayNumber(n)}T14:30`' : "'2026-05-04T14:30'"
    case 'time':
      return "'14:30'"
    case 'choice':
      return quote(field.choices[0]?.value ?? '')
    case 'reference':
      return ''
  }
}

/** `tests/build.ts` */
export function writeBuilders(app: AppModel): string {
  const imports = importList()
  imports.add('./api', 'type Api')
  const builders = app.entities.map((entity) => {
    const type = imports.add(`../model/${entity.file}`, `type ${entity.type}`)
    const fields = entity.fields.filter((field) => field.isInput)
    const lines = fields.filter((field) => field.type !== 'reference').map((field) => `${field.key}: ${validValue(field)},`)
    const references = fields.filter((field) => field.type === 'reference' && field.isRequired)
    const made = references.map((field) => `${field.key}: (await ${build(app.entity(field.to))}(api)).id,`)
    const needsCount = lines.some((line) => /\bn\b/.test(line))
    return `export async function ${build(entity)}(api: Api, values: object = {}): Promise<${type}> {
${needsCount ? '  const n = ++made\n' : ''}  const { body } = await api.post(${quote(entity.path)}, {
${indent([...lines, ...made, '...values,'].join('\n'), 4)}
  })
  return body
}`
  })
  const all = builders.join('\n\n')
  const helper = all.includes('dayNumber(')
    ? `/** A date of its own for each number. */
const dayNumber = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)\n\n`
    : ''
  const counter = all.includes('++made') ? 'let made = 0\n\n' : ''
  return moduleText('Makes valid records through the API, with what they refer to.', imports, `${counter}${helper}${all}`)
}

/** `tests/<entity>.test.ts` */
export function writeTest(entity: EntityModel, app: AppModel): string {
  const imports = importList()
  for (const name of ['beforeEach', 'expect', 'test']) imports.add('vitest', name)
  const start = imports.add('./api', 'startApi')
  imports.add('./api', 'type Api')
  const create = imports.add('./build', build(entity))
  const inputs = entity.fields.filter((field) => field.isInput)
  if (sorting(entity, create, inputs).length) imports.add(`../model/${entity.file}`, `type ${entity.type}`)
  const sentences = [
    creation(entity, create),
    paging(entity, create),
    ...searching(entity, create, inputs),
    ...sorting(entity, create, inputs),
    ...filtering(entity, create, inputs),
    ...changing(entity, create, inputs),
    ...refusing(entity, create, inputs),
    ...moving(entity, create),
    deleting(entity, create),
    ...keeping(entity, create, app, imports),
    exporting(entity, create),
    ...(app.hasAccounts ? guarding(entity, create, imports, app) : []),
  ]
  const body = `let api: Api

beforeEach(async () => {
  api = await ${start}()
})

${sentences.join('\n\n')}`
  return moduleText(`What the API of ${entity.nounPlural} promises.`, imports, body)
}

const says = (sentence: string, lines: readonly string[]) => `test(${quote(sentence)}, async () => {\n${indent(lines.join('\n'))}\n})`

/** The body beside the arrow, or under it when the line would be too long. */
const arrow = (head: string, body: string) => (head.length + body.length + 3 <= LINE_WIDTH ? `${head} ${body}` : `${head}\n  ${body}`)

function creation({ path, noun, singular }: EntityModel, create: string): string {
  return says(`a new ${noun} can be read again, and is in the list`, [
    `const ${singular} = await ${create}(api)`,
    `expect(${singular}.id).toBeGreaterThan(0)`,
    `expect((await api.get(\`${path}/\${${singular}.id}\`)).body).toEqual(${singular})`,
    `expect((await api.get('${path}')).body).toMatchObject({ total: 1, items: [{ id: ${singular}.id }] })`,
  ])
}

function paging({ path, nounPlural }: EntityModel, create: string): string {
  return says(`${nounPlural} come in pages, the newest first`, [
    `const first = await ${create}(api)`,
    `const second = await ${create}(api)`,
    `const third = await ${create}(api)`,
    arrow(
      'const idsOn = async (page: number) =>',
      `(await api.get(\`${path}?size=2&page=\${page}\`)).body.items.map(({ id }: { id: number }) => id)`,
    ),
    'expect(await idsOn(1)).toEqual([third.id, second.id])',
    'expect(await idsOn(2)).toEqual([first.id])',
    'expect(await idsOn(3)).toEqual([])',
  ])
}

const isText = (field: FieldModel) => (field.type === 'text' || field.type === 'longText') && lengthMaxOf(field) >= 20

function searching({ path, nounPlural }: EntityModel, create: string, inputs: readonly FieldModel[]): string[] {
  const field = inputs.find(isText)
  if (!field) return []
  return [
    says(`${nounPlural} are found by words in any case`, [
      `const wanted = await ${create}(api, { ${field.key}: 'Quiet 100% harbour' })`,
      `await ${create}(api, { ${field.key}: 'Noisy market' })`,
      `expect((await api.get('${path}?q=HARBOUR%20quiet')).body).toMatchObject({ total: 1, items: [{ id: wanted.id }] })`,
      `expect((await api.get('${path}?q=100%25')).body.total).toBe(1)`,
      `expect((await api.get('${path}?q=nowhere')).body.total).toBe(0)`,
    ]),
  ]
}

function sorting({ path, nounPlural, type }: EntityModel, create: string, inputs: readonly FieldModel[]): string[] {
  const field = inputs.find((one) => one.type === 'text' && lengthMaxOf(one) >= 10)
  if (!field) return []
  return [
    says(`${nounPlural} are sorted up and down`, [
      `for (const value of ['Birch', 'Alder', 'Cedar']) await ${create}(api, { ${field.key}: value })`,
      arrow(
        'const sorted = async (sort: string) =>',
        `(await api.get(\`${path}?sort=\${sort}\`)).body.items.map((item: ${type}) => item.${field.key})`,
      ),
      `expect(await sorted('${field.key}')).toEqual(['Alder', 'Birch', 'Cedar'])`,
      `expect(await sorted('-${field.key}')).toEqual(['Cedar', 'Birch', 'Alder'])`,
    ]),
  ]
}

function filtering({ path, nounPlural }: EntityModel, create: string, inputs: readonly FieldModel[]): string[] {
  const field = inputs.find((one) => one.type === 'choice' && one.choices.length > 1)
  const [one, other] = field?.choices ?? []
  if (!field || !one || !other) return []
  return [
    says(`${nounPlural} are filtered by ${field.label.toLowerCase()}`, [
      `await ${create}(api, { ${field.key}: ${quote(one.value)} })`,
      `const wanted = await ${create}(api, { ${field.key}: ${quote(other.value)} })`,
      `expect((await api.get('${path}?${field.key}=${other.value}')).body).toMatchObject({`,
      '  total: 1,',
      '  items: [{ id: wanted.id }],',
      '})',
      `expect((await api.get('${path}?${field.key}=${one.value}&${field.key}=${other.value}')).body.total).toBe(2)`,
    ]),
  ]
}

/** A valid value that differs from what the builder makes. */
function otherValue(field: FieldModel): string | undefined {
  switch (field.type) {
    case 'text':
    case 'longText':
      return lengthMaxOf(field) >= 7 ? quote('Changed') : undefined
    case 'email':
      return quote('changed@example.com')
    case 'url':
      return quote('https://example.com/changed')
    case 'phone':
      return quote('+1 555 0100')
    case 'boolean':
      return 'false'
    case 'date':
      return quote('2027-01-31')
    case 'dateTime':
      return quote('2027-01-31T08:15')
    case 'time':
      return quote('08:15')
    case 'colour':
      return quote('#aa3311')
    case 'rating':
      return '1'
    case 'image':
      return quote('https://example.com/changed.jpg')
    case 'choice':
      return field.choices[1] ? quote(field.choices[1].value) : undefined
    default:
      return undefined
  }
}

function changing({ path, noun, singular }: EntityModel, create: string, inputs: readonly FieldModel[]): string[] {
  const field = inputs.find((one) => otherValue(one) !== undefined)
  if (!field) return []
  const values = `{ ${field.key}: ${otherValue(field)} }`
  return [
    says(`a ${noun} can be changed, the rest of it stays`, [
      `const ${singular} = await ${create}(api)`,
      `const { status, body } = await api.patch(\`${path}/\${${singular}.id}\`, ${values})`,
      'expect(status).toBe(200)',
      `expect(body).toEqual({ ...${singular}, ...${values}, updatedAt: expect.any(String) })`,
    ]),
  ]
}

function refusing({ path, noun }: EntityModel, create: string, inputs: readonly FieldModel[]): string[] {
  const required = inputs.find((field) => field.isRequired && field.type !== 'boolean')
  const bounded = inputs.find((field) => isText(field) || field.type === 'email' || field.type === 'money')
  const unique = inputs.find((field) => field.isUnique && (isText(field) || ['email', 'url'].includes(field.type)))
  return [
    ...(required
      ? [
          says(`a ${noun} without ${required.label.toLowerCase()} is refused, and the answer names the field`, [
            `const { status, body } = await api.post('${path}', {})`,
            'expect(status).toBe(422)',
            `expect(body.fields).toHaveProperty(${quote(required.key)})`,
            `expect((await api.get('${path}')).body.total).toBe(0)`,
          ]),
        ]
      : []),
    ...(bounded
      ? [
          says(`a ${noun} with an impossible ${bounded.label.toLowerCase()} is refused`, [
            `const { id } = await ${create}(api)`,
            `const wrong = ${isText(bounded) ? `'x'.repeat(${lengthMaxOf(bounded) + 1})` : quote('not one')}`,
            `const { status, body } = await api.patch(\`${path}/\${id}\`, { ${bounded.key}: wrong })`,
            'expect(status).toBe(422)',
            `expect(body.fields).toHaveProperty(${quote(bounded.key)})`,
          ]),
        ]
      : []),
    ...(unique
      ? [
          says(`two ${noun} records cannot share ${unique.label.toLowerCase()}`, [
            `const first = await ${create}(api)`,
            `const second = await ${create}(api)`,
            `const { status, body } = await api.patch(\`${path}/\${second.id}\`, { ${unique.key}: first.${unique.key} })`,
            'expect(status).toBe(409)',
            `expect(body.fields).toHaveProperty(${quote(unique.key)})`,
          ]),
        ]
      : []),
  ]
}

function moving({ path, noun, singular, workflow }: EntityModel, create: string): string[] {
  if (!workflow) return []
  const { field, moves } = workflow
  const start = field.choices[0]?.value ?? ''
  const open = moves.filter((move) => move.from === start)
  const first = open[0]
  const forbidden = field.choices.find(({ value }) => value !== start && !open.some((move) => move.to === value))
  return [
    ...(first
      ? [
          says(`a ${noun} takes the step “${first.label}”`, [
            `const ${singular} = await ${create}(api)`,
            `expect(${singular}.${field.key}).toBe(${quote(start)})`,
            `const { status, body } = await api.post(\`${path}/\${${singular}.id}/move\`, { to: ${quote(first.to)} })`,
            'expect(status).toBe(200)',
            `expect(body.${field.key}).toBe(${quote(first.to)})`,
          ]),
        ]
      : []),
    ...(forbidden
      ? [
          says(`a ${noun} cannot jump to “${forbidden.label}”, and a form cannot smuggle it there`, [
            `const ${singular} = await ${create}(api, { ${field.key}: ${quote(forbidden.value)} })`,
            `expect((await api.post(\`${path}/\${${singular}.id}/move\`, { to: ${quote(forbidden.value)} })).status).toBe(409)`,
            `await api.patch(\`${path}/\${${singular}.id}\`, { ${field.key}: ${quote(forbidden.value)} })`,
            `expect((await api.get(\`${path}/\${${singular}.id}\`)).body.${field.key}).toBe(${quote(start)})`,
          ]),
        ]
      : []),
  ]
}

function deleting({ path, noun, singular }: EntityModel, create: string): string {
  return says(`a deleted ${noun} is gone`, [
    `const ${singular} = await ${create}(api)`,
    `expect((await api.delete(\`${path}/\${${singular}.id}\`)).status).toBe(200)`,
    `expect((await api.get(\`${path}/\${${singular}.id}\`)).status).toBe(404)`,
    `expect((await api.delete(\`${path}/\${${singular}.id}\`)).status).toBe(404)`,
  ])
}

/** A record that others must refer to cannot be deleted under them. */
function keeping({ path, noun, singular, ...entity }: EntityModel, create: string, app: AppModel, imports: Imports): string[] {
  const referrer = app
    .referrers(app.entity(entity.source.name))
    .find(({ entity: other, field }) => field.onDelete === 'restrict' && field.isInput && other.path !== path)
  if (!referrer) return []
  const build_ = imports.add('./build', build(referrer.entity))
  return [
    says(`a ${noun} that others refer to stays`, [
      `const ${singular} = await ${create}(api)`,
      `await ${build_}(api, { ${referrer.field.key}: ${singular}.id })`,
      `expect((await api.delete(\`${path}/\${${singular}.id}\`)).status).toBe(409)`,
      `expect((await api.get(\`${path}/\${${singular}.id}\`)).status).toBe(200)`,
    ]),
  ]
}

function exporting({ path, nounPlural }: EntityModel, create: string): string {
  return says(`${nounPlural} are exported as a file with a heading and a line each`, [
    `await ${create}(api)`,
    `const text = await api.text('${path}/export')`,
    "expect(text.trimEnd().split('\\r\\n').length).toBeGreaterThanOrEqual(2)",
  ])
}

/** What visitors and each role may not do, by the rules of the blueprint. */
function guarding(entity: EntityModel, create: string, imports: Imports, app: AppModel): string[] {
  const { path, nounPlural, noun, singular, access } = entity
  const roles = app.roles.filter((role) => !role.isAdmin)
  const reach = (who: readonly string[], role?: string) =>
    who.includes('everyone') || (role && (who.includes('signedIn') || who.includes(role)))
      ? 'all'
      : role && who.includes('owner')
        ? 'own'
        : 'none'
  const visitor = reach(access.read)
  const sentences = [
    says(
      visitor === 'all' ? `visitors may read ${nounPlural}` : `visitors may not read ${nounPlural}`,
      visitor === 'all'
        ? [`expect((await api.as(null).get('${path}')).status).toBe(200)`]
        : [`expect((await api.as(null).get('${path}')).status).toBe(401)`],
    ),
  ]
  if (reach(access.create) === 'none')
    sentences.push(says(`visitors may not add ${nounPlural}`, [`expect((await api.as(null).post('${path}', {})).status).toBe(401)`]))
  for (const role of roles) {
    const lines: string[] = []
    const make = `const ${singular} = await ${create}(api)`
    const read = reach(access.read, role.name)
    const remove = reach(access.delete, role.name)
    const add = reach(access.create, role.name)
    lines.push(`const other = await api.signIn(${quote(role.name)})`)
    if (read === 'none') lines.push(`expect((await other.get('${path}')).status).toBe(403)`)
    if (read === 'own')
      lines.push(
        make,
        `expect((await other.get('${path}')).body.total).toBe(0)`,
        `expect((await other.get(\`${path}/\${${singular}.id}\`)).status).toBe(404)`,
      )
    if (add === 'none') lines.push(`expect((await other.post('${path}', {})).status).toBe(403)`)
    if (remove !== 'all') {
      if (!lines.includes(make)) lines.push(make)
      lines.push(`expect((await other.delete(\`${path}/\${${singular}.id}\`)).status).toBe(${remove === 'own' ? 404 : 403})`)
    }
    if (lines.length > 1) sentences.push(says(`the role ${role.label} keeps to its limits with a ${noun}`, lines))
  }
  imports.add('./api', 'type Api')
  return sentences
}
