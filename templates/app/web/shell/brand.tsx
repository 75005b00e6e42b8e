/** The name of the app, with its initial as a mark. */
import { Link } from 'react-router'
import { appName } from '../config'

export function Brand() {
  return (
    <Link
      to="/"
      className="flex min-w-0 items-center gap-2.5 font-display text-[1.0625rem] font-semibold tracking-[-0.01em]"
    >
      <span
        aria-hidden="true"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-control bg-primary text-on-primary"
      >
        {[...appName][0]?.toUpperCase()}
      </span>
      <span className="truncate">{appName}</span>
    </Link>
  )
}
