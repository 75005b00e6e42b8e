/** Phase 7: holes of a template → typed props of a component, and tables where a variant decides what fills a hole. */
import type { JsxTag } from '../print/jsx.ts'
import { camel, createNames, pascal, wordsOf } from '../resolve/names.ts'
import type { Hole } from './unify.ts'

export interface Axis {
  readonly prop: string
  readonly type: string
  /** The prop's value by member. */
  readonly values: readonly string[]
}

export type Filling =
  | { readonly kind: 'prop'; readonly prop: string }
  | { readonly kind: 'table'; readonly table: string; readonly axes: readonly Axis[] }

export interface Prop {
  readonly name: string
  readonly type: string
  readonly isOptional: boolean
  /** Default in the signature, as code. */
  readonly fallback: string
  /** By member; undefined is not passed. */
  readonly values: readonly (string | boolean | JsxTag | undefined)[]
}

export interface Table {
  readonly name: string
  readonly keyType: string
  readonly valueType: 'string' | 'boolean'
  readonly rows: readonly (readonly [string, string | boolean])[]
}

export interface NamedProps {
  readonly axes: readonly Axis[]
  readonly props: readonly Prop[]
  readonly tables: readonly Table[]
  readonly fillings: ReadonlyMap<Hole, Filling>
}

const ROWS_MAX = 40
const GENERIC_WORDS = new Set(['frame', 'group', 'rectangle', 'vector', 'text', 'label', 'instance', 'ellipse', 'component'])

/** Axes on which the members differ, one per name. */
function readAxes(members: readonly JsxTag[], take: (wish: string) => string): readonly Axis[] {
  const names = [...new Set(members.flatMap((member) => Object.keys(member.variant ?? {})))]
  if (members.some((member) => !member.variant)) return []
  return names.flatMap((name) => {
    const raw = members.map((member) => member.variant?.[name] ?? '')
    if (new Set(raw).size < 2) return []
    const values = raw.map((value) => wordsOf(value).join('-') || value.replace(/[^\p{L}\p{N}-]/gu, '') || 'none')
    return [{ prop: take(camel(name, 'variant')), type: pascal(name, 'Variant'), values }]
  })
}

/** The axes that decide a vector of values, fewest first. */
function deciding(axes: readonly Axis[], values: Hole['values']): readonly Axis[] | undefined {
  const subsets: (readonly Axis[])[] = [...axes.map((axis) => [axis])]
  for (const [index, first] of axes.entries()) for (const second of axes.slice(index + 1)) subsets.push([first, second])
  if (axes.length > 2) subsets.push(axes)
  return subsets.find((subset) => {
    const seen = new Map<string, unknown>()
    return values.every((value, member) => {
      if (value === undefined) return true
      const key = subset.map((axis) => axis.values[member]).join(' ')
      if (seen.has(key)) return seen.get(key) === value
      seen.set(key, value)
      return seen.size <= ROWS_MAX
    })
  })
}

function rowsOf(axes: readonly Axis[], values: Hole['values']): Table['rows'] {
  const rows = new Map<string, string | boolean>()
  for (const [member, value] of values.entries()) {
    if (typeof value === 'string' || typeof value === 'boolean') rows.set(axes.map((axis) => axis.values[member]).join(' '), value)
  }
  return [...rows]
}

const vectorKey = (hole: Hole) =>
  `${hole.kind === 'class' ? 'class' : hole.kind === 'flag' ? 'flag' : 'text'} ${JSON.stringify(hole.values)}`

function propName(hole: Hole): string {
  const words = wordsOf(hole.wish).filter((word) => !/^\d+$/.test(word))
  const isGeneric = words.length === 0 || words.every((word) => GENERIC_WORDS.has(word))
  const base = isGeneric ? '' : words.slice(0, 3).join(' ')
  if (hole.kind === 'flag') return camel(`has ${base || 'part'}`, 'has')
  if (hole.kind === 'class') return camel(`${base} class name`, 'look')
  if (hole.kind === 'slot') return camel(base || 'content', 'content')
  if (hole.kind === 'attribute')
    return camel(hole.attribute === 'src' || hole.attribute === 'alt' ? `${base} ${hole.attribute}` : hole.attribute, 'value')
  return camel(base || 'label', 'label')
}

function propOf(hole: Hole, name: string): Prop {
  const isMissing = hole.values.some((value) => value === undefined || value === '' || value === false)
  if (hole.kind === 'flag')
    return { name, type: 'boolean', isOptional: true, fallback: '', values: hole.values.map((value) => value === true || undefined) }
  if (hole.kind === 'slot') return { name, type: 'ReactNode', isOptional: isMissing, fallback: '', values: hole.values }
  const values = hole.values.map((value) => (value === '' && hole.attribute !== 'alt' ? undefined : value))
  return { name, type: 'string', isOptional: isMissing, fallback: hole.kind === 'class' && isMissing ? '""' : '', values }
}

/** Names everything that differs. `root` is the hole of the outermost class, which callers know as `className`. */
export function nameProps(members: readonly JsxTag[], holes: readonly Hole[], rootClass: Hole | undefined): NamedProps {
  const take = createNames(['nodeIds', 'children', 'className'], '')
  const takeTable = createNames([], '')
  const axes = readAxes(members, take)
  const used = new Set<Axis>()
  const props: Prop[] = []
  const tables: Table[] = []
  const fillings = new Map<Hole, Filling>()
  const known = new Map<string, Filling>()
  for (const hole of holes) {
    const key = vectorKey(hole)
    const same = hole.kind === 'slot' ? undefined : known.get(key)
    if (same) {
      fillings.set(hole, same)
      continue
    }
    const isDecidable = hole !== rootClass && hole.kind !== 'slot' && hole.kind !== 'text' && axes.length > 0
    const by = isDecidable ? deciding(axes, hole.values) : undefined
    let filling: Filling
    if (by) {
      for (const axis of by) used.add(axis)
      const table = takeTable(
        `${
          wordsOf(`${hole.wish} ${hole.kind === 'flag' ? 'shown' : hole.kind === 'class' ? 'look' : hole.attribute}`)
            .slice(-4)
            .join('_')
            .toUpperCase() || 'LOOK'
        }`.replace(/^(\d)/, 'V$1'),
      )
      const [only] = by
      tables.push({
        name: table,
        keyType: by.length === 1 && only ? only.type : 'string',
        valueType: hole.kind === 'flag' ? 'boolean' : 'string',
        rows: rowsOf(by, hole.values),
      })
      filling = { kind: 'table', table, axes: by }
    } else {
      const name = hole === rootClass ? 'className' : take(propName(hole))
      props.push(propOf(hole, name))
      filling = { kind: 'prop', prop: name }
    }
    known.set(key, filling)
    fillings.set(hole, filling)
  }
  return { axes: axes.filter((axis) => used.has(axis)), props, tables, fillings }
}
