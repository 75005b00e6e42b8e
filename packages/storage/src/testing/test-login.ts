/** How tests reach their server: what the global setup tells them, and the app role of every test database. */
import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers with the login of the test server and the name of its template, starting it if need be. */
    slipwayTestServer: string
  }
}

export const TEST_APP_ROLE = 'slipway_app'
export const TEST_APP_PASSWORD = 'only-for-tests'
