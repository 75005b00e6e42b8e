/** How many records are in each state: labelled bars that say their number. */
import type { Choice } from '../../model/fields'
import { ToneSign } from '../ui/badge'

interface Props {
  readonly title: string
  readonly choices: readonly Choice[]
  readonly counts: Readonly<Record<string, number>>
}

const FILLS: Record<Choice['tone'], string> = {
  neutral: 'fill-neutral',
  info: 'fill-info',
  success: 'fill-success',
  warning: 'fill-warning',
  danger: 'fill-danger',
}

export function ShareChart({ title, choices, counts }: Props) {
  const most = Math.max(...choices.map(({ value }) => counts[value] ?? 0), 1)
  return (
    <section className="panel p-5">
      <h2 className="mb-4 font-display font-semibold">{title}</h2>
      <ul className="grid gap-3">
        {choices.map(({ value, label, tone }) => {
          const count = counts[value] ?? 0
          return (
            <li key={value}>
              <div className="mb-1 flex items-center gap-2 text-sm">
                <ToneSign tone={tone} />
                {label}
                <span className="ml-auto font-semibold tabular-nums">{count}</span>
              </div>
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="block h-1.5 w-full" aria-hidden="true">
                <rect width="100" height="6" className="fill-sunken" />
                <rect width={(count / most) * 100} height="6" className={FILLS[tone]} />
              </svg>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
