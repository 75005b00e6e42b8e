/** The prompt in the `.prompt.md` beside an agent's module. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Read when first asked for, not at import. `moduleUrl` is `import.meta.url`. */
export function promptBeside(moduleUrl: string): () => string {
  let text: string | undefined
  return () => {
    text ??= readFileSync(fileURLToPath(moduleUrl).replace(/\.ts$/, '.prompt.md'), 'utf8').trim()
    return text
  }
}
