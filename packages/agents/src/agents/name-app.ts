/** Names the app and titles its first feature, in one short call. */
import type { Brief } from '@slipway/domain'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { fencedJson } from '../fence.ts'
import { promptBeside } from '../prompt-beside.ts'

export const AppName = z.object({ name: z.string().trim().min(2).max(30), title: z.string().trim().min(2).max(60) })
export type AppName = z.infer<typeof AppName>

export const nameApp: Agent<{ readonly brief: Brief }, AppName> = {
  name: 'name-app',
  role: 'analyst',
  system: promptBeside(import.meta.url),
  input: ({ brief }) => ({ text: `${fencedJson('brief', brief)}\n\nGive name and title.` }),
  output: AppName,
  limits: { outputTokens: 200 },
}
