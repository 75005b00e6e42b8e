/** Shows one text of an agent's JSON answer while it is being written: what the analyst says, a spec's summary. */
import type { StreamPart } from './model.ts'
import { growingString } from './read-json.ts'

export interface FieldListener {
  readonly onText: (delta: string) => void
  /** What was shown so far is void; it begins again. */
  readonly onRestart: () => void
}

/** For `onPart` of `runAgent`. @param depth how deep the field stands, as `growingString` counts; 1 is a property of the answer itself */
export function streamField(field: string, listener: FieldListener, depth = 1): (part: StreamPart) => void {
  let read = growingString(field, depth)
  let hasShown = false
  return (part) => {
    if (part.kind === 'restart') {
      read = growingString(field, depth)
      if (hasShown) listener.onRestart()
      hasShown = false
    } else if (part.kind === 'text') {
      const text = read(part.delta)
      if (text) listener.onText(text)
      hasShown ||= text !== ''
    }
  }
}
