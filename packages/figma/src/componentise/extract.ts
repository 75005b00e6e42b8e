/** Phase 7: groups → components; in the pages each member becomes a use of its component. */
import type { Hints } from '../hints/read-hints.ts'
import { stringLiteral } from '../print/escape.ts'
import type { Jsx, JsxProp, JsxTag, JsxValue } from '../print/jsx.ts'
import { codeProp, shownOnly, stringProp } from '../print/jsx.ts'
import { clickCode, NEXT_TYPE } from '../print/print-state.ts'
import { createNames, kebab, pascal } from '../resolve/names.ts'
import type { Changing } from './changing.ts'
import { findGroups, type Group, type SetNames, sizeOf } from './groups.ts'
import { type Axis, type Filling, type NamedProps, nameProps } from './name-props.ts'
import { renameProps } from './rename-props.ts'
import { type Hole, isHole, type Template, type TemplateTag, type Unified, unify } from './unify.ts'

export interface Component {
  readonly name: string
  readonly file: string
  readonly props: NamedProps
  readonly body: JsxTag
  readonly uses: number
  readonly hasIds: boolean
  /** Layers that it stands for, one per use. */
  readonly nodeIds: readonly string[]
}

export interface Extracted {
  readonly roots: readonly JsxTag[]
  readonly components: readonly Component[]
  /** Elements whose changes of variant the components say. */
  readonly said: ReadonlySet<JsxTag>
}

const MEMBERS_MAX = 2000

/** The code that fills a hole; the classes of the outermost element may come from a table and from the caller. */
function filledBy(fillings: ReadonlyMap<Hole, Filling>, hole: Hole): readonly string[] {
  const filling = fillings.get(hole)
  if (!filling) throw new Error('every hole is filled')
  if (filling.kind === 'prop') return [filling.prop]
  const [only] = filling.axes
  const key = filling.axes.length === 1 && only ? only.prop : `\`${filling.axes.map(({ prop }) => `\${${prop}}`).join(' ')}\``
  return [`${filling.table}[${key}]${filling.isOpen ? ' ?? ""' : ''}`, ...(filling.prop ? [filling.prop] : [])]
}

const filled = (fillings: ReadonlyMap<Hole, Filling>, hole: Hole): string => filledBy(fillings, hole)[0] ?? ''

function bodyProps(tag: TemplateTag, fillings: ReadonlyMap<Hole, Filling>): readonly JsxProp[] {
  return tag.props.map(({ name, value, fixed }): JsxProp => {
    if (!isHole(value)) return { name, value }
    const codes = filledBy(fillings, value)
    if (value.kind !== 'class' || (fixed.length === 0 && codes.length === 1)) return codeProp(name, codes[0] ?? '')
    return codeProp(name, `\`${[...fixed, ...codes.map((code) => `\${${code}}`)].join(' ')}\``)
  })
}

function bodyOf(template: Template, fillings: ReadonlyMap<Hole, Filling>): Jsx {
  if (template.kind === 'code') return template
  if (template.kind === 'slot') return { kind: 'code', code: filled(fillings, template.hole) }
  if (template.kind === 'text')
    return typeof template.text === 'string'
      ? { kind: 'text', text: template.text }
      : { kind: 'code', code: filled(fillings, template.text) }
  const tag = bodyTag(template, fillings)
  return template.isShown
    ? { kind: 'wrap', before: `${filled(fillings, template.isShown)} && `, inner: tag, after: '', isBroken: false }
    : tag
}

const bodyTag = (template: TemplateTag, fillings: ReadonlyMap<Hole, Filling>): JsxTag => ({
  kind: 'tag',
  name: template.name,
  props: bodyProps(template, fillings),
  children: template.children.map((child) => bodyOf(child, fillings)),
  ...(template.ids ? { idsFrom: { offset: template.ids.offset, count: template.ids.count } } : {}),
  ...(template.ids?.isList ? { nodeIds: [] } : {}),
})

/** A click moves the state that the component keeps for itself; a switch says how it stands. */
function withClick(body: JsxTag, { axis, disabledBy }: Changing): JsxTag {
  const { prop, values } = axis
  const on = ['true', 'on'].find((value) => values.includes(value) && values.every((each) => ['true', 'false', 'on', 'off'].includes(each)))
  const click = codeProp('onClick', clickCode(prop))
  const pressed = on ? [codeProp('aria-pressed', `${prop} === ${stringLiteral(on)}`)] : []
  const disabled = disabledBy ? [codeProp('disabled', `${disabledBy.prop} === "true"`)] : []
  return { ...body, props: [...body.props, ...pressed, ...disabled, click] }
}

/** What is inside a thing follows the thing's state; a button that is disabled is so for the browser, too. */
function withState(plain: JsxTag, { state, tables, changing }: NamedProps): JsxTag {
  const body = changing?.moves.some(({ trigger }) => trigger === 'click') ? withClick(plain, changing) : plain
  if (!state) return body
  const isGroup = tables.some(({ rows }) => rows.some(([, value]) => typeof value === 'string' && value.includes('group-')))
  const isSaid = body.props.some(({ name }) => name === 'disabled')
  const disabled = !isSaid && body.name === 'button' && [...state.pseudo].find(([, pseudo]) => pseudo === 'disabled')?.[0]
  const props = body.props.map((prop): JsxProp => {
    if (!isGroup || prop.name !== 'className') return prop
    const { value } = prop
    if (value.kind === 'string') return stringProp('className', `group ${value.text}`)
    return value.kind === 'code'
      ? codeProp('className', value.code.startsWith('`') ? `\`group ${value.code.slice(1)}` : `\`group \${${value.code}}\``)
      : prop
  })
  return { ...body, props: disabled ? [...props, codeProp('disabled', `${state.axis.prop} === "${disabled}"`)] : props }
}

const propValue = (value: string | boolean | JsxTag): JsxValue =>
  typeof value === 'string'
    ? { kind: 'string', text: value }
    : typeof value === 'boolean'
      ? { kind: 'true' }
      : { kind: 'tag', tag: shownOnly(value) }

function useOf(component: Component, member: JsxTag, index: number, unified: Unified): JsxTag {
  const axes = component.props.axes.map((axis) => stringProp(axis.prop, axis.values[index] ?? ''))
  const props = component.props.props.flatMap(({ name, values }): JsxProp[] => {
    const value = values[index]
    return value === undefined || name === 'children' ? [] : [{ name, value: propValue(value) }]
  })
  const slotted = component.props.props.find(({ name }) => name === 'children')?.values[index]
  return {
    kind: 'tag',
    name: component.name,
    props: [...axes, ...props],
    children: typeof slotted === 'object' ? [shownOnly(slotted)] : [],
    nodeIds: unified.ids[index] ?? [],
    ...(member.layerName === undefined ? {} : { layerName: member.layerName }),
    ...(member.shownBy === undefined ? {} : { shownBy: member.shownBy }),
  }
}

/** Rebuilds a tree with what was cut from it replaced. Unchanged subtrees stay the same objects. */
function replaced(tag: JsxTag, uses: ReadonlyMap<JsxTag, JsxTag>, isTop: boolean): JsxTag {
  const use = isTop ? undefined : uses.get(tag)
  if (use) return use
  let isChanged = false
  const children = tag.children.map((child) => {
    if (child.kind !== 'tag') return child
    const next = replaced(child, uses, false)
    isChanged ||= next !== child
    return next
  })
  return isChanged ? { ...tag, children } : tag
}

/** Whether a component says less than its members said one by one. */
function isWorth(group: Group, members: readonly JsxTag[], unified: Unified): boolean {
  const [first] = members
  if (!first || members.length < 2) return false
  const slots = unified.holes.filter((hole) => hole.kind === 'slot').length
  const size = sizeOf(first)
  if (group.isIcon) return true
  // Only a component can change by itself.
  const isChanging = members.some(({ changes }) => changes?.some(({ to }) => to !== undefined))
  if (group.key.startsWith('component')) return (group.members.length > 2 || size > 3 || isChanging) && slots <= Math.max(2, size / 3)
  return unified.holes.length <= 3 + size && slots === 0
}

/** Members of one group that fit one template; those that do not form templates of their own. */
function parts(members: readonly JsxTag[]): readonly (readonly JsxTag[])[] {
  const byName = new Map<string, JsxTag[]>()
  for (const member of members.slice(0, MEMBERS_MAX)) {
    const list = byName.get(member.name)
    if (list) list.push(member)
    else byName.set(member.name, [member])
  }
  return [...byName.values()]
}

/** What a component takes for granted need not be said. */
function withoutRest(tag: JsxTag, rests: ReadonlyMap<string, readonly Axis[]>): JsxTag {
  const axes = rests.get(tag.name)
  const isSaid = ({ name, value }: JsxProp) =>
    !axes?.some(({ prop, rest }) => prop === name && value.kind === 'string' && value.text === rest)
  const inside = (child: Jsx): Jsx => {
    if (child.kind === 'tag') return withoutRest(child, rests)
    return child.kind === 'wrap' ? { ...child, inner: withoutRest(child.inner, rests) } : child
  }
  return { ...tag, props: axes ? tag.props.filter(isSaid) : tag.props, children: tag.children.map(inside) }
}

/** Types that a component's module may have beside its own. */
const MODULE_TYPES = ['Record', 'ReactNode', NEXT_TYPE]

const nameWish = ({ isIcon, wish }: Group): string =>
  pascal(isIcon ? `${wish} icon`.replace(/\bicon icon$/i, 'icon') : wish, isIcon ? 'Icon' : 'Part')

/** Cuts components out of pages. */
export function extractComponents(roots: readonly JsxTag[], sets: SetNames, taken: Iterable<string>, hints: Hints): Extracted {
  const take = createNames(taken, '')
  const files = createNames()
  const uses = new Map<JsxTag, JsxTag>()
  const components: Component[] = []
  const takenTypes = [...MODULE_TYPES]
  const said = new Set<JsxTag>()
  for (const group of findGroups(roots, sets).toSorted((a, b) => a.height - b.height)) {
    for (const originals of parts(group.members.filter((member) => !uses.has(member)))) {
      const members = originals.map((member) => replaced(member, uses, true))
      const unified = members.length > 1 ? unify(members) : undefined
      if (!unified || !isWorth(group, members, unified)) continue
      const rootClass = unified.root.props.map(({ value }) => value).find((value): value is Hole => isHole(value) && value.kind === 'class')
      const nodeIds = originals.flatMap(({ nodeId }) => nodeId ?? [])
      const hint = hints.componentOf(nodeIds)
      const name = take(hint?.name ? pascal(hint.name, group.isIcon ? 'Icon' : 'Part') : nameWish(group))
      takenTypes.push(name, `${name}Props`)
      const plain = nameProps(members, unified.holes, rootClass, takenTypes)
      const { props, unknown } = hint ? renameProps(plain, hint.props, takenTypes) : { props: plain, unknown: [] }
      for (const prop of unknown) hints.refuseProp(nodeIds, prop)
      const component: Component = {
        name,
        file: `src/components/${files(kebab(name, 'part'))}.tsx`,
        props,
        body: withState(bodyTag(unified.root, props.fillings), props),
        uses: members.length,
        hasIds: (unified.ids[0]?.length ?? 0) > 0,
        nodeIds,
      }
      components.push(component)
      for (const [index, original] of originals.entries()) if (!props.unsaid.has(members[index] as JsxTag)) said.add(original)
      for (const [index, original] of originals.entries()) uses.set(original, useOf(component, original, index, unified))
    }
  }
  const rests = new Map(components.map(({ name, props }) => [name, props.axes.filter(({ rest }) => rest !== '')]))
  return {
    roots: roots.map((root) => withoutRest(shownOnly(replaced(root, uses, true)), rests)),
    components: components.map((component) => ({ ...component, body: withoutRest(component.body, rests) })),
    said,
  }
}
