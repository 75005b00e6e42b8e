/** From Figma's binary outlines and networks, and from the numbers of stars and polygons, to SVG paths. */
import type { KiwiFields } from './decode.ts'
import { fieldsOf, listOf, numberOf } from './values.ts'

export interface OutlinePath {
  readonly path: string
  readonly windingRule: 'NONZERO' | 'EVENODD'
}

type Blobs = readonly KiwiFields[]

const rounded = (value: number) => String(Math.round(value * 1_000) / 1_000)
const point = (x: number, y: number) => `${rounded(x)} ${rounded(y)}`
const blobAt = (blobs: Blobs, index: unknown): Uint8Array | undefined => {
  const bytes = typeof index === 'number' ? blobs[index]?.bytes : undefined
  return bytes instanceof Uint8Array ? bytes : undefined
}

/** How many points follow each command, and its letter. */
const COMMANDS: Readonly<Record<number, readonly [letter: string, points: number]>> = {
  0: ['Z', 0],
  1: ['M', 1],
  2: ['L', 1],
  3: ['Q', 2],
  4: ['C', 3],
}

/** @returns undefined when the bytes are no outline */
function outline(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const [letter, points] = COMMANDS[view.getUint8(at)] ?? []
    if (letter === undefined || points === undefined || at + 1 + points * 8 > bytes.length) return undefined
    const numbers = Array.from({ length: points }, (_, index) =>
      point(view.getFloat32(at + 1 + index * 8, true), view.getFloat32(at + 5 + index * 8, true)),
    )
    parts.push(letter + numbers.join(' '))
    at += 1 + points * 8
  }
  return parts.length ? parts.join('') : undefined
}

/** `fillGeometry` or `strokeGeometry` as the REST API gives it. */
export function geometryOf(paths: unknown, blobs: Blobs): OutlinePath[] | undefined {
  const outlines = listOf(paths).flatMap((entry): OutlinePath[] => {
    const bytes = blobAt(blobs, entry.commandsBlob)
    const path = bytes && outline(bytes)
    return path ? [{ path, windingRule: entry.windingRule === 'ODD' ? 'EVENODD' : 'NONZERO' }] : []
  })
  return outlines.length ? outlines : undefined
}

interface Segment {
  readonly start: number
  readonly end: number
  readonly startTangent: readonly [number, number]
  readonly endTangent: readonly [number, number]
}

interface Network {
  readonly vertices: readonly (readonly [number, number])[]
  readonly segments: readonly Segment[]
  readonly regions: readonly { readonly isEvenOdd: boolean; readonly loops: readonly (readonly number[])[] }[]
}

/** A network is lists of vertices, segments with tangents, and regions made of loops of segments; little-endian 32-bit values. */
function networkOf(bytes: Uint8Array): Network {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const next = () => {
    at += 4
    return at - 4
  }
  const uint = () => view.getUint32(next(), true)
  const float = () => view.getFloat32(next(), true)
  const times = <T>(count: number, itemBytes: number, read: () => T): T[] => {
    if (count * itemBytes > bytes.length) throw new RangeError('the network is longer than its bytes')
    return Array.from({ length: count }, read)
  }
  const [vertexCount, segmentCount, regionCount] = [uint(), uint(), uint()]
  const vertices = times(vertexCount, 12, () => {
    uint() // the vertex's style
    return [float(), float()] as const
  })
  const segments = times(segmentCount, 28, (): Segment => {
    uint() // the segment's style
    const start = uint()
    const startTangent = [float(), float()] as const
    const end = uint()
    return { start, startTangent, end, endTangent: [float(), float()] }
  })
  const regions = times(regionCount, 8, () => {
    const flags = uint() // the lowest bit is the winding rule, the rest the style
    return { isEvenOdd: (flags & 1) === 0, loops: times(uint(), 4, () => times(uint(), 4, uint)) }
  })
  return { vertices, segments, regions }
}

function loopPath(network: Network, loop: readonly number[], scale: readonly [number, number]): string {
  const first = network.segments[loop[0] as number]
  const second = network.segments[loop[1] as number]
  if (!first) return ''
  let current = second && (first.start === second.start || first.start === second.end) ? first.end : first.start
  const place = (vertex: number, tangent: readonly [number, number] = [0, 0]) => {
    const [x, y] = network.vertices[vertex] ?? [0, 0]
    return point((x + tangent[0]) * scale[0], (y + tangent[1]) * scale[1])
  }
  const parts = [`M${place(current)}`]
  for (const index of loop) {
    const segment = network.segments[index]
    if (!segment) return ''
    const isForward = segment.start === current
    const [from, to] = isForward ? [segment.start, segment.end] : [segment.end, segment.start]
    const [leaving, arriving] = isForward ? [segment.startTangent, segment.endTangent] : [segment.endTangent, segment.startTangent]
    const isStraight = [...leaving, ...arriving].every((value) => value === 0)
    parts.push(isStraight ? `L${place(to)}` : `C${place(from, leaving)} ${place(to, arriving)} ${place(to)}`)
    current = to
  }
  return `${parts.join('')}Z`
}

/** The fill of a vector whose outline the clipboard left out. Open paths have no region and no fill. */
function networkGeometry(fields: KiwiFields, blobs: Blobs): OutlinePath[] | undefined {
  const data = fieldsOf(fields.vectorData)
  const bytes = blobAt(blobs, data.vectorNetworkBlob)
  if (!bytes) return undefined
  try {
    const network = networkOf(bytes)
    const normal = fieldsOf(data.normalizedSize)
    const size = fieldsOf(fields.size)
    const scaleOf = (key: 'x' | 'y') => (numberOf(size[key]) ?? 1) / (numberOf(normal[key]) || (numberOf(size[key]) ?? 1))
    const scale = [scaleOf('x'), scaleOf('y')] as const
    const paths = network.regions.map((region): OutlinePath => {
      return {
        path: region.loops.map((loop) => loopPath(network, loop, scale)).join(''),
        windingRule: region.isEvenOdd ? 'EVENODD' : 'NONZERO',
      }
    })
    return paths.some((entry) => entry.path) ? paths.filter((entry) => entry.path) : undefined
  } catch {
    return undefined // a damaged network: the layer keeps its box, and the compiler says what is missing
  }
}

const POINTS_MAX = 360

/** Corners stand on the ellipse inside the box, the first one at the top. */
function polygonGeometry(fields: KiwiFields): OutlinePath[] | undefined {
  const size = fieldsOf(fields.size)
  const [width, height] = [numberOf(size.x), numberOf(size.y)]
  const corners = Math.min(POINTS_MAX, Math.max(3, Math.round(numberOf(fields.count) ?? (fields.type === 'STAR' ? 5 : 3))))
  if (!width || !height) return undefined
  const isStar = fields.type === 'STAR'
  const inner = numberOf(fields.starInnerScale) ?? 0.382
  const steps = isStar ? corners * 2 : corners
  const points = Array.from({ length: steps }, (_, index) => {
    const angle = (2 * Math.PI * index) / steps - Math.PI / 2
    const reach = isStar && index % 2 ? inner : 1
    return point((width / 2) * (1 + reach * Math.cos(angle)), (height / 2) * (1 + reach * Math.sin(angle)))
  })
  return [{ path: `M${points.join('L')}Z`, windingRule: 'NONZERO' }]
}

/** The fill of a shape: as the file holds it, else from what it is made of. */
export function fillGeometryOf(fields: KiwiFields, blobs: Blobs): OutlinePath[] | undefined {
  const own = geometryOf(fields.fillGeometry, blobs)
  if (own) return own
  if (fields.type === 'STAR' || fields.type === 'REGULAR_POLYGON') return polygonGeometry(fields)
  return networkGeometry(fields, blobs)
}
