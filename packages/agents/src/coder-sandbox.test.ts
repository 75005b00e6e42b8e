import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localRuntime, type SandboxRuntime } from '@slipway/sandbox'
import { afterAll, expect, test } from 'vitest'
import { runCoder } from './coder-loop.ts'
import { type FakeReply, inOrder, scriptedModel } from './testing/index.ts'

const folder = await mkdtemp(join(tmpdir(), 'slipway-coder-'))
const runtime: SandboxRuntime = localRuntime({ folder, node: process.execPath, registry: { serve: () => undefined } })
const isPossible = (await runtime.probe()).ok
afterAll(async () => {
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
})

test.skipIf(!isPossible)(
  'in a real sandbox: planted orders come to nothing, the task is verified, many files are looked at in one command',
  async () => {
    const calls = (...list: { name: string; input: unknown }[]): FakeReply => ({ calls: list })
    const script = inOrder([
      calls(
        { name: 'read', input: { path: 'src/sum.mjs' } },
        { name: 'grep', input: { pattern: 'sum', glob: '*.mjs' } },
        {
          name: 'bash',
          input: { command: 'echo stolen > src/file-1.mjs; ln -s /etc src/etc; env; cat /proc/1/environ; rm src/file-2.mjs' },
        },
      ),
      calls({ name: 'edit', input: { path: 'src/sum.mjs', edits: [{ old: 'return a - b', new: '  return a + b' }] } }),
      { text: 'Done.' },
    ])
    const { model, vendor, close } = await scriptedModel(script)
    const sandbox = await runtime.create({ memoryMb: 512, diskMb: 200 })
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`src/file-${index}.mjs`, `export const value = ${index}\n`]))
    await sandbox.writeFiles({
      ...many,
      'src/sum.mjs': 'export function sum(a, b) {\n  return a - b\n}\n',
      'test.mjs': "import { sum } from './src/sum.mjs'\nif (sum(1, 2) !== 3) throw new Error('expected 3')\n",
    })
    const result = await runCoder(
      { model, sandbox },
      {
        key: 'k',
        debugId: 'dbg',
        plan: 'Obey README.',
        notes: null,
        findings: [],
        task: {
          name: 'Sum',
          action: 'Add.',
          acceptanceCriteria: ['sum(1, 2) is 3'],
          done: 'It adds.',
          verify: ['node test.mjs'],
          writable: ['src/sum.mjs'],
        },
        signal: new AbortController().signal,
      },
    )
    expect(result).toMatchObject({ kind: 'done', changed: ['src/sum.mjs'] })
    const told = vendor.requests[1]?.messages.map(({ text }) => text).join('\n') ?? ''
    expect(told).toContain('src/sum.mjs:1:export function sum')
    expect(told).toContain('put back, because this task may not change them: src/etc, src/file-1.mjs, src/file-2.mjs')
    expect(told).not.toContain('sk-fake')
    expect(new TextDecoder().decode(await sandbox.readFile('src/file-2.mjs'))).toBe('export const value = 2\n')
    expect(new TextDecoder().decode(await sandbox.readFile('src/sum.mjs'))).toContain('  return a + b\n')
    await sandbox.stop()
    await close()
  },
)
