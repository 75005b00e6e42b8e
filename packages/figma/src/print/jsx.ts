/** Phase 8, JSX as a tree: what components are cut from and what is printed at last. */

import type { Trigger } from '../infer/changes.ts'

export interface JsxTag {
  readonly kind: 'tag'
  readonly name: string
  /** Attributes in the order they are printed. */
  readonly props: readonly JsxProp[]
  readonly children: readonly Jsx[]
  /** Ids of the layer this stands for; printed only when asked for. */
  readonly nodeId?: string
  /** Of a component used here: the ids of all its layers, in the order its body names them. */
  readonly nodeIds?: readonly string[]
  /** Inside a component: where in `nodeIds` the ids of this element are. */
  readonly idsFrom?: { readonly offset: number; readonly count: number }
  readonly layerName?: string
  /** Id of the main component when the layer is an instance or a component. */
  readonly componentId?: string
  /** Of a variant: its value on each axis of its set. */
  readonly variant?: Readonly<Record<string, string>>
  /** The boolean property that shows or hides it; `isAbsent`: it is hidden here. */
  readonly shownBy?: string
  readonly isAbsent?: true
  /** What it turns into, and when; `to` is undefined where the design does not hold that variant. */
  readonly changes?: readonly {
    readonly trigger: Trigger
    readonly to: Readonly<Record<string, string>> | undefined
    readonly delayMs: number
  }[]
}

export interface JsxProp {
  readonly name: string
  readonly value: JsxValue
}

/** A string in quotes, or code in braces; `true` prints the name alone; a tag is an element passed on as a prop. */
export type JsxValue =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'true' }
  | { readonly kind: 'tag'; readonly tag: JsxTag }

export type Jsx =
  | JsxTag
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly code: string }
  | JsxWrap
  | JsxList

/** Code around an element: `{icon && <Icon />}`, or `{items.map((item) => (` … `))}`, which always breaks. */
export interface JsxWrap {
  readonly kind: 'wrap'
  /** Up to the element, without the bracket that a broken line needs. */
  readonly before: string
  readonly inner: JsxTag
  readonly after: string
  readonly isBroken: boolean
}

/** Uses of one component over data: `{cards.map((card) => (` … `))}`. */
export interface JsxList {
  readonly kind: 'list'
  readonly component: string
  readonly name: string
  readonly item: string
  readonly items: readonly JsxTag[]
  /** The prop that tells the items apart; without one their place does. */
  readonly key: string | undefined
}

export interface JsxPrinting {
  readonly nodeIds: boolean
}

export const stringProp = (name: string, text: string): JsxProp => ({ name, value: { kind: 'string', text } })
export const codeProp = (name: string, code: string): JsxProp => ({ name, value: { kind: 'code', code } })

export const isShown = (child: Jsx): boolean => child.kind !== 'tag' || !child.isAbsent

/** A tree without what is hidden in it. Unchanged subtrees stay the same objects. */
export function shownOnly(tag: JsxTag): JsxTag {
  let isChanged = !tag.children.every(isShown)
  const children = tag.children.filter(isShown).map((child) => {
    if (child.kind !== 'tag') return child
    const next = shownOnly(child)
    isChanged ||= next !== child
    return next
  })
  return isChanged ? { ...tag, children } : tag
}
