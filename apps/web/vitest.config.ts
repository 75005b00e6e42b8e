/** The room's own tests: `vitest run` here needs no database, only Chromium for what lies in tests/. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
})
