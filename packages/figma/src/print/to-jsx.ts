/** Phase 8: elements → JSX with Tailwind classes; what no class says becomes a named utility or, for pictures, a style. */
import type { Building } from '../building.ts'
import type { Content, ElementNode, Style } from '../element.ts'
import { changesOf, readAxes } from '../infer/changes.ts'
import type { Layer } from '../normalise/layer.ts'
import { jsonOf, textOf } from '../normalise/values.ts'
import { camel, kebab } from '../resolve/names.ts'
import type { Screen } from '../responsive/group-frames.ts'
import { stringLiteral } from './escape.ts'
import { codeProp, type Jsx, type JsxProp, type JsxTag, stringProp } from './jsx.ts'
import { ASSET, assetAddress } from './resolve-style.ts'
import { tailwindClasses } from './tailwind-classes.ts'
import { isOwnRadius } from './tailwind-scale.ts'

export interface Sheet {
  readonly building: Building
  readonly radii: Set<string>
  readonly breakpoints: Screen['breakpoints']
}

const REACT_NAMES: Readonly<Record<string, string>> = {
  class: 'className',
  for: 'htmlFor',
  tabindex: 'tabIndex',
  popovertarget: 'popoverTarget',
  'xlink:href': 'xlinkHref',
}

/** SVG attributes that React spells in camel case; `aria-*`, `data-*` and `mask-type` stay. */
export const reactName = (name: string): string =>
  REACT_NAMES[name] ??
  (/^(aria|data)-|^mask-type$/.test(name) ? name : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()))

const utilityWish = (node: ElementNode, rest: Style): string => {
  const kind = rest['box-shadow']
    ? 'shadow'
    : rest['background-image']
      ? 'surface'
      : rest['mask']
        ? 'ring'
        : rest['filter'] || rest['backdrop-filter']
          ? 'effect'
          : 'look'
  return `${kebab(node.layer?.name ?? '', 'layer')}-${kind}`
}

/** A style object as prettier prints it on one line; the printer breaks it where it is too long. */
function styleCode(style: Style, building: Building): string {
  const pairs = Object.entries(style).map(([property, value]) => {
    const resolved = value.replaceAll(ASSET, (_, key: string) => `url("${assetAddress(key, building.bundle)}")`)
    return `${camel(property, 'x')}: ${stringLiteral(resolved)}`
  })
  return `{ ${pairs.join(', ')} }`
}

interface Look {
  readonly classes: readonly string[]
  readonly inline: Style
}

function readLook(sheet: Sheet, node: ElementNode, style: Style): Look {
  const { classes, rest, radii } = tailwindClasses(style)
  for (const radius of radii) if (isOwnRadius(radius) && radius !== '0') sheet.radii.add(radius)
  const others = Object.entries(rest)
  if (others.length === 0) return { classes, inline: rest }
  const inline = Object.fromEntries(others.filter(([, value]) => value.includes('asset(')))
  const named = Object.fromEntries(others.filter(([, value]) => !value.includes('asset(')))
  const utility = Object.keys(named).length ? [sheet.building.tokens.utility(utilityWish(node, named), named)] : []
  return { classes: [...classes, ...utility], inline }
}

/** `md:` from the frame's own breakpoint on, `max-lg:` up to the next one's. */
function rangePrefix(sheet: Sheet, from: number, to: number): string {
  const low = from > 0 ? sheet.breakpoints[from - 1]?.name : undefined
  const high = sheet.breakpoints[to]?.name
  return [...(low ? [`${low}:`] : []), ...(high ? [`max-${high}:`] : [])].join('')
}

/** The classes of all widths: what all share plainly, the rest behind the widths at which it holds. */
function responsiveClasses(sheet: Sheet, looks: readonly Look[]): readonly string[] {
  if (looks.length === 1) return looks[0]?.classes ?? []
  const all = [...new Set(looks.flatMap(({ classes }) => classes))]
  return all.flatMap((name) => {
    const holds = looks.map(({ classes }) => classes.includes(name))
    if (holds.every(Boolean)) return [name]
    const ranges: string[] = []
    for (let from = 0; from < holds.length; from++) {
      if (!holds[from]) continue
      let to = from
      while (holds[to + 1]) to++
      ranges.push(`${rangePrefix(sheet, from, to)}${name}`)
      from = to
    }
    return ranges
  })
}

function lookOf(sheet: Sheet, node: ElementNode): readonly JsxProp[] {
  const looks = (node.looks ?? [node.style]).map((style) => readLook(sheet, node, style))
  const all = responsiveClasses(sheet, looks).join(' ')
  const inline = looks.find((look) => Object.keys(look.inline).length > 0)?.inline
  return [...(all ? [stringProp('className', all)] : []), ...(inline ? [codeProp('style', styleCode(inline, sheet.building))] : [])]
}

function attributeProps(sheet: Sheet, node: ElementNode): readonly JsxProp[] {
  return Object.entries(node.attributes).map(([name, value]): JsxProp => {
    if (value === true) return { name: reactName(name), value: { kind: 'true' } }
    if (name === 'onclick') return codeProp('onClick', '() => history.back()')
    if (name === 'tabindex') return codeProp('tabIndex', value)
    const pageId = /^page\((.*)\)$/s.exec(value)?.[1]
    if (pageId !== undefined) return stringProp(reactName(name), `/${sheet.building.slugs.get(pageId) ?? ''}`)
    const asset = /^asset\((.*)\)$/.exec(value)?.[1]
    return stringProp(reactName(name), asset ? assetAddress(asset, sheet.building.bundle) : value)
  })
}

function variantOf(sheet: Sheet, layer: Layer, componentId: string): Readonly<Record<string, string>> {
  if (layer.type === 'COMPONENT') return readAxes(layer.name)
  const properties = Object.entries(jsonOf(layer.node.componentProperties)).filter(([, value]) => jsonOf(value).type === 'VARIANT')
  if (properties.length) return Object.fromEntries(properties.map(([axis, value]) => [axis, textOf(jsonOf(value).value)]))
  return readAxes(textOf(jsonOf(jsonOf(sheet.building.bundle.components)[componentId]).name))
}

function contentToJsx(sheet: Sheet, content: Content): Jsx {
  return content.kind === 'text' ? { kind: 'text', text: content.text } : elementToJsx(sheet, content)
}

function changesIn({ building }: Sheet, layer: Layer): Pick<JsxTag, 'changes'> {
  const changes = changesOf(layer)
  if (changes.length === 0) return {}
  return { changes: changes.map(({ trigger, destinationId, delayMs }) => ({ trigger, to: building.variants.of(destinationId), delayMs })) }
}

export function elementToJsx(sheet: Sheet, node: ElementNode): JsxTag {
  const { layer } = node
  const componentId = layer && (layer.componentId || (layer.type === 'COMPONENT' ? layer.id : ''))
  return {
    kind: 'tag',
    name: node.tag,
    props: [...lookOf(sheet, node), ...attributeProps(sheet, node)],
    children: node.children.map((child) => contentToJsx(sheet, child)),
    ...(layer ? { nodeId: layer.id, layerName: layer.name, ...changesIn(sheet, layer) } : {}),
    ...(node.shownBy ? { shownBy: node.shownBy } : {}),
    ...(node.isAbsent ? { isAbsent: true as const } : {}),
    ...(componentId ? { componentId, variant: variantOf(sheet, layer, componentId) } : {}),
  }
}
