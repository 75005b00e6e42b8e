/** The image every container begins as: the configured one, with a workspace and a home of its own user, made once. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../agent/run-command.ts'

/** A user that Debian gives to nobody, small enough for the ranges of a rootless daemon. */
export const SANDBOX_UID = 61_000
/** Raised when what is laid over the image changes. */
const FORM = 1

/** @returns the name of the image, made when it was not there. @throws Error with Docker's words, such as "No such image" */
export async function sandboxImage(docker: string, image: string): Promise<string> {
  const base = (await runCommand(docker, ['image', 'inspect', '--format', '{{.Id}}', image])).trim()
  const name = `slipway-sandbox:${FORM}-${base.replace(/^sha256:/, '').slice(0, 16)}`
  const isThere = await runCommand(docker, ['image', 'inspect', '--format', '{{.Id}}', name]).catch(() => undefined)
  if (isThere) return name
  const container = (await runCommand(docker, ['create', '--network', 'none', '--pull', 'never', base, '/bin/true'])).trim()
  try {
    await runCommand(docker, ['cp', '--archive', '-', `${container}:/`], { input: overlay() })
    await runCommand(docker, ['commit', container, name])
  } finally {
    await runCommand(docker, ['rm', '--force', container])
  }
  return name
}

/** A tar of what is laid over the image. */
function overlay(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-image-'))
  try {
    for (const path of ['app', 'home/user', 'etc', 'opt/bin']) mkdirSync(join(folder, path), { recursive: true })
    writeFileSync(join(folder, 'etc/passwd'), `root:x:0:0::/root:/bin/sh\nuser:x:${SANDBOX_UID}:${SANDBOX_UID}::/home/user:/bin/sh\n`)
    writeFileSync(join(folder, 'etc/group'), `root:x:0:\nuser:x:${SANDBOX_UID}:\n`)
    symlinkSync('/opt/npm/bin/npm-cli.js', join(folder, 'opt/bin/npm'))
    const tar = (owner: number, more: readonly string[]) => {
      const args = [
        '--create',
        '--directory',
        folder,
        `--owner=${owner}`,
        `--group=${owner}`,
        '--numeric-owner',
        '--mode=u=rwX,go=rX',
        ...more,
      ]
      const { status, stdout, stderr } = spawnSync('tar', args)
      if (status !== 0) throw new Error(`The image could not be made: ${stderr}`)
      return stdout
    }
    const ends = 1_024 // two empty blocks close a tar; the first part must not be closed, and tar fills up to its own record
    const system = tar(0, ['--blocking-factor=1', 'etc/passwd', 'etc/group', 'opt/bin'])
    return Buffer.concat([system.subarray(0, system.length - ends), tar(SANDBOX_UID, ['--no-recursion', 'app', 'home/user'])])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
