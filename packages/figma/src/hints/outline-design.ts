/** What can be named in a design, told as shortly as it can be: for whoever is to propose hints. */
import type { DesignBundle } from '../bundle.ts'
import { compileTrees } from '../compile-trees.ts'
import type { Component } from '../componentise/extract.ts'
import type { Content, ElementNode } from '../element.ts'
import type { Layer } from '../normalise/layer.ts'
import { alikeKeys } from './alike.ts'

export interface OutlinedComponent {
  readonly nodeId: string
  readonly name: string
  readonly uses: number
  readonly props: readonly { readonly name: string; readonly values: readonly string[] }[]
}

export interface OutlinedElement {
  readonly nodeId: string
  readonly tag: string
  /** The layer's name. */
  readonly layer: string
  /** How deep it stands in the page. */
  readonly depth: number
  readonly text?: string
  /** Of a picture: what is said of it now. */
  readonly label?: string
  /** How many of its kind there are, when more than one. */
  readonly count?: number
}

export interface DesignOutline {
  readonly pages: readonly { readonly nodeId: string; readonly name: string; readonly frame: string }[]
  readonly components: readonly OutlinedComponent[]
  readonly elements: readonly OutlinedElement[]
}

const COMPONENTS_MAX = 60
const PROPS_MAX = 16
const VALUES_MAX = 3
const ELEMENTS_MAX = 250
const TEXT_MAX = 60

const short = (text: string): string => {
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain.length > TEXT_MAX ? `${plain.slice(0, TEXT_MAX - 1)}…` : plain
}

const textOf = (node: ElementNode): string =>
  node.children.map((child: Content) => (child.kind === 'text' ? child.text : textOf(child))).join(' ')

function componentOf({ nodeIds, name, uses, props }: Component): OutlinedComponent {
  const said = (values: readonly unknown[]) =>
    [...new Set(values.filter((value): value is string => typeof value === 'string' && value !== ''))].slice(0, VALUES_MAX).map(short)
  const axes = props.axes.map(({ prop, values }) => ({ name: prop, values: said(values) }))
  const others = props.props.filter((prop) => prop.name !== 'className' && prop.name !== 'children')
  return {
    ...{ nodeId: nodeIds[0] ?? '', name, uses },
    props: [...axes, ...others.map((prop) => ({ name: prop.name, values: said(prop.values) }))].slice(0, PROPS_MAX),
  }
}

const isText = (tag: string) => /^(h[1-6]|p)$/.test(tag)
const isPicture = (tag: string) => tag === 'img' || tag === 'svg'

/** Each kind of thing once, as it stands in the page. Icons that are a component decorate, wherever they are. */
function elementsOf(root: ElementNode, keys: ReadonlyMap<Layer, string>, icons: ReadonlySet<string>): readonly OutlinedElement[] {
  const found = new Map<string, OutlinedElement>()
  const visit = (node: ElementNode, depth: number): void => {
    const { layer, tag } = node
    const isTold = layer && node !== root && (isText(tag) || (isPicture(tag) ? !icons.has(layer.id) : layer.children.length > 0))
    if (isTold) {
      const key = keys.get(layer) ?? layer.id
      const known = found.get(key)
      const label = node.attributes['alt'] ?? node.attributes['aria-label']
      const text = isPicture(tag) ? '' : short(textOf(node))
      if (known) found.set(key, { ...known, count: (known.count ?? 1) + 1 })
      else if (found.size < ELEMENTS_MAX)
        found.set(key, {
          ...{ nodeId: layer.id, tag, layer: short(layer.name), depth },
          ...(text ? { text } : {}),
          ...(typeof label === 'string' ? { label: short(label) } : {}),
        })
    }
    if (tag !== 'svg') for (const child of node.children) if (child.kind === 'element') visit(child, depth + (isTold ? 1 : 0))
  }
  visit(root, 0)
  return [...found.values()]
}

/** The names that the compiler gives by itself, and what it takes each element for. */
export function outlineDesign(bundle: DesignBundle): DesignOutline {
  const { roots, sets, drafts, extracted } = compileTrees(bundle, { fonts: [] })
  const keys = alikeKeys(roots, sets)
  const icons = new Set(extracted.components.flatMap(({ body, nodeIds }) => (body.name === 'svg' ? nodeIds : [])))
  return {
    pages: drafts.map(({ nodeId, component, name }) => ({ nodeId, name: component, frame: short(name) })),
    components: extracted.components
      .filter(({ nodeIds }) => nodeIds.length > 0)
      .toSorted((a, b) => b.uses - a.uses)
      .slice(0, COMPONENTS_MAX)
      .map(componentOf),
    elements: drafts.flatMap(({ root }) => elementsOf(root, keys, icons)).slice(0, ELEMENTS_MAX),
  }
}
