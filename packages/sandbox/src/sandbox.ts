/** A place where generated code may run: the contract that every driver keeps. Its suite is in ./testing/sandbox-contract.ts. */
import type { Duplex } from 'node:stream'

/** A runtime starts, finds and ends sandboxes on one kind of engine. */
export interface SandboxRuntime {
  readonly name: string
  readonly capabilities: Capabilities
  /** Looks whether sandboxes can run here, by starting one. `fix` is an exact command or setting for the person who hosts Slipway. */
  probe(): Promise<{ ok: true; notes: readonly string[] } | { ok: false; reason: string; fix: string }>
  /**
   * Returns when the sandbox answers. `/app` inside is the workspace: a copy-on-write view of `template` when one is given, else empty.
   * @throws SANDBOX_UNAVAILABLE, never a process without isolation instead
   */
  create(options: SandboxOptions): Promise<Sandbox>
  /** The running sandbox of this runtime with that id, if it is still there. */
  get(id: string): Sandbox | undefined
  /**
   * Ends what earlier owners left: processes, control groups, mounts, folders. Called once at start.
   * Sandboxes that another living process owns are left alone.
   */
  sweep(): Promise<{ removed: number }>
  /**
   * Stops a sandbox that began without a template and keeps its workspace as one, shared by many and written by none.
   * What the folder holds is the engine's affair: the files themselves, or a note of where the engine keeps them.
   * @param folder absolute; must not exist; appears only when it is whole
   */
  keepAsTemplate(sandbox: Sandbox, folder: string): Promise<void>
  /** Stops every sandbox of this runtime. */
  close(): Promise<void>
}

/** What an engine can do, so that whoever hosts Slipway is told and callers need not know its name. */
export interface Capabilities {
  /** What stands between the code inside and the host: namespaces of one kernel, a kernel of its own in user space, a machine of its own. */
  readonly isolation: 'namespaces' | 'user-space-kernel' | 'machine'
  /** Whether memory, processes and processor time are really held to what was asked for. */
  readonly hasLimits: boolean
  /** Whether programs of this machine, such as its Chromium, can be run inside. */
  readonly seesHostPrograms: boolean
}

export interface SandboxOptions {
  /** A folder that `keepAsTemplate` made, shared by many sandboxes and never written by any: the lower layer of `/app`. */
  readonly template?: string
  /** What `snapshot` gave, laid over the same template: `/app` as it was then. What had been removed of the template is there again. */
  readonly snapshot?: Uint8Array
  readonly memoryMb?: number
  readonly diskMb?: number
  readonly processesMax?: number
  /** Cores; 1.5 is one and a half. */
  readonly cpus?: number
  /** Nobody waits for it at a screen: where the processor is short it gets an eighth of what another sandbox gets. */
  readonly isBackground?: boolean
  /** Stopped by itself after this long; `setTimeout` moves the end. */
  readonly timeoutMs?: number
}

/** Where, inside, the one way out listens. */
export const EGRESS_PORT = 4873

/**
 * What answers at 127.0.0.1:EGRESS_PORT inside; there is no other network. `npm-registry` is read only, through our own mirror;
 * `sandbox` is one port of another sandbox (how the checking browser reaches the app).
 */
export type Egress =
  | { readonly kind: 'none' }
  | { readonly kind: 'npm-registry' }
  | { readonly kind: 'sandbox'; readonly sandbox: Sandbox; readonly port: number }

export interface ExecOptions {
  /** Relative to the workspace. */
  readonly cwd?: string
  /** Added to a small clean environment; nothing of the host's is passed on. */
  readonly env?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Output beyond this ends the command. */
  readonly outputBytesMax?: number
  /** Called with whole, printable lines in order: control sequences are stripped. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void
  readonly signal?: AbortSignal
}

/** A command that fails is a result, not a rejection. */
export interface ExecResult {
  /** null when it was ended from outside. */
  readonly exitCode: number | null
  readonly ended: 'exit' | 'timeout' | 'output' | 'aborted' | 'killed'
  /** The last 64 kB of both streams, printable. */
  readonly output: string
  readonly durationMs: number
}

export interface RunningCommand {
  readonly done: Promise<ExecResult>
  kill(): Promise<void>
}

export interface FileEntry {
  /** Relative to the workspace, `/` between parts. */
  readonly path: string
  readonly sizeBytes: number
  /** `other` is a pipe, a socket or a device: there is nothing in it to read. */
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** The host name of one port of a sandbox at the preview proxy of that domain. */
export const previewHost = (sandboxId: string, port: number, domain: string): string => `${port}-${sandboxId}.${domain}`

/**
 * Paths are relative to the workspace; one that leads outside, also through a link, throws SANDBOX_PATH_REFUSED.
 * Every call throws SANDBOX_LOST once the sandbox is gone.
 */
export interface Sandbox {
  /** Unguessable, lower-case letters and digits, fit for a host name. */
  readonly id: string
  /** Makes parents; replaces what is there. Content is text or bytes by path. */
  writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>
  /** @throws NOT_FOUND; @throws TOO_LARGE beyond `bytesMax` (default 32 MB) */
  readFile(path: string, options?: { bytesMax?: number }): Promise<Uint8Array>
  /** All files below `path`, without `skip` folder names (default node_modules, .git, dist, data). Sorted by path. @throws TOO_LARGE */
  list(path?: string, options?: { skip?: readonly string[] }): Promise<FileEntry[]>
  /** Safe to repeat. */
  remove(path: string): Promise<void>
  exec(command: readonly [string, ...string[]], options?: ExecOptions): Promise<ExecResult>
  /** A command that goes on: a server. Ends with the sandbox at the latest. */
  start(command: readonly [string, ...string[]], options?: ExecOptions): Promise<RunningCommand>
  /** Ends every process inside; the sandbox itself stays usable. */
  killAll(): Promise<void>
  /** A byte stream to 127.0.0.1:port inside. @throws SANDBOX_LOST; the stream errors when nothing listens */
  connect(port: number): Promise<Duplex>
  /** The host name under which the preview proxy shows a port of this sandbox to a browser. */
  getHost(port: number): string
  /** Resolves when something listens. @throws Error after `timeoutMs` or when `signal` aborts */
  waitForPort(port: number, options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>
  setEgress(egress: Egress): Promise<void>
  /** Moves the automatic end to `ms` from now. */
  setTimeout(ms: number): void
  /**
   * What was written to the workspace since the sandbox began, for `create`. Everything inside stands still meanwhile, and goes on after.
   * @throws TOO_LARGE beyond `bytesMax`, compressed (default 256 MB)
   */
  snapshot(options?: { bytesMax?: number }): Promise<Uint8Array>
  stat(): Promise<{ memoryBytes: number; diskBytes: number; processes: number }>
  /** Ends everything and removes what the sandbox wrote. Safe to repeat. */
  stop(): Promise<void>
  /** Resolves when the sandbox is gone, for whatever reason: the reason in words. */
  readonly gone: Promise<string>
}
