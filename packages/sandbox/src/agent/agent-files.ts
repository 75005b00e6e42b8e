/** Where, on the host, the files are that every sandbox is given. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EGRESS_PORT } from '../sandbox.ts'

export const AGENT = join(dirname(fileURLToPath(import.meta.url)), 'agent.mjs')
/** npm itself: what an app's commands call, and what reads the mirror. */
export const NPM_FOLDER = dirname(createRequire(import.meta.url).resolve('npm/package.json'))

/** All a sandbox knows of the world. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: '/home/user',
  PATH: '/app/node_modules/.bin:/opt/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TMPDIR: '/tmp',
  CI: '1',
  npm_config_registry: `http://127.0.0.1:${EGRESS_PORT}/`,
  npm_config_ignore_scripts: 'true',
  npm_config_cache: '/home/user/.npm',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
}

/** What starts the agent inside, where those files are at their places. @param channel see agent.mjs */
export const agentCommand = (channel: string): readonly string[] => ['/opt/bin/node', '--max-old-space-size=192', '/opt/agent.mjs', channel]
