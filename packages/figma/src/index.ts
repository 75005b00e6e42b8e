/** The public door of the Figma compiler. */
export type { DesignBundle, DesignVariables, FigmaNode, FontMetrics, Picture } from './bundle.ts'
export { compile } from './compile.ts'
export { expectedNodes } from './measure/expected-boxes.ts'
export { readDesign } from './read/read-design.ts'
export type { Outcome, ReportEntry } from './report.ts'
export type { CompileOptions, CompileResult, NeededAsset, NeededFont } from './result.ts'
