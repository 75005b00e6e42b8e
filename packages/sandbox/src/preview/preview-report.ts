/** Takes what the script in a previewed page reports: console errors and failed requests, and nothing that it invents. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { printable } from '../agent/printable.ts'

export const PreviewReport = z.object({ kind: z.enum(['console-error', 'request-failed']), text: z.string().max(2_000) })
export type PreviewReport = z.infer<typeof PreviewReport>

const BYTES_MAX = 8_192
const A_MINUTE_MAX = 60

/** An app may say what it likes about itself: it is kept printable, short, and from flooding. */
export function reportDesk(deps: {
  clock: () => number
  onReport: ((previewId: string, report: PreviewReport) => void) | undefined
}): (request: IncomingMessage, response: ServerResponse, previewId: string) => Promise<void> {
  const seen = new Map<string, number>()
  let minute = 0
  const isWelcome = (previewId: string): boolean => {
    const now = Math.floor(deps.clock() / 60_000)
    if (now !== minute) seen.clear()
    minute = now
    const count = (seen.get(previewId) ?? 0) + 1
    seen.set(previewId, count)
    return count <= A_MINUTE_MAX
  }
  return async (request, response, previewId) => {
    let text = ''
    for await (const bytes of request) {
      text += String(bytes)
      if (text.length > BYTES_MAX) return void response.writeHead(413).end()
    }
    const report = PreviewReport.safeParse(parseJson(text))
    if (report.success && isWelcome(previewId)) deps.onReport?.(previewId, { ...report.data, text: printable(report.data.text) })
    response.writeHead(204).end()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not a report: nothing is told
  }
}
