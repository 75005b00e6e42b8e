/** The runtime that a setting names. There is no other choice than the named one: an engine that is not there is told, never replaced. */
import type { RuntimeOptions } from './agent/agent-runtime.ts'
import { dockerRuntime } from './docker/docker-runtime.ts'
import { localRuntime } from './local/local-runtime.ts'
import { runscRuntime } from './runsc/runsc-runtime.ts'
import type { SandboxRuntime } from './sandbox.ts'

export const SANDBOX_ENGINES = ['local', 'runsc', 'docker', 'e2b'] as const
export type SandboxEngine = (typeof SANDBOX_ENGINES)[number]

export interface RuntimeChoice extends RuntimeOptions {
  readonly engine: SandboxEngine
  /** For everything that sandboxes write on this machine; made when missing. */
  readonly folder: string
  /** The Node 24 that runs agent and apps. */
  readonly node: string
  /** What Docker's containers begin as. */
  readonly dockerImage?: string | undefined
  readonly e2bApiKey?: string | undefined
  /** What E2B's machines begin as. */
  readonly e2bTemplate?: string | undefined
}

/** Starts nothing: `probe` tells whether the engine is there. */
export async function chooseRuntime({ engine, dockerImage, e2bApiKey, e2bTemplate, ...options }: RuntimeChoice): Promise<SandboxRuntime> {
  switch (engine) {
    case 'local':
      return localRuntime(options)
    case 'runsc':
      return runscRuntime(options)
    case 'docker':
      return dockerRuntime({ ...options, ...(dockerImage ? { image: dockerImage } : {}) })
    case 'e2b': {
      // Its SDK is large, and only those who chose it wait for it.
      const { e2bRuntime } = await import('./e2b/e2b-runtime.ts')
      const folder = `${options.folder}-e2b`
      return e2bRuntime({ ...options, folder, apiKey: e2bApiKey, ...(e2bTemplate ? { template: e2bTemplate } : {}) })
    }
  }
}
