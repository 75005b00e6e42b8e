/** The blueprint: the typed heart of a spec, from which the scaffold compiles a working app. */
import { z } from 'zod'

/** An identifier inside a blueprint: becomes a TypeScript name, a table or a column. */
export const Name = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a camelCase name of at most 40 letters and digits')
const Label = z.string().trim().min(1).max(80)
const Prose = z.string().trim().max(2_000)
/** A CSS colour as `#rrggbb`. */
export const HexColour = z.string().regex(/^#[0-9a-f]{6}$/)

export const FIELD_TYPES = [
  'text',
  'longText',
  'integer',
  'decimal',
  'money',
  'date',
  'dateTime',
  'time',
  'boolean',
  'choice',
  'email',
  'phone',
  'url',
  'image',
  'colour',
  'rating',
  'reference',
] as const
export const FieldType = z.enum(FIELD_TYPES)
export type FieldType = z.infer<typeof FieldType>

/** What a choice means for the eye; colour is never the only sign. */
export const Tone = z.enum(['neutral', 'info', 'success', 'warning', 'danger'])
export type Tone = z.infer<typeof Tone>

export const Choice = z.object({ value: Name, label: Label, tone: Tone.default('neutral') })
export type Choice = z.infer<typeof Choice>

export const Field = z.object({
  name: Name,
  label: Label,
  type: FieldType,
  required: z.boolean().default(false),
  unique: z.boolean().default(false),
  help: z.string().max(200).optional(),
  /** For `choice`. */
  choices: z.array(Choice).max(20).optional(),
  /** For `reference`: the entity it points at, and what deleting that one does. */
  to: Name.optional(),
  onDelete: z.enum(['restrict', 'cascade', 'clear']).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  lengthMax: z.number().int().positive().max(20_000).optional(),
  unit: z.string().max(20).optional(),
  /** Filled by the server and never by a form: `now` on create, `me` the signed-in user. */
  auto: z.enum(['now', 'me']).optional(),
})
export type Field = z.infer<typeof Field>

export const Role = z.object({
  name: Name,
  label: Label,
  description: z.string().max(200).default(''),
  /** May do everything and manage people. */
  isAdmin: z.boolean().default(false),
})
export type Role = z.infer<typeof Role>

/** Who may do something with records of an entity; `owner` is whoever made the record; `everyone` needs no sign-in. */
export const Access = z.object({
  read: z.array(z.string()).default(['everyone']),
  create: z.array(z.string()).default(['everyone']),
  update: z.array(z.string()).default(['everyone']),
  delete: z.array(z.string()).default(['everyone']),
})
export type Access = z.infer<typeof Access>

/** A life cycle over a `choice` field: which value may follow which, under which button. */
export const Workflow = z.object({
  field: Name,
  moves: z.array(z.object({ from: Name, to: Name, label: Label, roles: z.array(z.string()).optional() })).max(40),
})
export type Workflow = z.infer<typeof Workflow>

/**
 * One believable record. A reference is the 0-based index of a sample of the entity it points at.
 * Dates are relative, so that a dashboard is never stale: `today`, `today-3`, `today+5T14:30` (days from the day of seeding, and
 * the time of day for `dateTime`); the scaffold resolves them when it seeds. An image is any text; a picture is drawn for it.
 */
export const Sample = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type Sample = z.infer<typeof Sample>

export const Entity = z.object({
  name: Name,
  label: Label,
  labelPlural: Label,
  description: z.string().max(300).default(''),
  /** A Lucide icon name in kebab-case. */
  icon: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('folder'),
  fields: z.array(Field).min(1).max(30),
  /** The field that names a record in lists, links and pickers. */
  titleField: Name,
  workflow: Workflow.optional(),
  access: Access.prefault({}),
  samples: z.array(Sample).max(200).default([]),
})
export type Entity = z.infer<typeof Entity>

export const CAPABILITIES = [
  'browse',
  'edit',
  'signIn',
  'dashboard',
  'board',
  'calendar',
  'cart',
  'booking',
  'messaging',
  'forum',
  'polls',
  'reviews',
  'content',
  'contact',
  'reports',
  'export',
  'files',
  'settings',
] as const
export const Capability = z.enum(CAPABILITIES)
export type Capability = z.infer<typeof Capability>

/** How one entity, or the whole app, is looked at. `list` pages bring search, filter, sort, detail and forms with them. */
export const Page = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dashboard'),
    name: Name,
    title: Label,
    icon: z.string().default('layout-dashboard'),
    entities: z.array(Name).default([]),
  }),
  z.object({
    kind: z.literal('list'),
    name: Name,
    title: Label,
    icon: z.string().default('list'),
    entity: Name,
    layout: z.enum(['table', 'cards']).default('table'),
  }),
  z.object({ kind: z.literal('board'), name: Name, title: Label, icon: z.string().default('columns-3'), entity: Name, groupBy: Name }),
  z.object({ kind: z.literal('calendar'), name: Name, title: Label, icon: z.string().default('calendar'), entity: Name, dateField: Name }),
  z.object({
    kind: z.literal('content'),
    name: Name,
    title: Label,
    icon: z.string().default('file-text'),
    sections: z.array(z.object({ heading: Label, body: Prose, image: z.string().max(400).optional() })).max(20),
  }),
  z.object({
    kind: z.literal('contact'),
    name: Name,
    title: Label,
    icon: z.string().default('mail'),
    intro: Prose.default(''),
    entity: Name,
  }),
])
export type Page = z.infer<typeof Page>

export const Theme = z.object({
  /** Page background as asked for; a neutral tint when nothing was asked. */
  background: HexColour,
  /** Buttons, links, selection. */
  primary: HexColour,
  font: z.enum(['sans', 'serif', 'rounded']).default('sans'),
  corners: z.enum(['square', 'soft', 'round']).default('soft'),
})
export type Theme = z.infer<typeof Theme>

export const Blueprint = z
  .object({
    version: z.literal(1),
    appName: z.string().trim().min(1).max(60),
    tagline: z.string().trim().max(160).default(''),
    purpose: Prose.default(''),
    capabilities: z.array(Capability),
    roles: z.array(Role).max(8).default([]),
    entities: z.array(Entity).min(1).max(24),
    pages: z.array(Page).min(1).max(40),
    theme: Theme,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
  })
  .superRefine((blueprint, context) => {
    for (const fault of blueprintFaults(blueprint)) context.addIssue({ code: 'custom', message: fault.message, path: fault.path })
  })
export type Blueprint = z.infer<typeof Blueprint>

type Bare = Pick<Blueprint, 'entities' | 'pages' | 'roles'>

/** What the shape alone cannot say: every name that is used exists, and exists once. */
function blueprintFaults({ entities, pages, roles }: Bare): { message: string; path: (string | number)[] }[] {
  const faults: { message: string; path: (string | number)[] }[] = []
  const entityNames = new Set(entities.map((entity) => entity.name))
  const who = new Set(['everyone', 'signedIn', 'owner', ...roles.map((role) => role.name)])
  const once = (names: readonly string[], path: (string | number)[]) => {
    for (const name of names.filter((name, index) => names.indexOf(name) !== index))
      faults.push({ message: `"${name}" is used twice`, path })
  }
  once(
    entities.map((entity) => entity.name),
    ['entities'],
  )
  once(
    pages.map((page) => page.name),
    ['pages'],
  )
  once(
    roles.map((role) => role.name),
    ['roles'],
  )
  entities.forEach((entity, index) => {
    const at = (...path: (string | number)[]) => ['entities', index, ...path]
    const fields = new Map(entity.fields.map((field) => [field.name, field]))
    once(
      entity.fields.map((field) => field.name),
      at('fields'),
    )
    if (!fields.has(entity.titleField))
      faults.push({ message: `titleField "${entity.titleField}" is no field of ${entity.name}`, path: at('titleField') })
    entity.fields.forEach((field, number) => {
      if (field.type === 'reference' && !(field.to && entityNames.has(field.to)))
        faults.push({ message: `"${field.name}" must refer to an entity of the blueprint`, path: at('fields', number, 'to') })
      if (field.type === 'choice' && !field.choices?.length)
        faults.push({ message: `"${field.name}" needs choices`, path: at('fields', number, 'choices') })
    })
    for (const name of Object.values(entity.access).flat())
      if (!who.has(name)) faults.push({ message: `access names "${name}", which is no role`, path: at('access') })
    if (entity.workflow) {
      const values = new Set(fields.get(entity.workflow.field)?.choices?.map((choice) => choice.value))
      for (const move of entity.workflow.moves)
        if (!values.has(move.from) || !values.has(move.to))
          faults.push({
            message: `the move "${move.label}" leads from or to a value that ${entity.workflow.field} does not have`,
            path: at('workflow'),
          })
    }
  })
  pages.forEach((page, index) => {
    const names = page.kind === 'dashboard' ? page.entities : 'entity' in page ? [page.entity] : []
    for (const name of names)
      if (!entityNames.has(name))
        faults.push({ message: `page "${page.title}" shows "${name}", which is no entity`, path: ['pages', index] })
  })
  return faults
}
