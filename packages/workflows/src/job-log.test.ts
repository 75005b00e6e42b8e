import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jobLog } from './job-log.ts'

const about = { projectId: 'p', featureId: 'f', jobId: 'j', stage: 'checks' } as const

test('every line arrives once and in order, in fewer events than lines', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('stdout', 'stderr', 'note'), fc.stringMatching(/^[a-z ]{0,20}$/)), { minLength: 1 }),
      async (lines) => {
        const events: { stream: string; text: string }[] = []
        const log = jobLog(async (batch) => void events.push(...batch), about)
        for (const [stream, line] of lines) log.add(stream as 'stdout', line)
        await log.flush()
        const heard = events.flatMap((event) =>
          event.text
            .replace(/\n$/, '')
            .split('\n')
            .map((line) => [event.stream, line]),
        )
        expect(heard).toEqual(lines)
        expect(events.length).toBeLessThanOrEqual(lines.length)
      },
    ),
  )
})

test('no event is larger than the event table takes', async () => {
  const events: { text: string }[] = []
  const log = jobLog(async (batch) => void events.push(...batch), about)
  for (let line = 0; line < 30; line++) log.add('stdout', 'x'.repeat(9_000))
  await log.flush()
  expect(events.length).toBeGreaterThan(1)
  expect(Math.max(...events.map((event) => event.text.length))).toBeLessThanOrEqual(65_536)
})
