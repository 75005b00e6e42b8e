/** `npm run bench:figma -- DIR`: compiles every design of a folder, renders the result and measures it against Figma. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compile } from '@slipway/figma'
import { openBrowser } from './figma/browser.ts'
import { type BuiltPage, htmlPage, reactPage } from './figma/build-pages.ts'
import { compileCase } from './figma/bundles.ts'
import { type BenchCase, findCases } from './figma/cases.ts'
import { ensureFonts, fontSheet, SERVED_FAMILIES, withoutLocalFonts } from './figma/fonts.ts'
import { fuzzFolder } from './figma/fuzz.ts'
import { openHost, pageText } from './figma/host.ts'
import { type CaseMeasures, codeOf, measureCase } from './figma/measure-case.ts'
import { printSuites, sumUp, withOverall } from './figma/report.ts'
import { measureSpeed } from './figma/speed.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    suite: { type: 'string' },
    case: { type: 'string' },
    html: { type: 'boolean', default: false },
    keep: { type: 'string' },
    fuzz: { type: 'string' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'boolean', default: false },
    peer: { type: 'string' },
  },
})

const [folder] = positionals
if (!folder) {
  console.error(
    'Usage: npm run bench:figma -- DIR [--json] [--suite NAME] [--case PART] [--html] [--keep FOLDER] [--fuzz RUNS [--seed N]] [--speed [--peer FOLDER]]',
  )
  process.exit(1)
}
if (options.speed) {
  await measureSpeed(folder, options.peer)
  process.exit(0)
}
if (options.fuzz) process.exit(fuzzFolder(folder, Number(options.fuzz), Number(options.seed)) ? 0 : 1)

function familiesOf(measured: BenchCase): Set<string> {
  return new Set([...JSON.stringify(measured.root).matchAll(/"fontFamily":\s*"([^"\\]+)"/g)].map((match) => match[1] as string))
}

function keep(measured: CaseMeasures & { screenshot?: Buffer }, page: string, files: Readonly<Record<string, string>>): void {
  if (!options.keep) return
  const home = join(options.keep, measured.id)
  mkdirSync(home, { recursive: true })
  const { screenshot, ...figures } = measured
  writeFileSync(join(home, 'measures.json'), JSON.stringify(figures, null, 2))
  writeFileSync(join(home, 'page.html'), page)
  if (screenshot) writeFileSync(join(home, 'page.png'), screenshot)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(home, 'code', path, '..'), { recursive: true })
    writeFileSync(join(home, 'code', path), content)
  }
}

ensureFonts()
const cases = findCases(folder).filter(
  (one) => (!options.suite || one.suite === options.suite) && (!options.case || one.id.includes(options.case)),
)
const suites = new Map<string, CaseMeasures[]>()
const failed: string[] = []
const temporary = mkdtempSync(join(tmpdir(), 'figma-bench-'))
const host = await openHost()
const browser = await openBrowser()
try {
  for (const measured of cases) {
    if (!options.json && process.stderr.isTTY) process.stderr.write(`\r\u001b[K${measured.id}`)
    const { result, bundle } = compileCase(measured, { nodeIds: true, fonts: SERVED_FAMILIES })
    const plain = compile(bundle, { fonts: SERVED_FAMILIES })
    const printed = options.html ? plain.html.files : plain.files
    let built: BuiltPage
    try {
      built = options.html ? htmlPage(result) : await reactPage(result, temporary)
    } catch (error) {
      failed.push(`${measured.id}: does not build: ${(error as Error).message.slice(0, 300)}`)
      continue
    }
    const [width, height] = [measured.box.width, measured.box.height]
    const page = pageText({
      css: withoutLocalFonts(built.css),
      fonts: fontSheet(familiesOf(measured)),
      body: built.body,
      script: built.script,
      width,
      height,
    })
    host.pages.set(`/${measured.id}`, page)
    const figures = await measureCase(browser, `${host.origin}/${measured.id}`, measured, result, codeOf(printed))
    host.pages.delete(`/${measured.id}`)
    if (figures.failure) failed.push(`${measured.id}: the page threw: ${figures.failure}`)
    keep(figures, page, printed)
    const suite = suites.get(measured.suite) ?? []
    suites.set(measured.suite, [...suite, figures])
  }
} finally {
  await browser.close()
  host.close()
  rmSync(temporary, { recursive: true, force: true })
}

if (options.json) {
  console.log(JSON.stringify(Object.fromEntries([...withOverall(suites)].map(([suite, figures]) => [suite, sumUp(figures)]))))
} else {
  console.log(`\n${printSuites(withOverall(suites))}`)
}
for (const failure of failed) console.error(failure)
if (failed.length) process.exitCode = 1
