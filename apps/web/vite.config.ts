/** Builds the static web app; `npm run dev` passes the API on to a running server. */
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

const SERVER = 'http://localhost:4600'

export default defineConfig({
  plugins: [tailwindcss(), sveltekit()],
  server: { proxy: { '/api': { target: SERVER, headers: { origin: SERVER } } } },
})
