/** The frame of a public site: navigation at the top, the essentials again at the foot. */
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, NavLink, useLocation } from 'react-router'
import { appName, tagline } from '../config'
import { IconButton } from '../ui/button'
import { Brand } from './brand'
import type { NavigationItem } from './navigation'
import { SkipLink } from './workspace'

interface Props {
  readonly items: readonly NavigationItem[]
  readonly account?: ReactNode
  readonly children: ReactNode
}

export function Site({ items, account, children }: Props) {
  const menu = useRef<HTMLDialogElement>(null)
  const { pathname } = useLocation()

  // Following a link closes the menu and starts the next page at its top.
  useEffect(() => {
    menu.current?.close()
    scrollTo(0, 0)
  }, [pathname])

  const links = items.map(({ to, label }) => (
    <NavLink
      key={to}
      to={to}
      end={to === '/'}
      className={({ isActive }) =>
        `rounded-control px-3 py-2 font-medium transition-colors ${isActive ? 'bg-primary text-on-primary' : 'hover:bg-sunken'}`
      }
    >
      {label}
    </NavLink>
  ))

  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b border-line bg-canvas">
        <div className="mx-auto flex h-16 max-w-7xl items-center justify-between gap-6 px-4 sm:px-8">
          <Brand />
          <nav aria-label="Main" className="hidden items-center gap-1 lg:flex">
            {links}
            {account}
          </nav>
          <span className="lg:hidden">
            <IconButton icon="menu" label="Open menu" onClick={() => menu.current?.showModal()} />
          </span>
        </div>
      </header>
      <dialog
        ref={menu}
        aria-label="Menu"
        className="m-0 mr-0 ml-auto h-dvh max-h-none w-[min(19rem,86vw)] border-l border-line bg-canvas p-3 text-ink"
        onClick={(event) => event.target === menu.current && menu.current.close()}
      >
        <div className="mb-2 flex justify-end">
          <IconButton icon="x" label="Close menu" onClick={() => menu.current?.close()} />
        </div>
        <nav aria-label="Main" className="grid gap-1 text-lg">
          {links}
          {account}
        </nav>
      </dialog>
      <main id="main" tabIndex={-1} className="grow outline-none">
        {children}
      </main>
      <footer className="mt-16 border-t border-line">
        <div className="mx-auto grid max-w-7xl gap-8 px-4 py-10 sm:grid-cols-[1fr_auto] sm:px-8">
          <div className="max-w-sm">
            <p className="font-display font-semibold">{appName}</p>
            <p className="mt-1 text-muted">{tagline}</p>
          </div>
          <nav aria-label="Foot" className="flex flex-wrap gap-x-6 gap-y-2 text-sm text-muted">
            {items.map(({ to, label }) => (
              <Link key={to} to={to} className="hover:text-ink">
                {label}
              </Link>
            ))}
            <Link to="/settings" className="hover:text-ink">
              Settings
            </Link>
          </nav>
        </div>
      </footer>
    </div>
  )
}
