/** What somebody proposes about a design, checked and asked by the phases. A hint that does not fit is named and left out. */
import { DesignHints, type ElementMeaning } from '@slipway/domain'
import type { SetNames } from '../componentise/groups.ts'
import type { Layer } from '../normalise/layer.ts'
import { alikeKeys } from './alike.ts'

/** A hint that was not used, and why. */
export interface HintFault {
  /** The layer's id; empty where the hints as a whole cannot be read. */
  readonly nodeId: string
  readonly message: string
}

export interface ComponentHint {
  readonly name: string | undefined
  /** New names of props by those that the compiler gives. */
  readonly props: ReadonlyMap<string, string>
}

export interface Hints {
  meaningOf(layer: Layer): ElementMeaning | undefined
  /** For people who cannot see it; empty: it only decorates. */
  labelOf(layer: Layer): string | undefined
  pageName(frameIds: readonly string[]): string | undefined
  /** @param nodeIds of the layers that the component stands for */
  componentOf(nodeIds: readonly string[]): ComponentHint | undefined
  /** A hint for this layer, or for one that it follows, cannot be used. */
  refuse(layer: Layer, message: string): void
  refuseProp(nodeIds: readonly string[], prop: string): void
  /** How many were used, and the rest. */
  told(): { readonly used: number; readonly faults: readonly HintFault[] }
}

const NO_HINTS: Hints = {
  meaningOf: () => undefined,
  labelOf: () => undefined,
  pageName: () => undefined,
  componentOf: () => undefined,
  refuse: () => undefined,
  refuseProp: () => undefined,
  told: () => ({ used: 0, faults: [] }),
}

const FAULTS_MAX = 100

const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()

interface Said<T> {
  readonly nodeId: string
  readonly value: T
}

/** @param raw anything; what is no DesignHints is one fault */
export function readHints(raw: unknown, roots: readonly Layer[], sets: SetNames): Hints {
  if (raw === undefined) return NO_HINTS
  const parsed = DesignHints.safeParse(raw)
  if (!parsed.success) return { ...NO_HINTS, told: () => ({ used: 0, faults: [{ nodeId: '', message: 'The hints cannot be read.' }] }) }
  const { pages, components, elements } = parsed.data
  const alike = alikeKeys(roots, sets)
  const keyOfId = new Map([...alike].map(([layer, key]) => [layer.id, key]))
  const faults: HintFault[] = []
  const used = new Set<object>()
  const fault = (nodeId: string, message: string) => {
    if (faults.length < FAULTS_MAX) faults.push({ nodeId, message })
  }

  const byKey = new Map<string, Said<(typeof elements)[number]>>()
  for (const element of elements) {
    const key = keyOfId.get(element.nodeId)
    if (key === undefined) fault(element.nodeId, 'The design has no such layer.')
    else if (byKey.has(key)) fault(element.nodeId, 'Another hint speaks of the same thing.')
    else byKey.set(key, { nodeId: element.nodeId, value: element })
  }
  const elementOf = (layer: Layer) => byKey.get(alike.get(layer) ?? '')
  const ask = <T>(layer: Layer, read: (element: (typeof elements)[number]) => T | undefined): T | undefined => {
    const said = elementOf(layer)
    const value = said && read(said.value)
    if (said && value !== undefined) used.add(said.value)
    return value
  }
  const componentHints = new Map<string, (typeof components)[number]>()
  for (const component of components) {
    if (!keyOfId.has(component.nodeId)) fault(component.nodeId, 'The design has no such layer.')
    else if (!componentHints.has(component.nodeId)) componentHints.set(component.nodeId, component)
  }
  const hintOf = (nodeIds: readonly string[]) => {
    const id = nodeIds.find((nodeId) => componentHints.has(nodeId))
    return id === undefined ? undefined : componentHints.get(id)
  }

  return {
    meaningOf: (layer) => ask(layer, ({ as }) => as),
    labelOf: (layer) => ask(layer, ({ label }) => (label === undefined ? undefined : plain(label))),
    pageName(frameIds) {
      const page = pages.find(({ nodeId }) => frameIds.includes(nodeId))
      if (page) used.add(page)
      return page && plain(page.name)
    },
    componentOf(nodeIds) {
      const hint = hintOf(nodeIds)
      if (!hint) return undefined
      used.add(hint)
      return { name: hint.name && plain(hint.name), props: new Map(hint.props.map(({ from, to }) => [from, plain(to)])) }
    },
    refuse(layer, message) {
      const said = elementOf(layer)
      if (!said) return
      used.delete(said.value)
      fault(said.nodeId, message)
    },
    refuseProp(nodeIds, prop) {
      const hint = hintOf(nodeIds)
      if (hint) fault(hint.nodeId, `The component has no prop "${prop.slice(0, 80)}".`)
    },
    told() {
      const told = new Set(faults.map(({ nodeId }) => nodeId))
      const unused = [...pages, ...components, ...elements].filter((hint) => !used.has(hint) && !told.has(hint.nodeId))
      const rest = unused.map(({ nodeId }) => ({ nodeId, message: 'It says nothing that this layer can be.' }))
      return { used: used.size, faults: [...faults, ...rest].slice(0, FAULTS_MAX) }
    },
  }
}
