/** Which Slipway this is. */

export const VERSION = '0.1.0'
/** Raised when a release changes the steps of a workflow. */
export const STEPS_VERSION = 'steps-4'
