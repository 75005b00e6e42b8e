/** Buttons, and links that look like them. */
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link } from 'react-router'
import { Icon, type IconName } from './icon'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

const LOOKS: Record<Look, string> = {
  primary: 'bg-primary text-on-primary hover:bg-primary-hover border-transparent',
  secondary: 'bg-surface text-ink border-line-strong hover:border-ink',
  quiet: 'bg-transparent text-ink border-transparent hover:bg-sunken',
  danger: 'bg-surface text-danger border-line-strong hover:border-danger',
}

const shape = (look: Look, isSmall: boolean) =>
  `inline-flex items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap transition-colors disabled:opacity-50 ${
    isSmall ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-4'
  } ${LOOKS[look]}`

interface Props {
  readonly look?: Look
  readonly icon?: IconName
  readonly isSmall?: boolean
  readonly children: ReactNode
}

export function Button({
  look = 'secondary',
  icon,
  isSmall = false,
  children,
  type = 'button',
  ...rest
}: Props & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) {
  return (
    <button type={type} className={shape(look, isSmall)} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

export function ButtonLink({
  look = 'secondary',
  icon,
  isSmall = false,
  children,
  to,
}: Props & { readonly to: string }) {
  return (
    <Link to={to} className={shape(look, isSmall)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

/** A download, which the router must leave alone. */
export function DownloadLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} download className={shape('secondary', false)}>
      <Icon name="download" />
      {children}
    </a>
  )
}

export function IconButton({
  icon,
  label,
  ...rest
}: { icon: IconName; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="inline-flex size-10 shrink-0 items-center justify-center rounded-control text-muted transition-colors hover:bg-sunken hover:text-ink disabled:opacity-40 aria-[pressed=true]:bg-primary-soft aria-[pressed=true]:text-primary-ink"
      {...rest}
    >
      <Icon name={icon} />
    </button>
  )
}
