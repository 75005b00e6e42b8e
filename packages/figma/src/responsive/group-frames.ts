/** Phase 2, breakpoints: which frames are one screen at several widths, told by their names and widths. */
import type { Layer } from '../normalise/layer.ts'
import { wordsOf } from '../resolve/names.ts'

const DEVICE =
  /^(desktop|laptop|web|tablet|mobile|phone|iphone|android|ipad|smartphone|breakpoint|xs|sm|md|lg|xl|xxl|small|medium|large|wide|\d{3,4}(px)?)$/
/** Widths closer than this are no breakpoints of each other. */
const APART = 1.2
const FRAMES_MAX = 5
/** Tailwind's own, in px. */
const BREAKPOINTS = { sm: 640, md: 768, lg: 1024, xl: 1280, '2xl': 1536 } as const
export type Breakpoint = keyof typeof BREAKPOINTS

export interface Screen {
  /** Narrowest first. */
  readonly frames: readonly Layer[]
  readonly name: string
  /** Between each frame and the next. */
  readonly breakpoints: readonly { readonly name: Breakpoint; readonly fromPx: number }[]
}

/** The breakpoint nearest to the middle of two widths, in ratio. */
function between(narrow: number, wide: number, taken: ReadonlySet<string>): Screen['breakpoints'][number] | undefined {
  const middle = Math.sqrt(narrow * wide)
  const open = (Object.entries(BREAKPOINTS) as [Breakpoint, number][]).filter(([name]) => !taken.has(name))
  const [best] = open.toSorted((a, b) => Math.abs(Math.log(a[1] / middle)) - Math.abs(Math.log(b[1] / middle)))
  return best && { name: best[0], fromPx: best[1] }
}

function breakpointsOf(frames: readonly Layer[]): Screen['breakpoints'] | undefined {
  const taken = new Set<string>()
  const found: Screen['breakpoints'][number][] = []
  for (const [index, frame] of frames.slice(1).entries()) {
    const narrow = frames[index]?.width ?? 0
    if (narrow <= 0 || frame.width < narrow * APART) return undefined
    const next = between(narrow, frame.width, taken)
    if (!next || next.fromPx <= (found.at(-1)?.fromPx ?? 0)) return undefined
    taken.add(next.name)
    found.push(next)
  }
  return found
}

/** Every frame once, alone or with its other widths; in the order of the design. */
export function groupFrames(roots: readonly Layer[]): readonly Screen[] {
  const groups = new Map<string, Layer[]>()
  for (const [index, root] of roots.entries()) {
    const words = wordsOf(root.name)
    const rest = words.filter((word) => !DEVICE.test(word))
    const isDevice = root.type === 'FRAME' && rest.length < words.length
    const key = isDevice ? `screen ${rest.join(' ')}` : `alone ${index}`
    const group = groups.get(key)
    if (group) group.push(root)
    else groups.set(key, [root])
  }
  return [...groups].flatMap(([key, group]): readonly Screen[] => {
    const frames = group.toSorted((a, b) => a.width - b.width)
    const breakpoints = group.length > 1 && group.length <= FRAMES_MAX ? breakpointsOf(frames) : undefined
    if (!breakpoints) return group.map((frame) => ({ frames: [frame], name: frame.name, breakpoints: [] }))
    const widest = frames.at(-1)
    return [{ frames, name: key.slice('screen '.length) || widest?.name || '', breakpoints }]
  })
}
