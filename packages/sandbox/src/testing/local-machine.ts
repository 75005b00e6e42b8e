/** Whether this machine can run local sandboxes, asked before the tests that need one, and said aloud when it cannot. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localRuntime } from '../local/local-runtime.ts'
import { createRegistryMirror } from '../registry-mirror.ts'
import type { SandboxRuntime } from '../sandbox.ts'

/** A runtime with a folder of its own; its mirror leads nowhere. */
export const testRuntime = (folder = mkdtempSync(join(tmpdir(), 'slipway-sandboxes-'))): SandboxRuntime =>
  localRuntime({ folder, node: process.execPath, registry: createRegistryMirror({ upstream: 'http://127.0.0.1:1/' }) })

export async function hasLocalSandboxes(): Promise<boolean> {
  const runtime = testRuntime()
  const probe = await runtime.probe()
  await runtime.close()
  if (!probe.ok) console.warn(`SKIPPED: local sandboxes, because ${probe.reason}. To run them: ${probe.fix}`)
  return probe.ok
}
