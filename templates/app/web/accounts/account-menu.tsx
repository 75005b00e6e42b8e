/** Who is signed in, and the way out; for a visitor the way in. */
import { Link, useNavigate } from 'react-router'
import { roleLabel } from '../../model/roles'
import { request } from '../api/client'
import { IconButton } from '../ui/button'
import { Icon } from '../ui/icon'
import { useForgetAll, useSession } from './session'

export function AccountMenu() {
  const session = useSession()
  const forgetAll = useForgetAll()
  const navigate = useNavigate()
  if (!session.data) return null
  const { account } = session.data
  if (!account) {
    return (
      <Link
        to="/sign-in"
        className="flex min-h-10 items-center gap-3 rounded-control px-2.5 font-medium hover:bg-sunken"
      >
        <Icon name="log-in" size={18} />
        Sign in
      </Link>
    )
  }
  return (
    <div className="flex items-center gap-3 py-1 pl-2.5">
      <div className="mr-auto min-w-0">
        <p className="truncate text-sm font-semibold">{account.name}</p>
        <p className="truncate text-[0.8125rem] text-muted">{roleLabel(account.role)}</p>
      </div>
      <IconButton
        icon="log-out"
        label="Sign out"
        onClick={async () => {
          await request('session/sign-out', { method: 'POST' })
          await forgetAll()
          navigate('/')
        }}
      />
    </div>
  )
}
