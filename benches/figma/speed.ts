/** Nodes per second, beside FigmaToCode's converter on the same files in the same run, and how time grows with size. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type DesignBundle, type FigmaNode } from '@slipway/figma'
import { build } from 'esbuild'
import { childrenOf } from '../../packages/figma/src/measure/expected-boxes.ts'
import { findCases } from './cases.ts'

const ROUNDS = 3

/** Converts one frame to Tailwind. @throws what the peer says of a frame that it cannot convert */
type Convert = (root: FigmaNode) => Promise<unknown>

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const countNodes = (node: FigmaNode): number => 1 + childrenOf(node).reduce((sum, child) => sum + countNodes(child), 0)

/** Figma's plugin objects, as far as the peer asks them: the tree, and each text as one run. */
function pluginNode(node: FigmaNode): object {
  const style = (node.style ?? {}) as Record<string, unknown>
  const segment = {
    ...{ characters: node.characters, start: 0, end: String(node.characters ?? '').length, fills: node.fills ?? [] },
    ...{ fontSize: style.fontSize ?? 12, fontWeight: style.fontWeight ?? 400, indentation: 0, hyperlink: null, textStyleId: '' },
    ...{
      fontName: { family: style.fontFamily ?? 'Inter', style: 'Regular' },
      lineHeight: { unit: 'PIXELS', value: style.lineHeightPx ?? 16 },
    },
    ...{ letterSpacing: { unit: 'PIXELS', value: style.letterSpacing ?? 0 }, listOptions: { type: 'NONE' }, textCase: 'ORIGINAL' },
    ...{ textDecoration: 'NONE', fillStyleId: '', openTypeFeatures: {} },
  }
  const children = childrenOf(node).map(pluginNode)
  return { ...node, children, getStyledTextSegments: () => [segment], exportAsync: async () => ({ document: structuredClone(node) }) }
}

const SETTINGS = {
  ...{ framework: 'Tailwind', useOldPluginVersion2025: false, responsiveRoot: false, showLayerNames: false, optimizeLayout: true },
  ...{ embedImages: false, embedVectors: false, useColorVariables: false, tailwindGenerationMode: 'jsx', roundTailwindValues: false },
  ...{
    roundTailwindColors: false,
    customTailwindPrefix: '',
    useTailwind4: true,
    thresholdPercent: 15,
    baseFontSize: 16,
    htmlGenerationMode: 'html',
  },
}

/** Bundles a checkout of FigmaToCode with what it takes from Figma and npm replaced by the least that runs. */
async function loadPeer(folder: string): Promise<Convert> {
  const source = join(folder, 'packages/backend/src')
  if (!existsSync(source)) throw new Error(`${folder} is no checkout of FigmaToCode.`)
  const { outputFiles } = await build({
    stdin: {
      contents: `export { nodesToJSON } from './altNodes/jsonNodeConversion'\nexport { convertToCode } from './common/retrieveUI/convertToCode'`,
      resolveDir: source,
      loader: 'ts',
    },
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'silent' },
    plugins: [
      {
        name: 'least',
        setup(building) {
          building.onResolve({ filter: /^(html-entities|js-base64|fflate|types|react|react-dom.*)$/ }, ({ path }) => ({
            path,
            namespace: 'least',
          }))
          building.onLoad({ filter: /.*/, namespace: 'least' }, () => ({
            contents: `export const encode = (text) => text.replace(/[&<>"]/g, (sign) => '&#' + sign.charCodeAt(0) + ';')
export const btoa = (text) => Buffer.from(text).toString('base64')
export const zipSync = () => new Uint8Array(); export const unzipSync = () => ({}); export const strFromU8 = () => ''; export default {}`,
          }))
        },
      },
    ],
  })
  const mixed = Symbol('mixed')
  Object.assign(globalThis, {
    figma: {
      mixed,
      getNodeByIdAsync: async () => null,
      variables: { getVariableByIdAsync: async () => null },
      ui: { postMessage: () => undefined },
    },
  })
  const address = `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.text ?? '').toString('base64')}`
  const peer = (await import(address)) as {
    nodesToJSON(nodes: readonly object[], settings: object): Promise<object[]>
    convertToCode(nodes: readonly object[], settings: object): Promise<string>
  }
  return async (root) => peer.convertToCode(await peer.nodesToJSON([pluginNode(root)], SETTINGS), SETTINGS)
}

/** Time on the processor, so that what else the machine does makes no difference. */
function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = processorMs()
    await work()
    times.push(processorMs() - startedMs)
  }
  return median(times)
}

/** A page of so many nodes as designs have them: rows of cards in auto layout, some of them instances. */
function pageOf(count: number): DesignBundle {
  const fills = (index: number) => [{ type: 'SOLID', color: { r: (index % 5) / 5, g: 0.4, b: 0.6, a: 1 } }]
  const style = { fontFamily: 'Inter', fontWeight: 400, fontSize: 14, lineHeightPx: 20, lineHeightUnit: 'PIXELS', textAutoResize: 'NONE' }
  const card = (index: number) => {
    const [x, y] = [(index % 4) * 300, Math.floor(index / 4) * 100]
    const text = (part: number) => ({
      ...{ id: `${index}:${part}`, name: `Line ${part}`, type: 'TEXT', characters: `Line ${index} ${part}`, style, fills: fills(1) },
      absoluteBoundingBox: { x: x + 16, y: y + 16 + part * 24, width: 200, height: 20 },
    })
    return {
      ...{ id: `${index}:0`, name: index % 3 ? 'Card' : `Box ${index}`, type: index % 3 ? 'INSTANCE' : 'FRAME', fills: fills(index) },
      ...(index % 3 ? { componentId: `9:${index % 50}` } : {}),
      ...{ layoutMode: 'VERTICAL', itemSpacing: 4, paddingLeft: 16, paddingTop: 16, absoluteBoundingBox: { x, y, width: 280, height: 80 } },
      children: [text(1), text(2), { ...text(3), type: 'RECTANGLE' }],
    }
  }
  const children = Array.from({ length: Math.round(count / 4) }, (_, index) => card(index))
  const height = Math.ceil(children.length / 4) * 100
  return { roots: [{ id: '0:1', name: 'Page', type: 'FRAME', absoluteBoundingBox: { x: 0, y: 0, width: 1200, height }, children }] }
}

/** Measures and prints. @param peerFolder a checkout of github.com/bernaferrari/FigmaToCode, run here and never shipped */
export async function measureSpeed(folder: string, peerFolder: string | undefined): Promise<void> {
  const cases = findCases(folder).filter(({ suite }) => suite === 'screens' || suite === 'components')
  const peer = peerFolder ? await loadPeer(peerFolder) : undefined
  const { log, warn, error } = console
  const sums = { nodes: 0, ours: 0, theirs: 0, failed: 0 }
  for (const { bundle, root } of cases) {
    let theirs = 0
    if (peer) {
      Object.assign(console, { log: () => undefined, warn: () => undefined, error: () => undefined })
      theirs = await timed(() => peer(root)).catch(() => Number.NaN)
      Object.assign(console, { log, warn, error })
    }
    if (Number.isNaN(theirs)) {
      sums.failed++
      continue
    }
    sums.nodes += countNodes(root)
    sums.theirs += theirs
    sums.ours += await timed(() => compile(bundle))
  }
  const perSecond = (elapsedMs: number) => Math.round((1000 * sums.nodes) / elapsedMs)
  console.log(`${cases.length - sums.failed} frames, ${sums.nodes} nodes, processor time, median of ${ROUNDS} runs each`)
  console.log(`Slipway (React and HTML)       ${perSecond(sums.ours)} nodes/s`)
  console.log(
    peer
      ? `FigmaToCode (Tailwind alone)   ${perSecond(sums.theirs)} nodes/s; could not convert ${sums.failed}`
      : 'FigmaToCode was not run: it is no npm package; give a checkout with --peer FOLDER.',
  )
  for (const count of [1_000, 10_000, 100_000, 200_000]) {
    const bundle = pageOf(count)
    const elapsedMs = await timed(() => compile(bundle))
    console.log(`${count} nodes: ${Math.round(elapsedMs)} ms, ${((1000 * elapsedMs) / count).toFixed(0)} µs a node`)
  }
}
