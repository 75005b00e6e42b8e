/** A choice as a label with a sign of its own: colour is never the only difference. */
import type { Choice, Tone } from '../../model/fields'

const LOOKS: Record<Tone, string> = {
  neutral: 'bg-neutral-soft text-neutral',
  info: 'bg-info-soft text-info',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
}

const SIGNS: Record<Tone, string> = {
  neutral: 'M6 2.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7Z',
  info: 'M6 2.5a3.5 3.5 0 1 0 0 7V2.5Z',
  success: 'm2.5 6.5 2.5 2.5 4.5-5.5',
  warning: 'M6 2.5 10 9.5H2Z',
  danger: 'M6 2 10 6 6 10 2 6Z',
}

export function ToneSign({ tone }: { readonly tone: Tone }) {
  const isFilled = tone === 'info' || tone === 'danger'
  return (
    <svg
      viewBox="0 0 12 12"
      className="size-3 shrink-0"
      fill={isFilled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={SIGNS[tone]} />
    </svg>
  )
}

export function ChoiceBadge({
  choices,
  value,
}: {
  readonly choices: readonly Choice[]
  readonly value: string | null
}) {
  const choice = choices.find((candidate) => candidate.value === value)
  if (!choice) return <Nothing />
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-badge px-2 py-0.5 text-[0.8125rem] font-medium whitespace-nowrap ${LOOKS[choice.tone]}`}
    >
      <ToneSign tone={choice.tone} />
      {choice.label}
    </span>
  )
}

/** Where a value was left empty. */
export function Nothing() {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">empty</span>
    </span>
  )
}
