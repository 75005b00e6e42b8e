/** Code with colours, loaded when the first file is opened. */
import { createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'

const LANGUAGES: Record<string, string> = {
  ts: 'tsx',
  tsx: 'tsx',
  js: 'tsx',
  mjs: 'tsx',
  json: 'json',
  css: 'css',
  html: 'html',
  md: 'markdown',
  sql: 'sql',
  yml: 'yaml',
  yaml: 'yaml',
}

let highlighter: ReturnType<typeof createHighlighterCore> | undefined

/** HTML of the file, escaped by the highlighter; undefined for a language it does not know. */
export async function highlight(path: string, code: string): Promise<string | undefined> {
  const lang = LANGUAGES[path.split('.').at(-1) ?? '']
  if (!lang) return undefined
  highlighter ??= createHighlighterCore({
    themes: [import('@shikijs/themes/github-light-high-contrast'), import('@shikijs/themes/github-dark-high-contrast')],
    langs: [
      import('@shikijs/langs/tsx'),
      import('@shikijs/langs/json'),
      import('@shikijs/langs/css'),
      import('@shikijs/langs/html'),
      import('@shikijs/langs/markdown'),
      import('@shikijs/langs/sql'),
      import('@shikijs/langs/yaml'),
    ],
    engine: createJavaScriptRegexEngine(),
  })
  const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' }
  return (await highlighter).codeToHtml(code, { lang, themes, defaultColor: 'light-dark()' })
}
