/** `slipway open`: an address that signs this machine's owner in, in any browser. */
import type { Connection } from '../connect.ts'
import type { Terminal } from '../terminal.ts'

export async function open(deps: Connection & { terminal: Terminal }): Promise<void> {
  const { path } = await deps.client.createSignInLink({})
  deps.terminal.say(`Open this within five minutes; it signs you in once:\n${deps.url}${path}`)
}
