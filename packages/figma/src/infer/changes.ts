/** Phase 4, changes of variant: what hovering, pressing, clicking or waiting turns a component into, where the design holds that variant. */
import type { SetNames } from '../componentise/groups.ts'
import type { Layer } from '../normalise/layer.ts'
import { type Json, jsonOf, numberOf, objectsOf, textOf, wordIn } from '../normalise/values.ts'
import { isButtonShaped } from './semantics.ts'

export type Trigger = 'hover' | 'press' | 'click' | 'time'

const TRIGGERS: Readonly<Record<string, Trigger>> = {
  ON_HOVER: 'hover',
  MOUSE_ENTER: 'hover',
  ON_PRESS: 'press',
  MOUSE_DOWN: 'press',
  ON_CLICK: 'click',
  MOUSE_UP: 'click',
  AFTER_TIMEOUT: 'time',
}

export interface Change {
  readonly trigger: Trigger
  readonly destinationId: string
  /** From when the look is there until the next one is. */
  readonly delayMs: number
}

/** Shorter ones are steps of an animation; a page is not drawn anew faster than this. */
const DELAY_MIN_MS = 100
const DELAY_MAX_MS = 3_600_000

const delayOf = (trigger: Json, action: Json): number => {
  const seconds = numberOf(trigger['timeout']) + numberOf(jsonOf(action['transition'])['duration'])
  return Math.min(DELAY_MAX_MS, Math.max(DELAY_MIN_MS, Math.round(seconds * 1000)))
}

/** What a layer waits for, with what is then done. */
export function timedActions(layer: Layer): readonly { readonly action: Json; readonly delayMs: number }[] {
  return objectsOf(layer.node['interactions']).flatMap((interaction) => {
    const trigger = jsonOf(interaction['trigger'])
    if (trigger['type'] !== 'AFTER_TIMEOUT') return []
    return objectsOf(interaction['actions']).map((action) => ({ action, delayMs: delayOf(trigger, action) }))
  })
}

/** The changes of variant that a layer asks for, the first of each kind. */
export function changesOf(layer: Layer): readonly Change[] {
  const found = new Map<Trigger, Change>()
  for (const interaction of objectsOf(layer.node['interactions'])) {
    const said = jsonOf(interaction['trigger'])
    const trigger = wordIn(TRIGGERS, said['type'])
    for (const action of objectsOf(interaction['actions'])) {
      const destinationId = textOf(action['destinationId'])
      if (!trigger || found.has(trigger) || !destinationId || action['type'] !== 'NODE' || action['navigation'] !== 'CHANGE_TO') continue
      found.set(trigger, { trigger, destinationId, delayMs: delayOf(said, action) })
    }
  }
  return [...found.values()]
}

/** `Size=Large, State=Hover` → the value on each axis. */
export const readAxes = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    name.split(',').flatMap((part) => {
      const [axis = '', value = ''] = part.split('=').map((word) => word.trim())
      return axis && value ? [[axis, value] as const] : []
    }),
  )

export interface Variants {
  /** The values of a variant by the id of its component; undefined for one that nothing tells of. */
  of(componentId: string): Readonly<Record<string, string>> | undefined
  /** What the layer is called: a variant is called as its set. */
  nameOf(layer: Layer): string
  /** Whether the layer is one of several uses of a component, or one of several variants. */
  isRepeated(layer: Layer): boolean
  /** Whether every use of the layer's component is clicked to become another variant. */
  isSwitch(layer: Layer): boolean
}

export const componentIdOf = (layer: Layer): string => layer.componentId || (layer.type === 'COMPONENT' ? layer.id : '')

export function findVariants(roots: readonly Layer[], components: unknown, sets: SetNames): Variants {
  const names = new Map<string, string>()
  const switches = new Set<string>()
  const others = new Set<string>()
  const uses = new Map<string, number>()
  const waiting = [...roots]
  const clicked: Layer[] = []
  for (let layer = waiting.pop(); layer; layer = waiting.pop()) {
    if (layer.type === 'COMPONENT') names.set(layer.id, layer.name)
    const componentId = componentIdOf(layer)
    if (componentId && changesOf(layer).some(({ trigger }) => trigger === 'click')) clicked.push(layer)
    if (componentId) {
      const { key } = sets.of(componentId)
      uses.set(key, (uses.get(key) ?? 0) + 1)
      if (!isButtonShaped(layer)) others.add(key)
    }
    waiting.push(...layer.children)
  }
  const of: Variants['of'] = (componentId) => {
    const axes = readAxes(names.get(componentId) ?? textOf(jsonOf(jsonOf(components)[componentId])['name']))
    return Object.keys(axes).length ? axes : undefined
  }
  for (const layer of clicked) {
    const { key } = sets.of(componentIdOf(layer))
    const isWithin = changesOf(layer).some(
      ({ trigger, destinationId }) => trigger === 'click' && sets.of(destinationId).key === key && of(destinationId),
    )
    if (isWithin && !others.has(key)) switches.add(key)
  }
  return {
    of,
    nameOf: (layer) => (layer.type === 'COMPONENT' && sets.of(layer.id).name) || layer.name,
    isRepeated: (layer) => (uses.get(sets.of(componentIdOf(layer)).key) ?? 0) > 1,
    isSwitch: (layer) => switches.size > 0 && componentIdOf(layer) !== '' && switches.has(sets.of(componentIdOf(layer)).key),
  }
}
