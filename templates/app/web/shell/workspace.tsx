/** The frame of a tool: navigation at the side, on a phone behind a menu button. */
import { type ReactNode, useEffect, useRef } from 'react'
import { NavLink, useLocation } from 'react-router'
import { appName } from '../config'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { Brand } from './brand'
import type { NavigationItem } from './navigation'

interface Props {
  readonly items: readonly NavigationItem[]
  /** Who is signed in, at the foot of the navigation. */
  readonly account?: ReactNode
  readonly children: ReactNode
}

export function Workspace({ items, account, children }: Props) {
  const menu = useRef<HTMLDialogElement>(null)
  const { pathname } = useLocation()

  // Following a link closes the menu and starts the next page at its top.
  useEffect(() => {
    menu.current?.close()
    scrollTo(0, 0)
  }, [pathname])

  const navigation = (
    <>
      <nav aria-label="Main" className="grid gap-0.5">
        {items.map((item) => (
          <Entry key={item.to} {...item} />
        ))}
      </nav>
      <div className="mt-auto grid gap-0.5 pt-6">
        <Entry to="/settings" label="Settings" icon="settings" />
        {account}
      </div>
    </>
  )

  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r border-line px-3 py-5 lg:flex">
        <div className="mb-6 px-2.5">
          <Brand />
        </div>
        {navigation}
      </aside>
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b border-line bg-canvas pr-2 pl-4 lg:hidden">
        <Brand />
        <IconButton icon="menu" label="Open menu" onClick={() => menu.current?.showModal()} />
      </header>
      <dialog
        ref={menu}
        aria-label="Menu"
        className="m-0 mr-0 ml-auto h-dvh max-h-none w-[min(19rem,86vw)] border-l border-line bg-canvas text-ink"
        onClick={(event) => event.target === menu.current && menu.current.close()}
      >
        <div className="flex min-h-full flex-col px-3 py-3">
          <div className="mb-3 flex items-center justify-between pl-2.5">
            <span className="font-display font-semibold">{appName}</span>
            <IconButton icon="x" label="Close menu" onClick={() => menu.current?.close()} />
          </div>
          {navigation}
        </div>
      </dialog>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
    </div>
  )
}

function Entry({ to, label, icon }: NavigationItem) {
  return (
    <NavLink
      to={to}
      end={to === '/'}
      className={({ isActive }) =>
        `flex min-h-10 items-center gap-3 rounded-control px-2.5 font-medium transition-colors ${
          isActive ? 'bg-primary text-on-primary' : 'hover:bg-sunken'
        }`
      }
    >
      <Icon name={icon} size={18} />
      {label}
    </NavLink>
  )
}

export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-primary focus:px-4 focus:py-2 focus:text-on-primary"
    >
      Skip to content
    </a>
  )
}
