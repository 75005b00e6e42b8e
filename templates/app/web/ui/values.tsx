/** Values that need more than text: images, links, ratings, colours. */
import { useState } from 'react'
import { Icon } from './icon'
import { Nothing } from './badge'

export function Picture({
  src,
  alt = '',
  className = '',
}: {
  readonly src: string | null
  readonly alt?: string
  readonly className?: string
}) {
  const [failed, setFailed] = useState<string | null>(null)
  if (!src || failed === src) {
    return (
      <span className={`flex items-center justify-center bg-sunken text-muted ${className}`}>
        <Icon name="image" size={22} />
        {alt && <span className="sr-only">{alt}</span>}
      </span>
    )
  }
  return (
    <img
      src={src}
      alt={alt}
      loading="lazy"
      className={`bg-sunken object-cover ${className}`}
      onError={() => setFailed(src)}
    />
  )
}

export function Rating({ value, max = 5 }: { readonly value: number | null; readonly max?: number }) {
  if (value === null) return <Nothing />
  if (max > 10) return <span className="tabular-nums">{`${value} of ${max}`}</span>
  return (
    <span className="inline-flex gap-0.5" role="img" aria-label={`${value} of ${max} stars`}>
      {Array.from({ length: max }, (_, star) => (
        <svg key={star} viewBox="0 0 24 24" className="size-4 text-primary-ink" aria-hidden="true">
          <path
            d="M12 2.5l2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.1-5.9 3.1 1.2-6.5L2.5 9.4l6.6-.9z"
            fill={star < value ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth={1.5}
            strokeLinejoin="round"
          />
        </svg>
      ))}
    </span>
  )
}

export function ColourValue({ value }: { readonly value: string | null }) {
  if (!value) return <Nothing />
  return (
    <span className="inline-flex items-center gap-2 tabular-nums">
      <span className="size-4 rounded-badge border border-line-strong" style={{ background: value }} />
      {value}
    </span>
  )
}

export function OutsideLink({ href, children }: { readonly href: string; readonly children: string }) {
  const isWeb = /^https?:/.test(href)
  return (
    <a
      href={href}
      className="text-primary-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
      {...(isWeb ? { target: '_blank', rel: 'noreferrer' } : {})}
    >
      {children}
    </a>
  )
}

export const YesNo = ({ value }: { readonly value: boolean }) => (
  <span className="inline-flex items-center gap-1.5">
    <Icon name={value ? 'check' : 'x'} />
    {value ? 'Yes' : 'No'}
  </span>
)
