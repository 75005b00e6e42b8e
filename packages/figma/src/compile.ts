/** The whole way from a design bundle to files, phase by phase. */
import type { DesignBundle } from './bundle.ts'
import type { CompileOptions, CompileResult } from './result.ts'

/** Compiles a design. Pure; never throws; the same bundle and options give the same bytes. */
export function compile(bundle: DesignBundle, options: CompileOptions = {}): CompileResult {
  void bundle
  void options
  return { files: {}, html: { files: {} }, assets: [], fonts: [], flattened: [], components: [], pages: [], report: [] }
}
