/** Which tests there are; they share one PostgreSQL, and the run ends with its counts. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts', '*.test.ts', 'e2e/**/*.test.ts'],
    reporters: ['default', './scripts/counts-reporter.ts'],
    globalSetup: ['./packages/storage/src/testing/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
