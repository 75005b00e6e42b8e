/** The one door for designs of any form: bytes or text in, a bundle or clear reasons out; it never throws. */
import type { DesignBundle } from '../bundle.ts'
import { checkSize, chooseRoots } from './choose-roots.ts'
import { designFromKiwi } from './kiwi/read-kiwi.ts'
import { clipboardBuffer, isContainer, isZip } from './kiwi/unpack.ts'
import { type Design, designFromJson } from './read-json.ts'
import { READ_LIMITS, type ReadCode, type ReadLimits, type ReadOptions, type ReadResult, ReadStop } from './read-result.ts'

/**
 * Reads a REST answer, a plugin's export, a `.fig` file or the clipboard's HTML.
 * @param input a file as it comes, or its text
 * @returns a bundle with one root per frame; or diagnostics with at least one error
 */
export function readDesign(input: string | Uint8Array, options: ReadOptions = {}): ReadResult {
  const limits = { ...READ_LIMITS, ...options.limits }
  try {
    const design = designOf(input, limits)
    checkSize(design.documents, limits)
    const { roots, frames } = chooseRoots(design.documents, options.nodeIds)
    return { form: design.form, bundle: bundleOf(design, roots), frames, diagnostics: design.diagnostics }
  } catch (error) {
    // Whatever a hostile file provokes ends as a diagnostic: that is this function's promise.
    const [code, message]: [ReadCode, string] =
      error instanceof ReadStop
        ? [error.code, error.message]
        : ['not-a-design', `The file could not be read: ${String(error).slice(0, 200)}`]
    return { frames: [], diagnostics: [{ severity: 'error', code, message }] }
  }
}

const mebibytes = (sizeBytes: number) => `${Math.round(sizeBytes / 2 ** 20)} MiB`

function designOf(input: string | Uint8Array, limits: ReadLimits): Design {
  const sizeBytes = typeof input === 'string' ? input.length : input.byteLength
  if (sizeBytes > limits.sizeBytes) {
    throw new ReadStop(
      'too-large',
      `The file has ${mebibytes(sizeBytes)}; at most ${mebibytes(limits.sizeBytes)} are read. Export a frame of it.`,
    )
  }
  if (typeof input !== 'string' && (isZip(input) || isContainer(input))) return designFromKiwi(input, 'fig', limits)
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input)
  const copied = /^\s*</.test(text) ? clipboardBuffer(text) : undefined
  return copied ? designFromKiwi(copied, 'clipboard', limits) : designFromJson(parse(text))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ReadStop('bad-json', `This is no JSON, no .fig file and no copy from Figma: ${(error as Error).message.slice(0, 120)}`)
  }
}

function bundleOf(design: Design, roots: DesignBundle['roots']): DesignBundle {
  return {
    roots,
    components: design.components,
    componentSets: design.componentSets,
    styles: design.styles,
    ...(design.variables ? { variables: design.variables } : {}),
    images: design.images,
    vectors: design.vectors,
  }
}
