/** The app role of test databases. */
export const TEST_APP_ROLE = 'slipway_app'
export const TEST_APP_PASSWORD = 'only-for-tests'
