/** A file with its plain constants put where they are used: `timeout: LIMIT_MS` reads as `timeout: 30_000`. */
import { type SourceFile, sourceFile } from './source-file.ts'

const CONSTANT =
  /^[ \t]*(?:export\s+)?const\s+([A-Z][A-Z0-9_]+)\s*(?::[^=\n]{0,80})?=\s*('[^'\n]{1,200}'|"[^"\n]{1,200}"|\d[\d_ .*+/-]{0,60})[ \t]*;?[ \t]*$/gm

/** Lines stay what they are. Null when the file has no such constant. */
export function withConstants(file: SourceFile): SourceFile | null {
  if (!file.facts) return null
  const values = new Map([...file.code.matchAll(CONSTANT)].map((match) => [match[1] as string, match[2] as string]))
  if (values.size === 0) return null
  const text = file.code.replaceAll(/(?<!const\s+)(?<![\w$.])[A-Z][A-Z0-9_]+(?![\w$])/g, (name) => values.get(name) ?? name)
  return sourceFile(file.path, text, undefined)
}
