/** Fakes for tests of this room and of those above it. */
export { type AgentPart, agentOf, byAgent, type FakeAgent } from './by-agent.ts'
export type { FakeCall, FakeFault, FakeMessage, FakeReply, FakeRequest, FakeScript, Protocol } from './fake-script.ts'
export { inOrder } from './fake-script.ts'
export { type FakeVendor, type FakeVendorOptions, startFakeVendor } from './fake-vendor.ts'
export { folderSandbox } from './folder-sandbox.ts'
export { FAKE_PRICE, type ScriptedModel, type ScriptedModelOptions, scriptedModel } from './scripted-model.ts'
