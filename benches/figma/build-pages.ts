/** Builds compiled React as a person would: TypeScript bundled, Tailwind run over the classes that occur. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  readonly body: string
  readonly script: string
  readonly css: string
}

/** The page as plain HTML and CSS, as the second printer gives it. */
export function htmlPage(result: CompileResult): BuiltPage {
  const page = result.pages[0]
  const text = page && result.html.files[page.html]
  if (!text) throw new Error('the compiler made no page')
  const [, attributes = '', inner = ''] = /<body([^>]*)>([\s\S]*)<\/body>/.exec(text) ?? []
  const css = Object.entries(result.html.files)
    .filter(([path]) => path.endsWith('.css'))
    .map(([, sheet]) => sheet)
  return { body: attributes.trim() ? `<div${attributes}>${inner}</div>` : inner, script: '', css: css.join('\n') }
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

/** Builds React and Tailwind in a folder of its own below `folder`. @throws what the bundler or Tailwind says */
export async function reactPage(result: CompileResult, folder: string): Promise<BuiltPage> {
  const home = mkdtempSync(join(folder, 'page-'))
  try {
    return await buildIn(result, home)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function buildIn(result: CompileResult, home: string): Promise<BuiltPage> {
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
  return { body: '', script: outputFiles[0]?.text ?? '', css: await cssOf(result.files) }
}
