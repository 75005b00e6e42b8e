/** Small secret files that are made once and never half. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code

/** The text of `path`, which is made with mode 0600 if it is not there. Of several who come at once, one makes it and all read that. */
export async function readOrCreate(path: string, make: () => string): Promise<string> {
  const read = () => readFile(path, 'utf8')
  try {
    return await read()
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, make(), { mode: 0o600, flag: 'wx' })
  try {
    // A link appears with its whole content, and only if nobody was first.
    await link(draft, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  return read()
}
