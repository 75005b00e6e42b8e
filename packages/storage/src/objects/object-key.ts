/** What a key may be, for every object store alike. */
import { failure, WorkspacePath } from '@slipway/domain'

/** @throws INPUT_INVALID for a key that is no plain relative path */
export function checkedKey(key: string): string {
  const parsed = WorkspacePath.safeParse(key)
  if (parsed.success) return key
  throw failure('INPUT_INVALID', { what: `The object key "${key}"`, faults: parsed.error.issues.map((issue) => issue.message) })
}
