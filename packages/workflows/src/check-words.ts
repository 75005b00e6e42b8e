/** What checks saw, in words for people. */
import { type AppFiles, sha256 } from './archive.ts'

/** The line of an output that says most: the first that names a fault, else the last. */
export const tellingLine = (output: string): string => {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines.find((line) => /^(?:×|✗|FAIL\b|Error\b)|\berror\b/.test(line)) ?? lines.at(-1) ?? ''
}

/** "12 promises hold, 6 are for a person to judge". */
export function sayChecks(checks: readonly { status: 'satisfied' | 'violated' | 'undecided' }[]): string {
  const count = (status: string) => checks.filter((check) => check.status === status).length
  const [held, broken, open] = [count('satisfied'), count('violated'), count('undecided')]
  return [
    `${held} ${held === 1 ? 'promise about files, exports and links holds' : 'promises about files, exports and links hold'}`,
    ...(broken ? [`${broken} ${broken === 1 ? 'is' : 'are'} broken`] : []),
    ...(open ? [`${open} ${open === 1 ? 'is' : 'are'} for a person to judge`] : []),
  ].join(', ')
}

/** What a run of tests counted, in a sentence. */
export const testCount = (output: string): string => {
  const count = /Tests\s+(\d+) passed/.exec(output)?.[1]
  return count ? `${count} tests passed.` : 'The tests passed.'
}

/** The first of the paths that differ. */
export const changedPaths = (before: AppFiles, after: AppFiles): string => {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)])
  const same = (path: string) => before[path] && after[path] && sha256(before[path]) === sha256(after[path])
  return [...paths]
    .filter((path) => !same(path))
    .slice(0, 5)
    .join(', ')
}
