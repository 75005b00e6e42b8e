import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ProviderId } from '../drivers/providers.ts'
import { runAgent } from '../run-agent.ts'
import { byAgent, scriptedModel } from '../testing/index.ts'
import { writeSpec } from './write-spec.ts'

const { brief, spec } = JSON.parse(readFileSync(new URL('./samples/tables.json', import.meta.url), 'utf8')) as {
  brief: Parameters<typeof writeSpec.input>[0]['brief']
  spec: object
}

test.each(['anthropic', 'openai', 'google', 'openai-compatible'] as const satisfies readonly ProviderId[])(
  'over %s, the largest schema we have goes out, and a spec with faults is repaired',
  async (provider) => {
    const faulty = { ...spec, requirements: [] }
    const script = byAgent({ 'write-spec': (_, nth) => ({ json: nth === 0 ? faulty : spec }) })
    const { model, vendor, ledger, close } = await scriptedModel(script, { provider })
    const outcome = await runAgent(writeSpec, { brief }, model, { key: 'spec', signal: new AbortController().signal, ledger })
    expect(outcome).toMatchObject({
      kind: 'answer',
      repairs: 1,
      value: { requirements: [{ id: 'REQ-01' }], blueprint: { entities: [{ name: 'booking' }] } },
    })
    expect(vendor.requests[0]?.rawBody).toContain('titleField')
    expect(vendor.requests[1]?.messages.map(({ text }) => text).join()).toContain('requirements: Too small')
    await close()
  },
)
