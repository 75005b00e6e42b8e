/** Writes the README of an app: what it is, how to run it, where things are. */
import type { AppModel } from './app-model.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ').trim()
/** Text that Markdown must not read as markup. */
const plain = (text: string) => flat(text).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')

export function writeReadme(app: AppModel): string {
  const { blueprint, entities, pages, roles, hasAccounts } = app
  return `# ${plain(blueprint.appName)}

${[plain(blueprint.tagline), plain(blueprint.purpose)].filter(Boolean).join('\n\n') || 'A web app.'}

## Run it

\`\`\`sh
npm install
npm run dev        # http://localhost:3000, changes apply at once
\`\`\`

For production:

\`\`\`sh
npm run build
npm start          # the same address, built and fast
\`\`\`

Node 20.19 or newer is all it needs. Data is kept in \`./data\` by a built-in Postgres (PGlite); set \`DATABASE_URL\` to use a Postgres server instead. \`.env.example\` lists every setting. An empty built-in database is filled with example records; \`DEMO_DATA=false\` turns that off.

| command | what it does |
|---|---|
| \`npm run dev\` | development server, client and API on one port |
| \`npm run build\` | builds both into \`dist/\` |
| \`npm start\` | runs what was built |
| \`npm test\` | tests of the API against a real database in memory |
| \`npm run typecheck\` | checks all types |
| \`npm run test:e2e\` | visits every page of a running app in a browser (needs \`npm install --no-save playwright-core\`) |

With Docker: \`docker build -t app . && docker run -p 3000:3000 -v app-data:/app/data app\`

## What it holds

| records | fields | API |
|---|---|---|
${entities.map((entity) => `| ${plain(entity.labelPlural)} | ${entity.fields.map((field) => plain(field.label)).join(', ')} | \`/api/${entity.path}\` |`).join('\n')}

Every list can be searched (\`?q=\`), filtered (\`?field=value\`), sorted (\`?sort=-field\`) and paged (\`?page=2&size=25\`); \`/export\` gives the same as a CSV file. \`/health\` answers when the database does.

## Pages

${pages.map((page) => `- ${plain(page.source.title)}: \`${page.path}\``).join('\n')}
- Settings: \`/settings\`
${
  hasAccounts
    ? `
## Roles

${roles.map((role) => `- **${plain(role.label)}**${role.isAdmin ? ' (administrator)' : ''}${role.description ? `: ${plain(role.description)}` : ''}`).join('\n')}

Who may do what is in \`server/access.ts\`, and the server enforces it. With example data, the sign-in page lists an account for each role. In an empty app the first account becomes the administrator.
`
    : ''
}
## Where things are

| folder | what |
|---|---|
| \`model/\` | one file per kind of record: its fields, choices and checks, shared by both sides |
| \`server/\` | Hono: \`routes/\` per kind of record, \`db/tables/\` (Drizzle), \`seed/\` (example records) |
| \`web/\` | React: \`features/\` per kind of record, \`pages/\`, \`ui/\` (parts), \`theme.css\` (all colours) |
| \`migrations/\` | SQL, run at every start |
| \`tests/\` | what the API promises |

To add a field: \`model/\`, \`server/db/tables/\`, a new file in \`migrations/\` with its entry in \`meta/_journal.json\`, and the form and list in \`web/features/\`. The type checker leads from one to the next.
`
}
