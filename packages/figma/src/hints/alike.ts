/** Which layers are the same thing in several places: what is said of one of them is said of all. */
import type { SetNames } from '../componentise/groups.ts'
import type { Layer } from '../normalise/layer.ts'

/** Siblings of one name from this many on are items of a list, not each a thing of its own. */
const ITEMS_MIN = 3

const isItem = (layer: Layer): boolean => layer.children.length > 0

/** Children with what tells each from its siblings: its name, and its place among those of that name unless they are items. */
function stepsOf(parent: Layer): readonly string[] {
  const names = parent.children.map((child) => JSON.stringify([child.text ? 'TEXT' : child.type, child.name]))
  const counts = new Map<string, number>()
  for (const [index, name] of names.entries()) if (isItem(parent.children[index] as Layer)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const seen = new Map<string, number>()
  return names.map((name, index) => {
    if (isItem(parent.children[index] as Layer) && (counts.get(name) ?? 0) >= ITEMS_MIN) return name
    const place = seen.get(name) ?? 0
    seen.set(name, place + 1)
    return `${name}${place}`
  })
}

/**
 * A key for every layer. Uses of one component and variants of one set share theirs, and so do, inside of them and inside of the
 * items of a list, the layers at the same place.
 */
export function alikeKeys(roots: readonly Layer[], sets: SetNames): ReadonlyMap<Layer, string> {
  const keys = new Map<Layer, string>()
  /** Paths are long and shared: a number stands for each. */
  const numbers = new Map<string, number>()
  const numberOf = (path: string) => {
    const number = numbers.get(path) ?? numbers.size
    numbers.set(path, number)
    return `${number}`
  }
  const waiting: { layer: Layer; path: string }[] = roots.map((root, index) => ({ layer: root, path: `root ${index}` }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { layer } = next
    const componentId = layer.componentId || (layer.type === 'COMPONENT' ? layer.id : '')
    const key = numberOf(componentId ? `component ${sets.of(componentId).key}` : next.path)
    keys.set(layer, key)
    const steps = stepsOf(layer)
    for (const [index, child] of layer.children.entries()) waiting.push({ layer: child, path: `${key}/${steps[index]}` })
  }
  return keys
}
