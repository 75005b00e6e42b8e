/** What the code of a prototype needs around it to be a project of its own: `npm install && npm run dev`. */
import type { PrototypeFile, PrototypeSession } from '@slipway/domain'

const MANIFEST = {
  private: true,
  version: '0.1.0',
  type: 'module',
  scripts: { dev: 'vite', build: 'tsc --noEmit && vite build', preview: 'vite preview' },
  dependencies: { react: '19.3.1', 'react-dom': '19.3.1' },
  devDependencies: {
    '@tailwindcss/vite': '4.3.3',
    '@types/react': '19.3.0',
    '@types/react-dom': '19.3.0',
    '@vitejs/plugin-react': '6.3.0',
    tailwindcss: '4.3.3',
    typescript: '7.0.2',
    vite: '8.3.8',
  },
}

const TYPESCRIPT = {
  compilerOptions: {
    ...{ target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable'], module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx' },
    ...{ strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true, types: ['vite/client'] },
  },
  include: ['src', 'vite.config.ts'],
}

const CONFIG = `import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [react(), tailwindcss()] })
`

/** Files that the prototype itself brings stand instead of these. */
export function projectAround(session: Pick<PrototypeSession, 'files' | 'frameName'>): PrototypeFile[] {
  const [page] = session.files
  const name = session.frameName ?? 'Prototype'
  const paths = new Set(session.files.map((file) => file.path))
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
  const files = [
    { path: 'package.json', content: json({ name: 'prototype', ...MANIFEST }) },
    { path: 'tsconfig.json', content: json(TYPESCRIPT) },
    { path: 'vite.config.ts', content: CONFIG },
    { path: 'index.html', content: indexPage(name) },
    { path: 'README.md', content: readme(name, page?.path ?? '') },
    { path: 'src/styles.css', content: styles(session.files) },
    {
      path: 'src/main.tsx',
      content: main(session.files.filter(({ path }, index) => index === 0 || /^src\/pages\/[^/]+\.tsx$/.test(path))),
    },
  ]
  return files.filter((file) => !paths.has(file.path))
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const indexPage = (name: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(name)}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/main.tsx"></script>
  </body>
</html>
`

/** Style sheets of the prototype, after Tailwind's where none of them brings it along. */
const styles = (files: readonly PrototypeFile[]) => {
  const own = files.filter(({ path }) => /^src\/[^/]+\.css$/.test(path))
  const hasTailwind = own.some(({ content }) => content.includes('"tailwindcss"'))
  const names = own.map(({ path }) => `./${path.slice('src/'.length)}`)
  return [...(hasTailwind ? [] : ['tailwindcss']), ...names].map((name) => `@import "${name}";\n`).join('')
}

interface Export {
  readonly name: string
  readonly from: string
  readonly line: string
}

/** The page by the name under which its file gives it away; an edit may have changed it. */
function exportOf(page: PrototypeFile | undefined): Export {
  const name = /export (?:default )?(?:function|const) (\w+)/.exec(page?.content ?? '')?.[1] ?? 'Page'
  const isDefault = /export default /.test(page?.content ?? '')
  const from = `./${(page?.path ?? 'src/page.tsx').replace(/^src\//, '').replace(/\.tsx$/, '')}`
  return { name, from, line: `import ${isDefault ? name : `{ ${name} }`} from '${from}'` }
}

/** One page, or the page whose name stands in the address: the links between pages lead there. */
function main(files: readonly PrototypeFile[]): string {
  const [first = exportOf(undefined), ...others] = files.map(exportOf)
  const rows = others.map(({ name, from }) => `  '/${from.split('/').at(-1)}': ${name},\n`).join('')
  const choice = others.length
    ? `const pages: Record<string, () => ReactNode> = {\n${rows}}\nconst Page = pages[location.pathname] ?? ${first.name}\n\n`
    : ''
  return `import './styles.css'
import { ${others.length ? 'type ReactNode, ' : ''}StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
${[first, ...others].map(({ line }) => line).join('\n')}

${choice}const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <${others.length ? 'Page' : first.name} />
    </StrictMode>,
  )
}
`
}

const readme = (name: string, page: string) => `# ${name.replace(/[^\p{L}\p{N} /.,-]/gu, '')}

Made from a Figma frame. It is a plain project: React, Tailwind, Vite.

\`\`\`sh
npm install
npm run dev
\`\`\`

The page is in \`${page}\`, colours and text styles in the style sheet beside it, pictures in \`public/pictures\`.
`
