/** Builds the static web app; `npm run dev` passes the API on to a running server. */
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

const SERVER = 'http://localhost:4600'

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  // How long plugins take is of no use to somebody who starts Slipway for the first time.
  build: { rolldownOptions: { checks: { bundlerTimings: false } } },
  server: { proxy: { '/api': { target: SERVER, headers: { origin: SERVER } } } },
})
