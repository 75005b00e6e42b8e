/** Reads SVG text of strangers into elements: only drawing elements and attributes pass, every address stays inside the picture. */
import { type ElementNode, element } from '../element.ts'
import { pictureAddress } from '../resolve/addresses.ts'

const TAGS = new Set(
  'svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath mask pattern use image symbol filter feBlend feColorMatrix feComposite feFlood feGaussianBlur feOffset feMerge feMergeNode feMorphology feTurbulence feComponentTransfer feFuncA feFuncR feFuncG feFuncB feTile feDisplacementMap feImage'.split(
    ' ',
  ),
)
const ATTRIBUTES =
  /^(id|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|d|points|width|height|viewBox|preserveAspectRatio|transform|opacity|fill|fill-opacity|fill-rule|clip-rule|clip-path|clipPathUnits|mask|maskUnits|maskContentUnits|stroke|stroke-width|stroke-opacity|stroke-linecap|stroke-linejoin|stroke-miterlimit|stroke-dasharray|stroke-dashoffset|gradientUnits|gradientTransform|spreadMethod|offset|stop-color|stop-opacity|patternUnits|patternContentUnits|patternTransform|filter|filterUnits|primitiveUnits|color-interpolation-filters|in|in2|result|mode|values|type|operator|k1|k2|k3|k4|stdDeviation|dx|dy|radius|flood-color|flood-opacity|baseFrequency|numOctaves|seed|stitchTiles|tableValues|slope|intercept|scale|xChannelSelector|yChannelSelector|shape-rendering|vector-effect|mix-blend-mode|mask-type|isolation)$/
const TEXT_MAX = 4_000_000
const DEPTH_MAX = 64

const plainText = (text: string) =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '')

function attributeOf(name: string, raw: string, prefix: string): readonly (readonly [string, string])[] {
  const value = plainText(raw).trim()
  if (name === 'href' || name === 'xlink:href') {
    if (/^#[\w:.-]+$/.test(value)) return [['href', `#${prefix}${value.slice(1)}`]]
    const address = /^data:image\/(png|jpeg|jpg|gif|webp);/i.test(value) ? pictureAddress(value) : undefined
    return address ? [['href', address]] : []
  }
  if (name === 'style') {
    return value.split(';').flatMap((declaration) => {
      const [property = '', ...rest] = declaration.split(':')
      return attributeOf(property.trim(), rest.join(':'), prefix)
    })
  }
  if (!ATTRIBUTES.test(name) || /[<>"\\]|javascript:|expression\(|@import/i.test(value)) return []
  if (name === 'id') return /^[\w:.-]+$/.test(value) ? [['id', `${prefix}${value}`]] : []
  if (!/url\(/i.test(value)) return [[name, value]]
  const reference = /^url\(["']?#([\w:.-]+)["']?\)$/.exec(value)?.[1]
  return reference ? [[name, `url(#${prefix}${reference})`]] : []
}

function attributesOf(text: string, prefix: string): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [, name, double, single] of text.matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    for (const [key, value] of attributeOf(name as string, double ?? single ?? '', prefix)) result[key] = value
  }
  return result
}

interface Open {
  readonly tag: string
  readonly attributes: Record<string, string>
  readonly children: ElementNode[]
  readonly isKept: boolean
}

/** The drawing as an `svg` element, or nothing when the text is none. Ids begin with the prefix. */
export function parseSvg(text: string, prefix: string): ElementNode | undefined {
  if (text.length > TEXT_MAX) return undefined
  const stack: Open[] = []
  let root: ElementNode | undefined
  const close = () => {
    const open = stack.pop()
    if (!open?.isKept) return
    const made = element(open.tag, open.attributes, {}, open.children)
    const parent = stack.at(-1)
    if (parent) parent.children.push(made)
    else root ??= made
  }
  const tags = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[!?][^>]*>|<(\/?)([A-Za-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>/g
  for (const [, slash, tag, attributes, isEmpty] of text.matchAll(tags)) {
    if (!tag || root) continue
    if (slash) {
      if (stack.at(-1)?.tag === tag) close()
      continue
    }
    if (stack.length >= DEPTH_MAX) return undefined
    const isKept = TAGS.has(tag) && (stack.length > 0 || tag === 'svg') && stack.every((open) => open.isKept)
    stack.push({ tag, attributes: isKept ? attributesOf(attributes ?? '', prefix) : {}, children: [], isKept })
    if (isEmpty) close()
  }
  while (stack.length) close()
  return root?.tag === 'svg' && root.children.length ? root : undefined
}
