/** Damages a design the way chance or malice would, the same way for the same seed. */
import { HOSTILE_VALUES } from './hostile-output.ts'

type Json = unknown
type Container = Json[] | Record<string, Json>

/** A small generator of numbers in 0..1, so that a run can be repeated from its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const NUMBERS: readonly Json[] = [0, -1, 1e-9, -0.5, 1e9, 1e308, -1e308, 2 ** 31, 0.1 + 0.2, null]
const TYPES = [
  'FRAME',
  'TEXT',
  'VECTOR',
  'INSTANCE',
  'COMPONENT',
  'COMPONENT_SET',
  'GROUP',
  'BOOLEAN_OPERATION',
  'LINE',
  'ELLIPSE',
  'SECTION',
  'TABLE',
  'SLOT',
  'DOCUMENT',
]
const WORDS = [
  'HORIZONTAL',
  'VERTICAL',
  'GRID',
  'NONE',
  'FILL',
  'HUG',
  'FIXED',
  'WRAP',
  'SPACE_BETWEEN',
  'STRETCH',
  'SCALE',
  'CENTER',
  'LEFT_RIGHT',
  'GRADIENT_DIAMOND',
  'IMAGE',
  'PATTERN',
  'ABSOLUTE',
  'INSIDE',
]

const isContainer = (value: Json): value is Container => typeof value === 'object' && value !== null

function containersOf(root: Json, max = 20_000): Container[] {
  const found: Container[] = []
  const waiting: Json[] = [root]
  for (let value = waiting.pop(); value !== undefined && found.length < max; value = waiting.pop()) {
    if (!isContainer(value)) continue
    found.push(value)
    waiting.push(...Object.values(value))
  }
  return found
}

/** @returns a damaged copy; the design itself stays */
export function mutate(design: Json, random: () => number): Json {
  const copy = structuredClone(design)
  const containers = containersOf(copy)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const put = (container: Container, key: string, value: Json) => {
    ;(container as Record<string, Json>)[key] = value
  }
  const changes = 1 + Math.floor(random() * 6)
  for (let change = 0; change < changes; change++) {
    const container = pick(containers)
    const keys = Object.keys(container)
    const key = keys.length ? pick(keys) : 'name'
    const old = (container as Record<string, Json>)[key]
    const kind = random()
    if (kind < 0.4) put(container, key, hostileFor(key, old, pick))
    else if (kind < 0.55) delete (container as Record<string, Json>)[key]
    else if (kind < 0.7) put(container, key, structuredClone(pick(containers)))
    else if (kind < 0.8 && Array.isArray(container) && container.length) container.push(structuredClone(pick(container)))
    else if (kind < 0.9)
      put(
        container,
        pick(['name', 'characters', 'fontFamily', 'url', 'imageRef', 'id', 'type', 'layoutMode', 'visible', 'children']),
        hostileFor(key, old, pick),
      )
    else put(container, key, pick<Json>([null, [], {}, true, 'x', ...NUMBERS]))
  }
  return copy
}

function hostileFor(key: string, old: Json, pick: <T>(items: readonly T[]) => T): Json {
  if (key === 'type') return pick([...TYPES, ...HOSTILE_VALUES])
  if (typeof old === 'number') return pick<Json>([...NUMBERS, ...HOSTILE_VALUES.slice(0, 3)])
  return pick([...HOSTILE_VALUES, ...WORDS])
}

/** Nesting beyond what any design has. */
export function deepDesign(levels: number): string {
  const opening = '{"id":"1:2","name":"Deep","type":"FRAME","absoluteBoundingBox":{"x":0,"y":0,"width":100,"height":100},"children":['
  return opening.repeat(levels) + ']}'.repeat(levels)
}
