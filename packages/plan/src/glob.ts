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
