/** The values of a record, label beside value. */
import type { ReactNode } from 'react'

export function Details({ children }: { readonly children: ReactNode }) {
  return <dl className="panel grid px-5 sm:px-8">{children}</dl>
}

export function Detail({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-6 border-b border-line py-3.5 last:border-0 sm:grid-cols-[11rem_1fr]">
      <dt className="text-sm leading-6 text-muted">{label}</dt>
      <dd className="min-w-0 break-words whitespace-pre-line">{children}</dd>
    </div>
  )
}

/** Main values at the left, what belongs to them at the right. */
export function Columns({ children }: { readonly children: ReactNode }) {
  return <div className="grid items-start gap-6 *:min-w-0 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">{children}</div>
}
