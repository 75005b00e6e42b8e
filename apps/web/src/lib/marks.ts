/** Class names of tones, written out so that the style compiler finds them. */
import type { Tone } from './words.ts'

export const TONE_TEXT: Record<Tone, string> = {
  run: 'text-run',
  pass: 'text-pass',
  need: 'text-need',
  fail: 'text-fail',
  idle: 'text-dim',
}
