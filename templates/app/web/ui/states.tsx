/** What a page shows while it loads, when nothing is there, and when something failed. */
import { type ReactNode, useEffect, useState } from 'react'
import { messageOf } from '../api/client'
import { Button } from './button'
import { Icon, type IconName } from './icon'

const SKELETON_AFTER_MS = 250

/** Grey lines in place of content, only when loading takes long enough to notice. */
export function Skeleton({ lines = 5 }: { readonly lines?: number }) {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" className={`grid gap-4 py-4 transition-opacity ${isShown ? '' : 'opacity-0'}`}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, line) => (
        <div
          key={line}
          className="h-5 animate-pulse rounded-control bg-sunken"
          style={{ width: `${92 - ((line * 17) % 40)}%` }}
        />
      ))}
    </div>
  )
}

interface EmptyProps {
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
}

export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
      <span className="inline-flex size-12 items-center justify-center rounded-panel bg-primary-soft text-primary-ink">
        <Icon name={icon} size={22} />
      </span>
      <p className="font-display text-lg font-semibold">{title}</p>
      <div className="max-w-sm text-muted">{children}</div>
    </div>
  )
}

export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-panel border border-danger bg-danger-soft px-4 py-3 text-danger"
    >
      <Icon name="triangle-alert" />
      <p className="grow">{messageOf(error)}</p>
      {onRetry && (
        <Button isSmall onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** A page whose record is still on its way. */
export const LoadingPage = () => (
  <div className="mx-auto max-w-7xl px-4 py-9 sm:px-8">
    <Skeleton lines={8} />
  </div>
)

/** A page whose record could not be read. */
export const LoadFailure = ({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) => (
  <div className="mx-auto max-w-7xl px-4 py-9 sm:px-8">
    <Failure error={error} onRetry={onRetry} />
  </div>
)
