/** The API room's door. */
export { type Accounts, type AccountsOptions, createAccounts } from './accounts.ts'
export { type BrowserSessions, createBrowserSessions } from './browser-sessions.ts'
export { type ApiDeps, createApi } from './create-api.ts'
export { type LiveEvents, liveEvents } from './live-events.ts'
export { type OtherIssuer, viewersOfIssuer } from './other-issuer.ts'
export { createShareLinks, type ShareLinks } from './share-links.ts'
export { type StaticWeb, staticWeb } from './static-web.ts'
export type { Viewer } from './viewer.ts'
