/** What can go wrong between a design in Figma and code. */
import type { ErrorSpec } from './errors.ts'

/** "in 40 s", "in 3 h", "in 12 days": as exact as anybody who waits needs it. */
export function sayWait(seconds: number): string {
  if (seconds < 90) return `in ${Math.max(1, Math.ceil(seconds))} s`
  if (seconds < 90 * 60) return `in ${Math.ceil(seconds / 60)} minutes`
  if (seconds < 48 * 3600) return `in ${Math.ceil(seconds / 3600)} hours`
  return `in ${Math.ceil(seconds / 86_400)} days`
}

export const FIGMA_ERRORS = {
  FIGMA_NOT_CONNECTED: {
    http: 422,
    retry: false,
    say: () => 'Slipway is not connected to Figma. Connect it, or upload the design or paste it from the clipboard instead.',
  },
  FIGMA_AUTH: {
    http: 422,
    retry: false,
    say: () => 'Figma does not accept the token any more. Connect Figma again with a new one.',
  },
  FIGMA_FORBIDDEN: {
    http: 422,
    retry: false,
    say: (d: { what: string }) =>
      `Figma does not let this account read ${d.what}. Ask its owner for access, or give the token the scope to read file content.`,
  },
  FIGMA_NOT_FOUND: {
    http: 422,
    retry: false,
    say: (d: { what: string }) => `Figma does not know ${d.what}. Check the link; the frame may have been deleted.`,
  },
  FIGMA_RATE_LIMITED: {
    http: 429,
    retry: false,
    /** `seconds`: Figma asked to wait that long. */
    say: (d: { seconds: number }) =>
      `Figma allows no more requests for now; it can be asked again ${sayWait(d.seconds)}. Uploading the design or pasting it from the clipboard works at once.`,
  },
  FIGMA_TOO_LARGE: {
    http: 413,
    retry: false,
    say: (d: { what: string; bytesMax: number }) =>
      `${d.what} is larger than ${Math.floor(d.bytesMax / 1024 / 1024)} MB. Choose a smaller frame, or a file with fewer pages.`,
  },
  FIGMA_UNREACHABLE: {
    http: 503,
    retry: true,
    say: (d: { reason: string }) => `Figma does not answer: ${d.reason}. Try again in a moment.`,
  },
  FIGMA_LINK_UNKNOWN: {
    http: 422,
    retry: false,
    say: () => 'This is no link to a Figma file. In Figma, select a frame and choose "Copy link to selection".',
  },
  DESIGN_UNREADABLE: {
    http: 422,
    retry: false,
    say: (d: { what: string; reason: string }) =>
      `${d.what} cannot be read: ${d.reason}. Use JSON from Figma's REST API, a .fig file, or layers copied in Figma.`,
  },
  NODE_NOT_FRAME: {
    http: 422,
    retry: false,
    say: (d: { name: string; type: string }) =>
      `"${d.name}" is a ${d.type.toLowerCase()}, not a frame. Choose a frame, component or section.`,
  },
  COMPILE_FAILED: {
    http: 500,
    retry: false,
    say: (d: { reason: string }) => `The design could not be turned into code: ${d.reason}. The design is kept; try Regenerate.`,
  },
} satisfies Record<string, ErrorSpec>
