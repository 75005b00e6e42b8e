/** The sandbox room's door: where generated code runs, how it is shown, how its page is checked. */
export { type LocalRuntimeOptions, localRuntime } from './local/local-runtime.ts'
export { checkPage, type PageReport } from './page/check-page.ts'
export { findChromium } from './page/find-chromium.ts'
export { createPreviewProxy, type PreviewEntry, type PreviewProxy, type PreviewProxyOptions } from './preview/preview-proxy.ts'
export { PreviewReport } from './preview/preview-report.ts'
export { createRegistryMirror, type RegistryMirror } from './registry-mirror.ts'
export type * from './sandbox.ts'
export { EGRESS_PORT, previewHost } from './sandbox.ts'
