/** Starts the app: opens the database, then serves the API and the built client on one port. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createApp } from './app'
import { config } from './config'
import { prepareDatabase } from './db/prepare'

const client = fileURLToPath(new URL('./client', import.meta.url))
const page = readFileSync(`${client}/index.html`, 'utf8')
const { db, close } = await prepareDatabase()
const app = createApp(db)

app.use('/assets/*', async (c, next) => {
  await next()
  if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable')
})
app.use('*', serveStatic({ root: client }))
app.get('*', (c) => c.html(page))

const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) =>
  console.log(`Listening on http://localhost:${port}`),
)

function stop() {
  server.close()
  void close().then(() => process.exit(0))
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
