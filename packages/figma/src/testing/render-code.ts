/** Runs printed React code and gives the markup that it comes to: an oracle that knows nothing of how the code was made. */
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const require = createRequire(import.meta.url)
const HERE = dirname(fileURLToPath(import.meta.url))

interface Server {
  renderToStaticMarkup(element: unknown): string
}

/** The entry with all that it needs of the printed files, as one text. */
async function bundled(files: Readonly<Record<string, string>>, entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: HERE, loader: 'tsx', sourcefile: 'entry.tsx' },
    ...{ bundle: true, write: false, jsx: 'automatic', logLevel: 'silent', ...options },
    plugins: [
      {
        name: 'printed-files',
        setup(building) {
          building.onResolve({ filter: /^\./ }, ({ path, importer, namespace }) => {
            if (namespace !== 'printed' && !importer.endsWith('/entry.tsx')) return undefined
            const wanted = posix.join(importer.endsWith('/entry.tsx') ? '.' : posix.dirname(importer), path)
            const found = [wanted, `${wanted}.tsx`, `${wanted}.ts`].find((name) => files[name] !== undefined)
            return found ? { path: found, namespace: 'printed' } : { errors: [{ text: `"${path}" of ${importer} was not printed` }] }
          })
          building.onLoad({ filter: /.*/, namespace: 'printed' }, ({ path }) => ({
            contents: files[path] ?? '',
            loader: path.endsWith('.css') ? 'empty' : 'tsx',
            resolveDir: HERE,
          }))
        },
      },
    ],
  })
  return outputFiles?.[0]?.text ?? ''
}

/** A script that shows a page's component in the body of a browser. */
export const scriptOf = (files: Readonly<Record<string, string>>, page: string): Promise<string> =>
  bundled(
    files,
    `import { createRoot } from 'react-dom/client'\nimport * as page from './${page}'\nconst Page = Object.values(page)[0]\ncreateRoot(document.body).render(<Page />)`,
    { format: 'iife' },
  )

/** @returns the HTML of each page's component. @throws what the bundler or React says */
export async function renderCode(files: Readonly<Record<string, string>>, pages: readonly string[]): Promise<readonly string[]> {
  const entry = pages.map((page, index) => `import * as page${index} from './${page}'`).join('\n')
  const list = `export const pages = [${pages.map((_, index) => `Object.values(page${index})[0]`).join(', ')}]`
  const code = await bundled(files, `${entry}\n${list}`, { format: 'cjs', external: ['react', 'react/jsx-runtime'] })
  const module = { exports: {} as { pages: readonly unknown[] } }
  const home = join(dirname(fileURLToPath(import.meta.url)), 'render-code.ts')
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(home))
  const { createElement } = require('react') as { createElement(type: unknown): unknown }
  const server = require('react-dom/server') as Server
  return module.exports.pages.map((page) => server.renderToStaticMarkup(createElement(page)))
}
