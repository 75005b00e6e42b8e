/** PostgreSQL refuses to run as root: this finds an account for it, and a way to its folders. */
import { execFile } from 'node:child_process'
import { chown, lstat, realpath, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { failure } from '@slipway/domain'

const execute = promisify(execFile)

export interface ServerAccount {
  /** The command and spawn options that run `command` under this account. */
  run(command: string, args: readonly string[]): { command: string; args: string[]; options: { uid?: number; gid?: number } }
  /** Hands a file or folder to the account. */
  own(path: string): Promise<void>
}

const myself: ServerAccount = { run: (command, args) => ({ command, args: [...args], options: {} }), own: async () => undefined }

/** The account itself when it is not root; for root the owner of `dataFolder`, else `postgres`, made when it is missing, else `nobody`. */
export async function serverAccount(dataFolder: string, programs: readonly string[]): Promise<ServerAccount> {
  if (process.platform === 'win32' || userInfo().uid !== 0) return myself
  const { uid, gid } = await chooseAccount(dataFolder)
  const own = (path: string) => chown(path, uid, gid)
  const places = [dirname(dataFolder), ...programs.map((program) => dirname(program))]
  const isOpen = (await Promise.all(places.map((place) => isReachable(place, uid)))).every(Boolean)
  if (isOpen) return { own, run: (command, args) => ({ command, args: [...args], options: { uid, gid } }) }

  // The way leads through a folder of root's own (a home, a temporary folder). The account may keep the one right that root has
  // here and it lacks: to walk through folders. It is still not root, which is what PostgreSQL asks for.
  const rights = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--']
  try {
    await execute('setpriv', [...rights, 'true'])
  } catch (cause) {
    const reason = `PostgreSQL does not run as root, and the account ${uid} cannot reach ${dataFolder}; name a data folder and install Slipway outside of folders that only root may enter, or start Slipway as another user`
    throw failure('STORE_UNREACHABLE', { what: 'The built-in database', reason }, cause)
  }
  return { own, run: (command, args) => ({ command: 'setpriv', args: [...rights, command, ...args], options: {} }) }
}

async function chooseAccount(dataFolder: string): Promise<{ uid: number; gid: number }> {
  const owner = await stat(dataFolder).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = (await lookUp('postgres')) ?? (await createPostgres()) ?? (await lookUp('nobody'))
  if (!known)
    throw failure('STORE_UNREACHABLE', {
      what: 'The built-in database',
      reason: 'this machine has no account it could run under; make one named postgres',
    })
  return known
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, name])).stdout)))
    return uid === undefined || gid === undefined ? undefined : { uid, gid }
  } catch {
    return undefined // no such account
  }
}

async function createPostgres() {
  try {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch {
    // Another start may have made it just now; where accounts cannot be made, `nobody` serves.
  }
  return lookUp('postgres')
}

/** Whether `uid`, alone in its group, may walk to `folder`. */
async function isReachable(folder: string, uid: number): Promise<boolean> {
  for (let place = await realpath(folder); ; place = dirname(place)) {
    const { mode, uid: owner } = await lstat(place)
    if (!(mode & (owner === uid ? 0o100 : 0o001))) return false
    if (place === dirname(place)) return true
  }
}
