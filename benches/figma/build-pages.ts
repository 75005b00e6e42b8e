/** Builds compiled React as a person would: TypeScript bundled, Tailwind run over the classes that occur. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CompileResult } from '@slipway/figma'
import { Scanner } from '@tailwindcss/oxide'
import { build } from 'esbuild'
import { compile as compileTailwind } from 'tailwindcss'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const TAILWIND = dirname(createRequire(import.meta.url).resolve('tailwindcss/package.json'))

export interface BuiltPage {
  readonly script: string
  readonly css: string
}

/** Mounts the first page into the stage, whatever its export is called. */
const entryOf = (pagePath: string) => `
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import * as page from ${JSON.stringify(`./${pagePath}`)}
const Page = page.default ?? Object.values(page).find((value) => typeof value === 'function')
flushSync(() => createRoot(document.getElementById('stage')).render(createElement(Page)))
window.isMounted = true
`

function stylesheetOf(id: string, base: string, files: Readonly<Record<string, string>>) {
  if (id === 'tailwindcss' || id.startsWith('tailwindcss/')) {
    const path = join(TAILWIND, id === 'tailwindcss' ? 'index.css' : id.slice('tailwindcss/'.length).replace(/(\.css)?$/, '.css'))
    return { path, base: TAILWIND, content: readFileSync(path, 'utf8') }
  }
  if (base === TAILWIND) return { path: join(TAILWIND, id), base, content: readFileSync(join(TAILWIND, id), 'utf8') }
  const path = posix.join(base, id)
  const content = files[path]
  if (content === undefined) throw new Error(`"${id}" is imported and was not printed`)
  return { path, base: posix.dirname(path), content }
}

/** @returns the page's stylesheet as Tailwind makes it */
async function cssOf(files: Readonly<Record<string, string>>): Promise<string> {
  const sheets = Object.entries(files).filter(([path]) => path.endsWith('.css'))
  const main = sheets.find(([, text]) => /@import\s+['"]tailwindcss/.test(text))
  const [path, text] = main ?? [
    'src/index.css',
    ['@import "tailwindcss";', ...sheets.map(([name]) => `@import "./${posix.relative('src', name)}";`)].join('\n'),
  ]
  const compiler = await compileTailwind(text, {
    base: posix.dirname(path),
    loadStylesheet: async (id, base) => stylesheetOf(id, base, files),
  })
  const sources = Object.entries(files).filter(([name]) => /\.(tsx?|jsx?|html)$/.test(name))
  const candidates = new Scanner({}).scanFiles(sources.map(([name, content]) => ({ content, extension: name.split('.').at(-1) as string })))
  return compiler.build(candidates)
}

/** @returns a finished page for each result, or the reason why it does not build */
export async function buildPages(results: ReadonlyMap<string, CompileResult>, folder: string): Promise<Map<string, BuiltPage | Error>> {
  const built = new Map<string, BuiltPage | Error>()
  for (const [id, result] of results) {
    const home = join(folder, id)
    try {
      built.set(id, await buildPage(result, home))
    } catch (error) {
      built.set(id, error as Error)
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }
  return built
}

async function buildPage(result: CompileResult, home: string): Promise<BuiltPage> {
  const page = result.pages[0]
  if (!page) throw new Error('the compiler made no page')
  for (const [path, content] of Object.entries(result.files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), content)
  }
  const { outputFiles } = await build({
    stdin: { contents: entryOf(page.file), resolveDir: home, loader: 'tsx' },
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    nodePaths: [join(ROOT, 'node_modules')],
    loader: { '.css': 'empty', '.svg': 'dataurl', '.png': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return { script: outputFiles[0]?.text ?? '', css: await cssOf(result.files) }
}
