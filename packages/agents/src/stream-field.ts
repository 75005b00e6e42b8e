/** Shows one text of an agent's JSON answer while it is being written: what the analyst says, a spec's summary. */
import type { StreamPart } from './model.ts'
import { growingString } from './read-json.ts'

export interface FieldListener {
  readonly onText: (delta: string) => void
  /** What was shown so far is void; it begins again. */
  readonly onRestart: () => void
}

/** For `onPart` of `runAgent`. `field` is a property of the answer itself, not of something inside it. */
export function streamField(field: string, listener: FieldListener): (part: StreamPart) => void {
  let read = growingString(field)
  let hasShown = false
  return (part) => {
    if (part.kind === 'restart') {
      read = growingString(field)
      if (hasShown) listener.onRestart()
      hasShown = false
    } else if (part.kind === 'text') {
      const text = read(part.delta)
      if (text) listener.onText(text)
      hasShown ||= text !== ''
    }
  }
}
