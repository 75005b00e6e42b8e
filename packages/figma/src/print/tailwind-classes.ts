/** Phase 8: CSS declarations → Tailwind 4 classes. What has no class is left to the caller. */
import type { Style } from '../element.ts'
import { counted, radiusName, scaled } from './tailwind-scale.ts'

export interface Classes {
  readonly classes: readonly string[]
  /** Declarations that no class of Tailwind's scales says. */
  readonly rest: Style
  /** Radii that the theme must define. */
  readonly radii: readonly string[]
}

type Draft = Map<string, string>

const SPACING: Readonly<Record<string, string>> = {
  width: 'w',
  height: 'h',
  'min-width': 'min-w',
  'max-width': 'max-w',
  'min-height': 'min-h',
  'max-height': 'max-h',
  left: 'left',
  right: 'right',
  top: 'top',
  bottom: 'bottom',
  inset: 'inset',
  padding: 'p',
  'padding-top': 'pt',
  'padding-right': 'pr',
  'padding-bottom': 'pb',
  'padding-left': 'pl',
  'margin-top': 'mt',
  'margin-right': 'mr',
  'margin-bottom': 'mb',
  'margin-left': 'ml',
  gap: 'gap',
  'row-gap': 'gap-y',
  'column-gap': 'gap-x',
  'text-indent': 'indent',
  'flex-basis': 'basis',
}

/** Whole declarations with a class of their own. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  position: { absolute: 'absolute', relative: 'relative', fixed: 'fixed', sticky: 'sticky' },
  display: { flex: 'flex', grid: 'grid', block: 'block', 'inline-block': 'inline-block', 'list-item': 'list-item', none: 'hidden' },
  'flex-direction': { column: 'flex-col' },
  'flex-wrap': { wrap: 'flex-wrap' },
  flex: { '1 1 0%': 'flex-1' },
  'flex-grow': { '1': 'grow' },
  'flex-shrink': { '0': 'shrink-0' },
  'justify-content': {
    center: 'justify-center',
    'flex-end': 'justify-end',
    'space-between': 'justify-between',
    'flex-start': 'justify-start',
  },
  'align-items': { center: 'items-center', 'flex-end': 'items-end', 'flex-start': 'items-start', baseline: 'items-baseline' },
  'align-self': { stretch: 'self-stretch', start: 'self-start', center: 'self-center', end: 'self-end' },
  'justify-self': { start: 'justify-self-start', center: 'justify-self-center', end: 'justify-self-end' },
  'align-content': {
    center: 'content-center',
    start: 'content-start',
    end: 'content-end',
    'flex-end': 'content-end',
    'flex-start': 'content-start',
    'space-between': 'content-between',
  },
  overflow: { hidden: 'overflow-hidden', auto: 'overflow-auto', visible: 'overflow-visible', clip: 'overflow-clip' },
  'overflow-x': { auto: 'overflow-x-auto', hidden: 'overflow-x-hidden', clip: 'overflow-x-clip' },
  'overflow-y': { auto: 'overflow-y-auto', hidden: 'overflow-y-hidden', clip: 'overflow-y-clip' },
  isolation: { isolate: 'isolate' },
  'white-space': {
    nowrap: 'whitespace-nowrap',
    pre: 'whitespace-pre',
    'pre-line': 'whitespace-pre-line',
    'pre-wrap': 'whitespace-pre-wrap',
  },
  'overflow-wrap': { 'break-word': 'wrap-break-word' },
  'text-align': { left: 'text-left', center: 'text-center', right: 'text-right', justify: 'text-justify' },
  'text-transform': { uppercase: 'uppercase', lowercase: 'lowercase', capitalize: 'capitalize', normal: 'normal-case' },
  'text-decoration-line': { underline: 'underline', 'line-through': 'line-through', none: 'no-underline' },
  'text-overflow': { ellipsis: 'text-ellipsis' },
  'font-style': { italic: 'italic', normal: 'not-italic' },
  'font-variant-numeric': { 'tabular-nums': 'tabular-nums', normal: 'normal-nums' },
  'font-weight': {
    '100': 'font-thin',
    '200': 'font-extralight',
    '300': 'font-light',
    '400': 'font-normal',
    '500': 'font-medium',
    '600': 'font-semibold',
    '700': 'font-bold',
    '800': 'font-extrabold',
    '900': 'font-black',
  },
  'list-style-type': { disc: 'list-disc', decimal: 'list-decimal' },
  'object-fit': { cover: 'object-cover', contain: 'object-contain' },
  'max-width': { none: 'max-w-none' },
  'background-size': { cover: 'bg-cover', contain: 'bg-contain' },
  'background-position': { center: 'bg-center' },
  'background-repeat': { 'no-repeat': 'bg-no-repeat' },
  'background-clip': { text: 'bg-clip-text' },
  'pointer-events': { none: 'pointer-events-none' },
  'border-style': { solid: 'border-solid', dashed: 'border-dashed' },
  'outline-style': { solid: '', dashed: 'outline-dashed' },
  translate: { '-50%': '-translate-x-1/2' },
  'mix-blend-mode': Object.fromEntries(
    'multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light difference exclusion hue saturation color luminosity plus-darker plus-lighter'
      .split(' ')
      .map((mode) => [mode, `mix-blend-${mode}`]),
  ),
}

const COLOURS: Readonly<Record<string, string>> = {
  color: 'text',
  'background-color': 'bg',
  'border-color': 'border',
  'outline-color': 'outline',
}

/** Replaces several declarations by one where they say the same. */
function merge(draft: Draft, out: string[]): void {
  const take = (names: readonly string[], build: (values: readonly string[]) => string | undefined) => {
    const values = names.map((name) => draft.get(name))
    if (values.includes(undefined)) return
    const made = build(values as string[])
    if (made === undefined) return
    for (const name of names) draft.delete(name)
    if (made) out.push(made)
  }
  const same = (prefix: string) => (values: readonly string[]) =>
    new Set(values).size === 1 ? scaled(prefix, values[0] as string) : undefined
  take(['top', 'right', 'bottom', 'left'], same('inset'))
  take(['left', 'right'], same('inset-x'))
  take(['top', 'bottom'], same('inset-y'))
  take(['width', 'height'], same('size'))
  take(['padding-top', 'padding-right', 'padding-bottom', 'padding-left'], same('p'))
  take(['padding-left', 'padding-right'], same('px'))
  take(['padding-top', 'padding-bottom'], same('py'))
  take(['margin-left', 'margin-right'], same('mx'))
  take(['margin-top', 'margin-bottom'], same('my'))
  take(['overflow', 'text-overflow', 'white-space'], (values) => (values.join() === 'hidden,ellipsis,nowrap' ? 'truncate' : undefined))
  take(['overflow', 'display', '-webkit-box-orient', '-webkit-line-clamp'], (values) => `line-clamp-${values[3]}`)
}

function corners(value: string, radii: string[]): readonly string[] | undefined {
  const parts = value.split(' ')
  const names = parts.map((part) => radiusName(part))
  if (names.includes(undefined)) return undefined
  const used = names as string[]
  radii.push(...used)
  const named = (corner: string, name: string) => (name === '0' ? [] : [`rounded${corner}-${name}`])
  if (used.length === 1) return named('', used[0] as string)
  const [topLeft, topRight, bottomRight, bottomLeft] = used as [string, string, string, string]
  if (topLeft === topRight && bottomLeft === bottomRight) return [...named('-t', topLeft), ...named('-b', bottomLeft)]
  if (topLeft === bottomLeft && topRight === bottomRight) return [...named('-l', topLeft), ...named('-r', topRight)]
  return [...named('-tl', topLeft), ...named('-tr', topRight), ...named('-br', bottomRight), ...named('-bl', bottomLeft)]
}

function borderWidth(property: string, value: string): string | undefined {
  const side = /^border-(?:(\w)\w+-)?width$/.exec(property)?.[1]
  const name = side ? `border-${side}` : 'border'
  return value === '1px' ? name : counted(name, value)
}

function gridPlace(axis: 'col' | 'row', value: string): string {
  const [start, span] = value.split(' / span ')
  return span ? `${axis}-start-${start} ${axis}-span-${span}` : `${axis}-start-${start}`
}

function shareOfHundred(prefix: string, value: string): string | undefined {
  const hundredths = Math.round(Number(value) * 100)
  return Math.abs(hundredths / 100 - Number(value)) < 1e-6 ? `${prefix}-${hundredths}` : undefined
}

/** The class of one declaration; undefined when there is none. */
function classOf(property: string, value: string, radii: string[]): string | undefined {
  const word = WORDS[property]?.[value]
  if (word !== undefined) return word
  const spacing = SPACING[property]
  if (spacing) return scaled(spacing, value)
  const colour = COLOURS[property]
  if (colour)
    return value === 'transparent' ? `${colour}-transparent` : /^var\(--color-([\w-]+)\)$/.exec(value)?.[1]?.replace(/^/, `${colour}-`)
  if (property === 'font') return `font-${value}`
  if (property === 'text-style') return `text-${value}`
  if (property === 'border-radius') return value === '50%' ? 'rounded-[50%]' : corners(value, radii)?.join(' ')
  if (/^border-(\w+-)?width$/.test(property)) return borderWidth(property, value)
  if (property === 'outline-width') return value === '1px' ? 'outline' : counted('outline', value)
  if (property === 'outline-offset') return value === '0px' ? '' : counted('outline-offset', value)
  if (property === 'opacity') return shareOfHundred('opacity', value)
  if (property === 'z-index') return value.startsWith('-') ? `-z-${value.slice(1)}` : `z-${value}`
  if (property === 'font-size') return `text-[${value}]`
  if (property === 'letter-spacing') return `tracking-[${value}]`
  if (property === 'line-height') return scaled('leading', value)
  if (property === 'rotate') return counted('rotate', value.replace('deg', 'px'))?.replace('px]', 'deg]')
  if (property === 'grid-column') return gridPlace('col', value)
  if (property === 'grid-row') return gridPlace('row', value)
  if (property === 'grid-template-columns' || property === 'grid-template-rows') {
    const count = /^repeat\((\d+), ?minmax\(0(?:px)?, ?1fr\)\)$/.exec(value)?.[1]
    return `grid-${property.endsWith('rows') ? 'rows' : 'cols'}-${count ?? `[${value.replaceAll(', ', ',').replaceAll(' ', '_')}]`}`
  }
  if (property === 'flex') return `flex-[${value.replaceAll(' ', '_')}]`
  return undefined
}

/** Classes for a style, in an order that depends on the style alone. */
export function tailwindClasses(style: Style): Classes {
  const draft: Draft = new Map(Object.entries(style))
  const merged: string[] = []
  const radii: string[] = []
  const rest: Record<string, string> = {}
  merge(draft, merged)
  const classes: string[] = []
  for (const [property, value] of draft) {
    const made = classOf(property, value, radii)
    if (made === undefined) rest[property] = value
    else if (made) classes.push(made)
  }
  const [position = [], others = []] = [classes.filter((name) => isPosition(name)), classes.filter((name) => !isPosition(name))]
  return { classes: [...position, ...merged, ...others], rest, radii }
}

const isPosition = (name: string) => ['absolute', 'relative', 'fixed', 'sticky'].includes(name)
