/** What this driver uses of the E2B SDK, so that a loopback can stand at its edge; the SDK's own class fits it, which the compiler checks. */
import { Sandbox } from 'e2b'

export interface E2bCloud {
  create(
    template: string,
    options: {
      apiKey: string
      timeoutMs: number
      allowInternetAccess: boolean
      envs?: Record<string, string>
      metadata?: Record<string, string>
    },
  ): Promise<E2bMachine>
  list(options: { apiKey: string; query: { metadata: Record<string, string> } }): {
    readonly hasNext: boolean
    nextItems(): Promise<readonly { sandboxId: string; metadata?: Record<string, string> }[]>
  }
  kill(sandboxId: string, options: { apiKey: string }): Promise<boolean>
}

export interface E2bMachine {
  readonly sandboxId: string
  readonly commands: {
    run(
      command: string,
      options: {
        background: true
        stdin: true
        cwd: string
        timeoutMs: number
        onStdout: (text: string) => void
        onStderr: (text: string) => void
      },
    ): Promise<E2bCommand>
    run(command: string, options?: { user?: string; timeoutMs?: number }): Promise<{ stdout: string }>
  }
  readonly files: { write(path: string, data: ArrayBuffer): Promise<unknown> }
  setTimeout(timeoutMs: number): Promise<unknown>
  getMetrics(): Promise<readonly { memUsed: number }[]>
  createSnapshot(): Promise<{ snapshotId: string }>
  kill(): Promise<unknown>
}

export interface E2bCommand {
  sendStdin(data: Uint8Array): Promise<void>
  /** Rejects when the command ends with another code than 0. */
  wait(): Promise<unknown>
  kill(): Promise<boolean>
}

export const e2bCloud: E2bCloud = Sandbox
