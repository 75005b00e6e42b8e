/** Runs printed React code and gives the markup that it comes to: an oracle that knows nothing of how the code was made. */
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)

interface Server {
  renderToStaticMarkup(element: unknown): string
}

/** @returns the HTML of each page's component. @throws what the bundler or React says */
export async function renderCode(files: Readonly<Record<string, string>>, pages: readonly string[]): Promise<readonly string[]> {
  const entry = pages.map((page, index) => `import * as page${index} from './${page}'`).join('\n')
  const list = `export const pages = [${pages.map((_, index) => `Object.values(page${index})[0]`).join(', ')}]`
  const { outputFiles } = await build({
    stdin: { contents: `${entry}\n${list}`, resolveDir: '/', loader: 'tsx', sourcefile: 'entry.tsx' },
    ...{ bundle: true, write: false, format: 'cjs', jsx: 'automatic', logLevel: 'silent', external: ['react', 'react/jsx-runtime'] },
    plugins: [
      {
        name: 'printed-files',
        setup(building) {
          building.onResolve({ filter: /^\./ }, ({ path, importer }) => {
            const wanted = posix.join(importer.endsWith('/entry.tsx') ? '.' : posix.dirname(importer), path)
            const found = [wanted, `${wanted}.tsx`, `${wanted}.ts`].find((name) => files[name] !== undefined)
            return found ? { path: found, namespace: 'printed' } : { errors: [{ text: `"${path}" of ${importer} was not printed` }] }
          })
          building.onLoad({ filter: /.*/, namespace: 'printed' }, ({ path }) => ({
            contents: files[path] ?? '',
            loader: path.endsWith('.css') ? 'empty' : 'tsx',
          }))
        },
      },
    ],
  })
  const module = { exports: {} as { pages: readonly unknown[] } }
  const home = join(dirname(fileURLToPath(import.meta.url)), 'render-code.ts')
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, createRequire(home))
  const { createElement } = require('react') as { createElement(type: unknown): unknown }
  const server = require('react-dom/server') as Server
  return module.exports.pages.map((page) => server.renderToStaticMarkup(createElement(page)))
}
