/** A sandbox that is one process of this machine over a layer of its own, as the runtime that all engines share sees it. */
import type { ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import type { Started } from '../agent/engine.ts'
import type { ControlGroup } from './control-group.ts'
import { diskBytes, keepLayer, removeLayer } from './layer.ts'

const LAST_WORDS_CHARS = 4_000

/** @param started whatever else the sandbox runs dies with `child`; `group` takes what would not */
export function layeredProcess(started: {
  readonly child: ChildProcess
  readonly channel: Duplex
  readonly stderr: NodeJS.ReadableStream
  readonly layer: string
  readonly group: ControlGroup | undefined
}): Started {
  const { child, channel, stderr, layer, group } = started
  let lastWords = ''
  stderr.on('error', () => undefined) // a broken pipe is the sandbox's end
  stderr.on('data', (bytes: Buffer) => {
    lastWords = (lastWords + bytes.toString()).slice(-LAST_WORDS_CHARS)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  return {
    channel,
    exited: ended.then(() => group?.remove()),
    kill: () => void child.kill('SIGKILL'),
    remove: () => removeLayer(layer),
    async keep(target) {
      child.kill('SIGKILL')
      await ended
      await keepLayer(layer, target)
    },
    lastWords: () => lastWords,
    diskBytes: () => diskBytes(layer),
    use: async () => group?.stat() ?? { memoryBytes: 0, processes: 0 },
  }
}
