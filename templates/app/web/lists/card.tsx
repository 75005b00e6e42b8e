/** A record as a card: what it is, how it stands, and two or three facts. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Picture } from '../ui/values'

interface Props {
  readonly to: string
  readonly title: string
  readonly badge?: ReactNode
  readonly image?: string | null
  readonly hasImage?: boolean
  readonly text?: string | null
  readonly children?: ReactNode
}

export function Card({ to, title, badge, image, hasImage = false, text, children }: Props) {
  return (
    <article className="panel relative flex h-full flex-col overflow-hidden transition-colors hover:border-ink">
      {hasImage && <Picture src={image ?? null} className="aspect-[4/3] w-full" />}
      <div className="flex grow flex-col gap-2 p-4">
        <div className="flex items-start justify-between gap-3">
          <h2 className="font-display text-[1.0625rem] leading-snug font-semibold">
            <Link to={to} className="after:absolute after:inset-0">
              {title}
            </Link>
          </h2>
          {badge}
        </div>
        {text && <p className="line-clamp-3 text-muted">{text}</p>}
        {children && <dl className="mt-auto grid gap-1 pt-2 text-sm">{children}</dl>}
      </div>
    </article>
  )
}

export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="truncate text-right">{children}</dd>
    </div>
  )
}
