/** The workflows room's door. */
export { createPipeline } from './create-pipeline.ts'
export { createEngine, type Engine, type EngineOptions } from './engine.ts'
export type { Pipeline } from './pipeline.ts'
export type { PageCheck, PipelineDeps } from './pipeline-deps.ts'
export type { SharedPreview } from './preview-shares.ts'
export type { PreviewPlace } from './previews.ts'
