/** The parsers of this machine for `verifier`: oxc for TypeScript and JavaScript, tree-sitter for Go and Rust. */
import { fileURLToPath } from 'node:url'
import type { ParseModule } from '@slipway/plan'
import { parseWithOxc } from '@slipway/plan/oxc'
import { type ParseTree, type SyntaxNode, treeSitterParser } from '@slipway/plan/tree-sitter'

/** Loads tree-sitter only where the tree has a language for it, as that takes a tenth of a second. */
export async function moduleParser(paths: readonly string[]): Promise<ParseModule> {
  const hasGo = paths.some((path) => path.endsWith('.go'))
  const hasRust = paths.some((path) => path.endsWith('.rs'))
  if (!hasGo && !hasRust) return parseWithOxc
  const others = treeSitterParser({ ...(hasGo && { go: await grammar('go') }), ...(hasRust && { rs: await grammar('rust') }) })
  return (path, text) => parseWithOxc(path, text) ?? others(path, text)
}

async function grammar(name: 'go' | 'rust'): Promise<ParseTree> {
  const { default: treeSitter } = await import('@vscode/tree-sitter-wasm')
  await treeSitter.Parser.init()
  const language = await treeSitter.Language.load(
    fileURLToPath(import.meta.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`)),
  )
  const parser = new treeSitter.Parser()
  parser.setLanguage(language)
  return (text, read) => {
    const tree = parser.parse(text)
    if (!tree) return null
    try {
      return read(tree.rootNode as SyntaxNode)
    } finally {
      tree.delete()
    }
  }
}
