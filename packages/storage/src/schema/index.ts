/** Every table and enum: what `migrations/` must lead to. */
export * from './agents.ts'
export * from './backlog.ts'
export * from './builds.ts'
export * from './documents.ts'
export * from './enums.ts'
export * from './projects.ts'
export * from './workspace.ts'
