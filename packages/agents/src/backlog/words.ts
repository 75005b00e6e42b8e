/** Words of titles and texts, and whether two of them mean the same thing: enough to group and to find doubles without a model. */

/** Lower-case, three letters or more, camel case taken apart. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]{3,}/gu) ?? []

/** `books` and `booking`, `table` and `tables`: the same beginning, and not much more. */
export function kinOf(a: string, b: string): boolean {
  if (a === b) return true
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return same >= 4 && Math.max(a.length, b.length) - same <= 4
}
