/** Which process owns a folder of sandboxes, told so that a later process of the same number is not mistaken for it. */
import { readFileSync } from 'node:fs'

/** `PID-START`, START in clock ticks since boot. @see proc(5), /proc/PID/stat, field 22 */
export function ownerName(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in field 2 may hold blanks and brackets: everything after the last bracket is plain.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return `${pid}-${fields[19]}`
  } catch {
    return undefined
  }
}

/** Whether the process that was given this name still lives. */
export function isOwnerAlive(name: string): boolean {
  const pid = Number(/^(\d+)-\d+$/.exec(name)?.[1])
  return Number.isInteger(pid) && pid > 0 && ownerName(pid) === name
}
