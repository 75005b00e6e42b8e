/** The name of a record in a table; a click anywhere in the row follows it. */
import { Link } from 'react-router'

export function TitleLink({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link to={to} className="font-semibold after:absolute after:inset-0 hover:text-primary-ink">
      {children}
    </Link>
  )
}
