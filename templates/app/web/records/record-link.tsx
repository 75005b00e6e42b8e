/** The way to a record that another one refers to. */
import { Link } from 'react-router'
import type { Named } from '../../model/fields'
import { Nothing } from '../ui/badge'

export function RecordLink({ resource, record }: { readonly resource: string; readonly record: Named | null }) {
  if (!record) return <Nothing />
  return (
    <Link
      to={`/${resource}/${record.id}`}
      className="text-primary-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
    >
      {record.title}
    </Link>
  )
}
