/** Paths against `*` and `**`, step by step through all readings at once: no glob of a plan can take for ever. */

/** @param end  `path`: all of it must match; `folder`: what matches may also be a folder that the path lies in */
export function matchesGlob(glob: string, path: string, end: 'path' | 'folder' = 'path'): boolean {
  const steps = glob.match(/\*{2,}\/?|[\s\S]/g) ?? []
  const isStar = (step: string | undefined) => step?.[0] === '*'
  const skipStars = (places: Set<number>) => {
    for (const place of places) if (isStar(steps[place])) places.add(place + 1)
    return places
  }
  let places = skipStars(new Set([0]))
  for (const character of path) {
    if (end === 'folder' && character === '/' && places.has(steps.length)) return true
    const next = new Set<number>()
    for (const place of places) {
      const step = steps[place] as string | undefined
      if (isStar(step) && (character !== '/' || (step as string).length > 1)) next.add(place)
      if (step === character) next.add(place + 1)
    }
    if (next.size === 0) return false
    places = skipStars(next)
  }
  return places.has(steps.length)
}

const ALTERNATIVES_MAX = 64

/** `{a,b}` and `{1..4}` written out; a glob with more than 64 readings keeps its braces. */
export function expandBraces(glob: string): readonly string[] {
  let open = [glob]
  for (let at = 0; at < 4; at++) {
    const next = open.flatMap((text) => {
      const [braces, list = ''] = /\{([^{}]*)\}/.exec(text) ?? []
      if (braces === undefined) return [text]
      const [, from, to] = /^(\d{1,3})\.\.(\d{1,3})$/.exec(list) ?? []
      const range =
        from && to
          ? Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, step) => String(Number(from) + step))
          : list.split(',')
      return range.slice(0, ALTERNATIVES_MAX + 1).map((item) => text.replace(braces, () => item.trim()))
    })
    if (next.length > ALTERNATIVES_MAX) return [glob]
    open = next
  }
  return open
}
