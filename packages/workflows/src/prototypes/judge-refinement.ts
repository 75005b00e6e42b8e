/** Whether a refined page is as near to its design as the page before: what is worse in any measure is named. */
import type { PrototypeMeasures } from '@slipway/domain'

export interface Version {
  readonly measures: PrototypeMeasures
  /** Components that the code was cut into. */
  readonly components: number
}

/** A share of pixels below what a second picture of the same page may differ by. */
const PIXELS_EQUAL = 0.0002

const fewer = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'} fewer`
const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** @returns a clause for everything that is worse; none: the refined one may be kept */
export function worseIn(before: Version, after: Version): string[] {
  const [was, is] = [before.measures, after.measures]
  const places = new Map(was.broken.map(({ rule, places }) => [rule, places]))
  const broken = is.broken.filter((one) => one.places > (places.get(one.rule) ?? 0))
  return [
    ...(is.found < was.found ? [`${fewer(was.found - is.found, 'layer')} can be found`] : []),
    ...(is.within2 < was.within2 ? [`${fewer(was.within2 - is.within2, 'layer')} within 2 px`] : []),
    ...(is.relative2 < was.relative2 ? [`${fewer(was.relative2 - is.relative2, 'layer')} at the right place in the box around`] : []),
    ...(is.textStyle < was.textStyle ? [`${fewer(was.textStyle - is.textStyle, 'text')} in the designed style`] : []),
    ...(is.overflowPx > was.overflowPx + 1
      ? [`the page is ${Math.round(is.overflowPx - was.overflowPx)} px wider than before in a narrow window`]
      : []),
    ...(is.pixels > was.pixels + PIXELS_EQUAL ? [`${percent(is.pixels)} of the pixels differ, ${percent(was.pixels)} before`] : []),
    ...broken.map(({ rule }) => `it breaks the accessibility rule "${rule}"`),
    ...(after.components < before.components ? ['a component falls apart'] : []),
  ]
}
