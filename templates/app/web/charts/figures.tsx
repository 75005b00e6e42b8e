/** The few numbers that matter, side by side. */
import { Link } from 'react-router'

export interface Figure {
  readonly label: string
  readonly value: string
  readonly note?: string
  readonly to: string
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <ul className="mb-6 grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
      {figures.map(({ label, value, note, to }) => (
        <li
          key={label}
          className="relative bg-surface px-5 py-4 transition-colors last:odd:col-span-2 hover:bg-sunken sm:last:odd:col-span-1"
        >
          <Link to={to} className="text-sm text-muted after:absolute after:inset-0">
            {label}
          </Link>
          <p className="mt-1 font-display text-3xl leading-none font-semibold tracking-[-0.02em] tabular-nums">
            {value}
          </p>
          {note && <p className="mt-1.5 text-sm text-muted">{note}</p>}
        </li>
      ))}
    </ul>
  )
}
