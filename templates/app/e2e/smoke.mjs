// Visits every page of the navigation in a browser and fails on errors in its console.
// Usage: start the app, then `APP_URL=http://localhost:3000 npm run test:e2e`. CHROME names a browser's program.
const url = process.env.APP_URL ?? `http://localhost:${process.env.PORT ?? 3000}`
const { chromium } = await import('playwright-core').catch(() => {
  console.error('Install the browser driver first: npm install --no-save playwright-core')
  process.exit(1)
})
const browser = await chromium.launch(
  process.env.CHROME ? { executablePath: process.env.CHROME } : { channel: 'chrome' },
)
const page = await browser.newPage()
const errors = []
page.on('console', (message) => message.type() === 'error' && errors.push(`${page.url()}: ${message.text()}`))
page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`))

await page.goto(url, { waitUntil: 'networkidle' })
const links = await page.locator('nav a[href^="/"]').evaluateAll((anchors) => anchors.map((anchor) => anchor.href))
for (const link of new Set(links)) {
  await page.goto(link, { waitUntil: 'networkidle' })
  await page.locator('h1').first().waitFor()
  console.log(`ok  ${link}`)
}
await browser.close()
if (errors.length) {
  console.error(errors.join('\n'))
  process.exit(1)
}
