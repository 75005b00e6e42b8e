/** From a frozen bundle to what a session holds: code, a report, and the page to look at with the boxes it is held against. */
import {
  type DesignBox,
  DesignBox as DesignBoxSchema,
  type DesignHints,
  failure,
  type PrototypeFile,
  type PrototypeReport,
} from '@slipway/domain'
import { type CompileResult, compile, type DesignBundle, expectedNodes, type FigmaNode } from '@slipway/figma'
import { z } from 'zod'
import { livePage } from './live-page.ts'
import { linkPictures } from './prototype-keys.ts'

/** What is kept beside the session's row. */
export const PrototypeResult = z.object({ page: z.string(), boxes: z.array(DesignBoxSchema) })
export type PrototypeResult = z.infer<typeof PrototypeResult>

const REMARKS_MAX = 500
/** So many boxes are enough to see where a page differs. */
const BOXES_MAX = 5_000

export interface CompiledCode {
  readonly files: PrototypeFile[]
  readonly report: PrototypeReport
  readonly hints: CompileResult['hints']
}

/**
 * @param hints what a model proposed, if one did
 * @throws COMPILE_FAILED when nothing came out
 */
export function compileCode(bundle: DesignBundle, hints?: DesignHints): CompiledCode {
  const result = compile(bundle, { hints })
  const [page] = result.pages
  const paths = Object.keys(result.files).sort()
  if (!page || !result.files[page.file]) throw failure('COMPILE_FAILED', { reason: 'the frame holds nothing to show' })
  const ordered = [page.file, ...paths.filter((path) => path !== page.file)]
  return {
    files: ordered.map((path) => ({ path, content: linkPictures(result.files[path] ?? '') })),
    report: reportOf(bundle, result),
    hints: result.hints,
  }
}

/** As it is measured and shown: every layer's id in it, the fonts of whoever looks. */
export const compileShown = (bundle: DesignBundle, hints?: DesignHints): CompileResult =>
  compile(bundle, { nodeIds: true, fonts: [], hints })

/** The same page with every layer's id, shown with the fonts of whoever looks. */
export function compilePage(bundle: DesignBundle, hints?: DesignHints): PrototypeResult {
  const result = compileShown(bundle, hints)
  const [page] = result.pages
  return {
    page: livePage(page ? (result.html.files[page.html] ?? '') : '', result.html.files['styles.css'] ?? ''),
    boxes: boxesOf(bundle, page?.nodeId, new Set(result.flattened)),
  }
}

/** A layer that the compiler says nothing of is exact. */
function reportOf(bundle: DesignBundle, result: CompileResult): PrototypeReport {
  const flattened = new Set(result.flattened)
  const nodes = bundle.roots.reduce((count, root) => count + 1 + expectedNodes(root, flattened).length, 0)
  const remarks = result.report.flatMap(({ nodeId, name, outcome, message }) =>
    outcome === 'exact' ? [] : [{ nodeId, name: name.slice(0, 200), outcome, message: message ?? '' }],
  )
  return {
    nodes,
    exact: Math.max(0, nodes - new Set(remarks.map((remark) => remark.nodeId)).size),
    remarks: remarks.slice(0, REMARKS_MAX),
    components: result.components.map(({ name, uses }) => ({ name, uses })),
    missingImages: result.assets.filter((asset) => asset.kind === 'image-fill' && !asset.isPresent).length,
  }
}

function boxesOf(bundle: DesignBundle, nodeId: string | undefined, flattened: ReadonlySet<string>): DesignBox[] {
  const root = bundle.roots.find(({ id }) => id === nodeId) ?? bundle.roots[0]
  if (!root) return []
  return expectedNodes(root, flattened)
    .slice(0, BOXES_MAX)
    .map(({ id, name, node, box: { x, y, width, height } }) => ({ id, name: name.slice(0, 200), x, y, width, height, ...wordsOf(node) }))
}

const WORDS_MAX = 200

function wordsOf({ characters, style }: FigmaNode): Pick<DesignBox, 'text'> {
  const { fontSize } = (style ?? {}) as { fontSize?: unknown }
  if (typeof characters !== 'string' || typeof fontSize !== 'number' || !Number.isFinite(fontSize)) return {}
  return { text: { words: characters.slice(0, WORDS_MAX), sizePx: fontSize } }
}
