/** `npm run bench:agents`: our exchange against the bare SDK, the coder loop, and a whole way on the scripted model that errs. */
await import('../packages/agents/benches/agents.ts')
await import('./agents-way.ts')

export {}
