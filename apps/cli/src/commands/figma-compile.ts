/** `slipway figma compile`: a design file becomes a folder of code, with a report of every layer that is not exact. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { failure } from '@slipway/domain'
import { type CompileResult, compile, type DesignBundle, READ_LIMITS, readDesign } from '@slipway/figma'
import { type MeasuredFrame, measureFrames } from '../figma/measure-frames.ts'
import type { Terminal } from '../terminal.ts'

interface Options {
  readonly file: string
  readonly out: string
  readonly node: readonly string[]
  readonly measure: boolean
  readonly json: boolean
}

const REMARKS_SHOWN = 8

/** @returns the exit code. @throws INPUT_INVALID, NOT_FOUND */
export async function figmaCompile({ terminal }: { terminal: Terminal }, options: Options): Promise<number> {
  const say: Terminal['say'] = (line, mark) => (options.json ? undefined : terminal.say(line, mark))
  const bundle = readBundle(options, say)
  say(`${bundle.roots.length} ${bundle.roots.length === 1 ? 'frame' : 'frames'} read`, 'run')
  const result = compile(bundle)
  const written = writeResult(result, options.out)
  tell(result, say)
  say(`${written} files in ${options.out}`, 'pass')
  const frames = options.measure ? await measure(bundle, say) : []
  if (options.json) terminal.write(`${JSON.stringify(summary(result, written, frames), null, 2)}\n`)
  return frames.some((frame) => frame.overflowPx > 2 || frame.found < frame.nodes) ? 1 : 0
}

function readBundle(options: Options, say: Terminal['say']): DesignBundle {
  const { bundle, diagnostics } = readDesign(bytesOf(options.file), { nodeIds: options.node })
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  if (!bundle) throw failure('INPUT_INVALID', { what: options.file, faults: errors.map((diagnostic) => diagnostic.message) })
  for (const { message } of diagnostics) say(message, 'need')
  return bundle
}

function bytesOf(file: string): Uint8Array {
  try {
    const { size } = statSync(file)
    if (size > READ_LIMITS.sizeBytes) throw failure('INPUT_INVALID', { what: file, faults: ['it is too large; export a frame of it'] })
    return readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw failure('NOT_FOUND', { thing: 'file', id: file }, error)
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw failure('INPUT_INVALID', { what: file, faults: ['it is a folder'] }, error)
    throw error
  }
}

/** Paths come from the compiler; one that would lead out of the folder is our own bug. */
function writeResult(result: CompileResult, out: string): number {
  const html = Object.entries(result.html.files).map(([path, content]) => [join('html', path), content] as const)
  const report = [
    'report.json',
    `${JSON.stringify({ report: result.report, fonts: result.fonts, assets: result.assets }, null, 2)}\n`,
  ] as const
  const files = [...Object.entries(result.files), ...html, report]
  for (const [path, content] of files) {
    const target = resolve(out, path)
    if (relative(resolve(out), target).split(sep)[0] === '..') throw new Error(`the compiler named a file outside of the folder: ${path}`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
  return files.length
}

function tell(result: CompileResult, say: Terminal['say']): void {
  for (const page of result.pages) say(`${page.name} → ${page.file}`, 'pass')
  for (const component of result.components) say(`${component.name}, used ${component.uses} times → ${component.file}`, 'pass')
  const missing = result.assets.filter((asset) => !asset.isPresent).length
  if (missing) say(`${missing} pictures are not in the file: their boxes are empty`, 'need')
  const fonts = result.fonts.filter((font) => !font.isAvailable).map((font) => font.family)
  if (fonts.length) say(`Fonts to bring yourself, fitted stand-ins until then: ${fonts.join(', ')}`, 'need')
  const remarks = result.report.filter((entry) => entry.outcome !== 'exact')
  for (const { name, outcome, message } of remarks.slice(0, REMARKS_SHOWN))
    say(`${name}: ${outcome}${message ? `, ${message}` : ''}`, 'need')
  if (remarks.length > REMARKS_SHOWN) say(`${remarks.length - REMARKS_SHOWN} more of the kind are in report.json`)
}

async function measure(bundle: DesignBundle, say: Terminal['say']): Promise<MeasuredFrame[]> {
  const percent = (part: number, whole: number) => `${(whole ? (100 * part) / whole : 100).toFixed(1)} %`
  return measureFrames(bundle, (frame) => {
    const shares = `${percent(frame.within2, frame.nodes)} of ${frame.nodes} layers within 2 px, text styles ${percent(frame.textStyle, frame.texts)}`
    const overflow = frame.overflowPx > 2 ? `, ${frame.overflowPx} px too wide at 80 % of the width` : ', fits 80 % of the width'
    say(`${frame.name}: ${shares}${overflow}`, frame.overflowPx > 2 || frame.found < frame.nodes ? 'fail' : 'pass')
  })
}

function summary(result: CompileResult, written: number, frames: readonly MeasuredFrame[]) {
  return {
    pages: result.pages,
    components: result.components,
    fonts: result.fonts,
    missingAssets: result.assets.filter((asset) => !asset.isPresent),
    report: result.report.filter((entry) => entry.outcome !== 'exact'),
    written,
    ...(frames.length ? { measures: frames } : {}),
  }
}
