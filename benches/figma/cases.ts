/** Finds the measured designs of a folder, each with Figma's own render where one lies beside it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, sep } from 'node:path'
import type { DesignBundle, FigmaNode } from '@slipway/figma'
import { type Box, boxOf, childrenOf, visibleNodes } from '../../packages/figma/src/measure/expected-boxes.ts'
import { readDesign } from '../../packages/figma/src/read/read-design.ts'

/** The suites of the measured peers; any other folder is a suite of its own name. */
const SUITES: Record<string, string> = {
  'figma-flutter-agent': 'screens',
  'figma-to-code-api': 'screens',
  'urock-component-sets': 'components',
  'vue-low-code': 'vlc',
  'figma-to-react-tomdieu': 'vlc',
  'govuk-figma-rust': 'govuk',
}
/** Sheets of a kit's tokens: pages of swatches, which no peer was measured on. */
const LEFT_OUT = /(^|\/)design-tokens[^/]*\.json$/
const REFERENCE_NAMES = ['figma.png', 'screenshot.png']
/** In px of the page; beyond it a browser's picture takes longer than all the rest. */
const AREA_MAX = 15e6

/** Figma's render: its pixels per px, and where the frame's corner lies in it, in px. */
export interface Reference {
  readonly path: string
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface BenchCase {
  readonly id: string
  readonly suite: string
  readonly root: FigmaNode
  readonly box: Box
  readonly bundle: DesignBundle
  readonly visibleCount: number
  readonly reference?: Reference
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]))

function pngSize(path: string): [number, number] | undefined {
  const bytes = readFileSync(path)
  return bytes.length >= 24 && bytes.readUInt32BE(0) === 0x89504e47 ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : undefined
}

/** A picture belongs to the frame when its size does, with or without what the frame's shadows add around it. */
function referenceOf(path: string, root: FigmaNode, box: Box): Reference | undefined {
  const size = pngSize(path)
  if (!size) return undefined
  const rendered = (root.absoluteRenderBounds ?? box) as Box
  const isNear = (around: Box, scale: number, tolerance: number) =>
    Math.abs(size[0] - around.width * scale) <= tolerance + 0.01 && Math.abs(size[1] - around.height * scale) <= tolerance + 0.01
  for (const scale of [2, 1, 3, 4]) {
    if (isNear(box, scale, scale)) return { path, scale, x: 0, y: 0 }
    if (isNear(rendered, scale, scale + 1)) return { path, scale, x: box.x - rendered.x, y: box.y - rendered.y }
  }
  return undefined
}

function referencePaths(path: string): string[] {
  const own = path.slice(0, -extname(path).length) + '.png'
  return [own, ...REFERENCE_NAMES.map((name) => join(dirname(path), name))].filter((candidate) => existsSync(candidate))
}

function casesOf(folder: string, path: string): BenchCase[] {
  const { bundle } = readDesign(readFileSync(path))
  if (!bundle) return []
  const parts = relative(folder, path).split(sep)
  const top = parts.length > 1 ? (parts[0] as string) : basename(folder)
  const suite = parts.some((part) => part.startsWith('_')) ? 'fixtures' : (SUITES[top] ?? SUITES[basename(folder)] ?? top)
  const name = parts.join('_').replace(/\.(json|html|fig)$/, '')
  return bundle.roots.flatMap((root) => {
    const box = boxOf(root)
    if (!box || box.width < 1 || box.height < 1 || box.width * box.height > AREA_MAX) return []
    if (bundle.roots.length > 1 && !childrenOf(root).length) return []
    const reference = referencePaths(path)
      .map((picture) => referenceOf(picture, root, box))
      .find((found) => found !== undefined)
    const id = (bundle.roots.length > 1 ? `${name}_${String(root.id)}` : name).replace(/[^\w.-]+/g, '-')
    return [
      {
        id,
        suite,
        root,
        box,
        bundle: { ...bundle, roots: [root] },
        visibleCount: [...visibleNodes(root)].length,
        ...(reference ? { reference } : {}),
      },
    ]
  })
}

/** Every design below the folder once; the same frame under two names is one case. */
export function findCases(folder: string): BenchCase[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`${folder} is no folder.`)
  const found = new Map<string, BenchCase>()
  for (const path of filesOf(folder).filter((file) => /\.(json|fig|clipboard\.html)$/.test(file) && !LEFT_OUT.test(file))) {
    for (const one of casesOf(folder, path)) {
      const { root, box, visibleCount, suite } = one
      const key = [suite, root.id, root.name, visibleCount, Math.round(box.width), Math.round(box.height)].join('|')
      const known = found.get(key)
      if (!known || (!known.reference && one.reference)) found.set(key, one)
    }
  }
  return [...found.values()]
}
