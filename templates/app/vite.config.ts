/** One tool for everything: the dev server (client and API on one port), both builds, and the tests. */
import { getRequestListener } from '@hono/node-server'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const port = Number(process.env.PORT ?? 3000)

/** Serves `/api` and `/health` from `server/` while developing; edits to the server apply at the next request. */
function apiServer(): Plugin {
  return {
    name: 'api-server',
    apply: 'serve',
    async configureServer(vite) {
      if (process.env.VITEST) return
      const { prepareDatabase } = await vite.ssrLoadModule('/server/db/prepare.ts')
      const { db, close } = await prepareDatabase()
      vite.httpServer?.once('close', close)
      const listener = getRequestListener(async (request) => {
        const { createApp } = await vite.ssrLoadModule('/server/app.ts')
        return createApp(db).fetch(request)
      })
      vite.middlewares.use((request, response, next) =>
        /^\/(api|health)(\/|\?|$)/.test(request.url ?? '') ? void listener(request, response) : next(),
      )
    },
  }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), apiServer()],
  server: { port, strictPort: true, host: '127.0.0.1', allowedHosts: ['.preview.localhost'] },
  builder: {},
  environments: {
    client: { build: { outDir: 'dist/client', emptyOutDir: true } },
    ssr: {
      build: {
        outDir: 'dist',
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: { input: 'server/main.ts', output: { entryFileNames: 'server.js' } },
      },
    },
  },
  test: {
    // Each test opens a database of its own, which takes its time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['tests/**/*.test.ts'],
    // One in-memory database serves every file, one file after another: starting it is the slow part.
    isolate: false,
    fileParallelism: false,
  },
})
