/** The fake vendor as a process of its own, so that its work is not counted as ours: prints its address, ends with its parent. */
import { type FakeReply, type FakeScript, startFakeVendor } from '../src/testing/index.ts'

const TEXT = 'A sentence of an answer that is neither short nor long. '.repeat(40)
const FILES = 12

/** A coder's task of 12 files: read four, write four, and so on, then done. */
const coder: FakeScript = ({ messages }): FakeReply => {
  const turn = messages.filter(({ role }) => role === 'assistant').length
  if (turn >= FILES * 2) return { text: 'Done.' }
  const path = `src/file-${Math.floor(turn / 2)}.mjs`
  const content = `export const value = ${turn}\n${'// a line of a file that has some length\n'.repeat(60)}`
  return turn % 2
    ? { calls: [{ name: 'write', input: { path, content } }] }
    : { text: 'I look at the next file.', calls: [{ name: 'read', input: { path } }] }
}

const vendor = await startFakeVendor((request) => (request.tools.includes('write') ? coder(request) : { text: TEXT, chunkCharacters: 8 }))
process.stdout.write(`${vendor.baseUrl}\n`)
process.stdin.resume().on('end', () => process.exit(0))
