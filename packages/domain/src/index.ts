/** The words of Slipway: life cycles, schemas, ids, errors and events. No I/O. */
export * from './errors.ts'
export * from './machine.ts'
export * from './project.ts'
export * from './values.ts'
