/** The frame of a page: its title for eye and browser tab, its actions, its body. */
import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import { appName } from '../config'
import { Icon } from './icon'

interface Props {
  readonly title: string
  readonly lead?: ReactNode
  readonly back?: { readonly to: string; readonly label: string }
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Forms and texts read better in a narrow column. */
  readonly isNarrow?: boolean
}

export function Page({ title, lead, back, actions, children, isNarrow = false }: Props) {
  useEffect(() => {
    document.title = `${title} · ${appName}`
  }, [title])
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-6 sm:px-8 sm:py-9">
      <div className={isNarrow ? 'max-w-3xl' : ''}>
        {back && (
          <Link to={back.to} className="-ml-1 mb-3 inline-flex items-center gap-1 text-sm text-muted hover:text-ink">
            <Icon name="chevron-left" />
            {back.label}
          </Link>
        )}
        <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
          <div className="min-w-0">
            <h1 className="font-display text-[1.75rem] leading-tight font-semibold tracking-[-0.02em] break-words sm:text-[2rem]">
              {title}
            </h1>
            {lead && <div className="mt-1.5 text-muted">{lead}</div>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}
