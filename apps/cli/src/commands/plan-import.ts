/** `slipway plan import` and `slipway plan export`: a `.planning` folder to one JSON file and back. */
import { lstatSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { failure } from '@slipway/domain'
import { exportPlanning, importPlanning } from '@slipway/plan'
import { fromProjectFile, toProjectFile } from '../plan/project-file.ts'
import { listFiles, readText } from '../plan/read-tree.ts'
import { sayFinding } from '../plan/words.ts'
import type { Terminal } from '../terminal.ts'

/** @returns the exit code: 0 when every plan could be read, 1 when a part of one could not */
export function planImport(deps: { terminal: Terminal }, options: { folder: string; out?: string | undefined; json: boolean }): number {
  const { terminal } = deps
  const inner = join(options.folder, '.planning')
  const root = statSync(inner, { throwIfNoEntry: false })?.isDirectory() ? inner : options.folder
  const texts = listFiles(root).map((path) => [path, readText(join(root, path))] as const)
  const skipped = texts.filter(([, text]) => text === undefined).map(([path]) => path)
  const { folder, diagnostics } = importPlanning(new Map(texts.filter((entry): entry is [string, string] => entry[1] !== undefined)))
  const json = `${JSON.stringify(toProjectFile(folder), null, 2)}\n`
  if (options.out !== undefined) writeFileSync(options.out, json)
  if (options.json || options.out === undefined) terminal.write(json)
  else {
    for (const diagnostic of diagnostics) sayFinding(terminal, diagnostic.path, diagnostic)
    for (const path of skipped) terminal.say(`${path} is no text of at most 1.5 MB: left out.`, 'need')
    const { requirements, phases, plans } = folder
    terminal.say(
      `${folder.project.name || 'Project'}: ${requirements.length} requirements, ${phases.length} phases, ${plans.length} plans → ${options.out}`,
      'pass',
    )
  }
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? 1 : 0
}

/** Files that already say the same are left alone, files of the folder that are not in the export too. @returns the exit code */
export function planExport(deps: { terminal: Terminal }, options: { file: string; out: string }): number {
  const text = statSync(options.file, { throwIfNoEntry: false })?.isFile() ? readFileSync(options.file, 'utf8') : undefined
  if (text === undefined) throw failure('NOT_FOUND', { thing: 'file', id: options.file })
  const files = exportPlanning(fromProjectFile(options.file, text))
  mkdirSync(options.out, { recursive: true })
  const root = realpathSync(options.out)
  for (const path of files.keys())
    if (!isInside(root, path)) throw failure('INPUT_INVALID', { what: options.file, faults: [`its path ${path} leads out of the folder`] })
  let writtenCount = 0
  for (const [path, content] of files) {
    const place = join(root, path)
    if (readText(place) === content) continue
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, content)
    writtenCount++
  }
  deps.terminal.say(`${files.size} files in ${options.out}: ${writtenCount} written, ${files.size - writtenCount} unchanged.`, 'pass')
  return 0
}

/** Neither by `..` nor through a link that lies in the folder already. */
function isInside(root: string, path: string): boolean {
  if (!resolve(root, path).startsWith(`${root}${sep}`) || path.includes('\0')) return false
  const parts = path.split('/')
  return parts.every((_, index) => !lstatSync(join(root, ...parts.slice(0, index + 1)), { throwIfNoEntry: false })?.isSymbolicLink())
}
