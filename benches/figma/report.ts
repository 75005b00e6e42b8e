/** Adds the cases of a suite up and prints them beside the peers. */
import { addScores } from '../../packages/figma/src/measure/score.ts'
import type { CaseMeasures } from './measure-case.ts'
import { PEERS } from './peers.ts'

/** Shares are 0..1; `pixel` and `ssim` are means over the cases with a reference; null where nothing could be measured. */
export interface SuiteMeasures {
  readonly within2: number | null
  readonly autoLayout2: number | null
  readonly relative2: number | null
  readonly textStyle: number | null
  readonly pixel: number | null
  readonly ssim: number | null
  /** Share of pages wider than their window at 80 % of the width. */
  readonly overflow80: number | null
  readonly bytesPerNode: number | null
  readonly arbitraryPer100: number | null
  /** Share of measured elements that stand absolute. */
  readonly absolute: number | null
}

const share = (part: number, whole: number) => (whole ? part / whole : null)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]) =>
  share(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
const defined = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined)
const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10_000) / 10_000)

export function sumUp(cases: readonly CaseMeasures[]): SuiteMeasures {
  const total = addScores(cases.map((one) => one.score))
  const visible = cases.reduce((sum, one) => sum + one.visibleCount, 0)
  const measures = {
    within2: share(total.within2, total.nodes),
    autoLayout2: share(total.autoLayout2, total.autoLayoutNodes),
    relative2: share(total.relative2, total.nodes),
    textStyle: share(total.textStyle, total.styled),
    pixel: mean(defined(cases.map((one) => one.pixel))),
    ssim: mean(defined(cases.map((one) => one.ssim))),
    overflow80: share(cases.filter((one) => one.overflowPx > 2).length, cases.length),
    bytesPerNode: share(
      cases.reduce((sum, one) => sum + one.codeBytes, 0),
      visible,
    ),
    arbitraryPer100: share(100 * cases.reduce((sum, one) => sum + one.arbitraryCount, 0), visible),
    absolute: share(total.absolute, total.found),
  }
  return Object.fromEntries(Object.entries(measures).map(([key, value]) => [key, rounded(value)])) as unknown as SuiteMeasures
}

const percent = (value: number | null | undefined, digits = 1) => (typeof value === 'number' ? (100 * value).toFixed(digits) : '-')
const plain = (value: number | null | undefined, digits: number) => (typeof value === 'number' ? value.toFixed(digits) : '-')

const HEADS = [
  '',
  'within 2',
  'auto layout',
  'relative',
  'text style',
  'pixel %',
  'SSIM',
  'overflow 80',
  'bytes/node',
  'arbitrary/100',
  'absolute',
]

const rowOf = (name: string, measures: Partial<SuiteMeasures>) => [
  name,
  percent(measures.within2),
  percent(measures.autoLayout2),
  percent(measures.relative2),
  percent(measures.textStyle),
  percent(measures.pixel, 2),
  plain(measures.ssim, 3),
  percent(measures.overflow80, 0),
  plain(measures.bytesPerNode, 0),
  plain(measures.arbitraryPer100, 0),
  percent(measures.absolute),
]

function printTable(rows: readonly (readonly string[])[]): string {
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => row.map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  '))
    .join('\n')
}

/** All cases together, as the last suite, where there is more than one. */
export function withOverall(suites: ReadonlyMap<string, readonly CaseMeasures[]>): Map<string, readonly CaseMeasures[]> {
  const all = [...suites.values()].flat()
  return suites.size > 1 ? new Map([...suites, ['overall', all]]) : new Map(suites)
}

/** One table per suite, ours first, then what the peers gave on the same suite. */
export function printSuites(suites: ReadonlyMap<string, readonly CaseMeasures[]>): string {
  return [...suites]
    .map(([suite, cases]) => {
      const total = addScores(cases.map((one) => one.score))
      const pictures = cases.filter((one) => one.pixel !== undefined).length
      const peers = (PEERS[suite] ?? []).map((peer) => rowOf(peer.tool, peer))
      const lines = [
        `${suite}: ${cases.length} cases, ${total.nodes} nodes, ${pictures} with Figma's render`,
        printTable([HEADS, rowOf('Slipway', sumUp(cases)), ...peers]),
        `found ${percent(share(total.found, total.nodes))}  within 1 px ${percent(share(total.within1, total.nodes))}  text ${percent(share(total.text2, total.texts))}  vectors ${percent(share(total.vector2, total.vectors))}  placed by the design itself ${percent(share(total.placedByDesign, total.nodes))}`,
        `text style: size ${percent(share(total.fontSize, total.styled))}  weight ${percent(share(total.fontWeight, total.styled))}  line height ${percent(share(total.lineHeight, total.styled))}  letter spacing ${percent(share(total.letterSpacing, total.styled))}  colour ${percent(share(total.colour, total.styled))}  words ${percent(share(total.sameText, total.styled))}`,
      ]
      const resize = (key: 'narrow' | 'wide') =>
        `${percent(share(sum(cases.map((one) => one[key].agreeing)), sum(cases.map((one) => one[key].comparable))))} (${sum(cases.map((one) => one[key].comparable))} nodes)`
      lines.push(
        `resize oracle: at 0.8 ${resize('narrow')}  at 1.25 ${resize('wide')}  beyond the edge at 0.8: ${sum(cases.map((one) => one.beyondEdge))} nodes`,
      )
      const pasted = sum(cases.map(({ components }) => components.pasted))
      lines.push(
        `components pasted more than twice: ${pasted} of ${sum(cases.map(({ components }) => components.repeated))} used more than twice`,
      )
      const broken = cases.flatMap((one) => one.axe)
      const rules = [...new Set(broken)].toSorted().map((rule) => `${rule} ${broken.filter((each) => each === rule).length}`)
      lines.push(
        `axe: ${cases.filter((one) => one.axe.length > 0).length} of ${cases.length} pages break a rule${rules.length ? `: ${rules.join(', ')}` : ''}`,
      )
      return lines.join('\n')
    })
    .join('\n\n')
}
