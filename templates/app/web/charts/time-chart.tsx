/** Numbers week by week, as columns. The same numbers are in a table for screen readers. */
import { useId } from 'react'
import { formatDate } from '../format'
import { useIsPhone } from '../ui/use-media'

export interface TimePoint {
  /** The Monday of the week. */
  readonly week: string
  readonly value: number
}

interface Props {
  readonly title: string
  readonly points: readonly TimePoint[]
  readonly format?: (value: number) => string
}

const HEIGHT = 180
const AXIS = 22

/** A round number at or above the highest value. */
function ceilingOf(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return [1, 2, 4, 5, 10].map((step) => step * power).find((round) => round >= value) ?? value
}

export function TimeChart({ title, points, format = String }: Props) {
  const titleId = useId()
  const ceiling = Math.max(ceilingOf(Math.max(...points.map(({ value }) => value), 0)), 4)
  const isPhone = useIsPhone()
  const width = isPhone ? 340 : 960
  const step = width / Math.max(points.length, 1)
  const y = (value: number) => (HEIGHT - AXIS) * (1 - value / ceiling)
  return (
    <section className="panel p-5 lg:col-span-2">
      <h2 id={titleId} className="mb-4 font-display font-semibold">
        {title}
      </h2>
      <svg viewBox={`0 -14 ${width} ${HEIGHT + 14}`} className="block w-full" role="img" aria-labelledby={titleId}>
        {[ceiling, ceiling / 2].map((line) => (
          <g key={line}>
            <line x1={0} x2={width} y1={y(line)} y2={y(line)} className="stroke-line" />
            <text x={width} y={y(line) - 4} textAnchor="end" className="fill-muted text-[12px] tabular-nums">
              {format(line)}
            </text>
          </g>
        ))}
        {points.map(({ week, value }, index) => (
          <g key={week}>
            <title>{`${formatDate(week)}: ${format(value)}`}</title>
            <rect x={index * step} y={0} width={step} height={HEIGHT - AXIS} className="fill-transparent" />
            <rect
              x={index * step + step * 0.2}
              y={y(value)}
              width={step * 0.6}
              height={HEIGHT - AXIS - y(value)}
              className="fill-primary"
            />
            {index % (isPhone ? 4 : 2) === 0 && (
              <text x={index * step + step * 0.2} y={HEIGHT - 4} className="fill-muted text-[12px]">
                {formatDate(week)}
              </text>
            )}
          </g>
        ))}
        <line x1={0} x2={width} y1={HEIGHT - AXIS} y2={HEIGHT - AXIS} className="stroke-line-strong" />
      </svg>
      <table className="sr-only">
        <caption>{title}</caption>
        <tbody>
          {points.map(({ week, value }) => (
            <tr key={week}>
              <th scope="row">{formatDate(week)}</th>
              <td>{format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
