/** Where this machine keeps a Chromium. */
import { accessSync, constants } from 'node:fs'

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** @returns an absolute path, or undefined where there is none */
export function findChromium(candidates: readonly string[] = USUAL): string | undefined {
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false // not here: the next place is looked at
    }
  })
}
