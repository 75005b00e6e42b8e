/** Who is signed in, and what they may do. The server decides; this only keeps the screen in step with it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Navigate, useLocation } from 'react-router'
import type { Account } from '../../model/account'
import { isAdmin } from '../../model/roles'
import { request } from '../api/client'
import { Page } from '../ui/page'
import { Failure, Skeleton } from '../ui/states'

type Reach = 'all' | 'own' | 'none'
type Action = 'read' | 'create' | 'update' | 'delete'

interface DemoAccount {
  readonly name: string
  readonly email: string
  readonly role: string
  readonly password: string
}

interface Session {
  readonly account: Account | null
  readonly can: Readonly<Record<string, Readonly<Record<Action, Reach>>>>
  readonly demoAccounts: readonly DemoAccount[]
}

export const useSession = () =>
  useQuery({ queryKey: ['session'], queryFn: () => request<Session>('session'), staleTime: 60_000 })

/** After signing in or out everything may look different. */
export function useForgetAll() {
  const queries = useQueryClient()
  return () => queries.resetQueries()
}

/** @param record the record in question, where `owner` rules may apply */
export function useCan(resource: string, record?: { readonly createdById: number | null }) {
  const { data } = useSession()
  const rules = data?.can[resource]
  const allows = (action: Action) =>
    rules?.[action] === 'all' ||
    (rules?.[action] === 'own' &&
      (action === 'create' || !record || (data?.account != null && record.createdById === data.account.id)))
  return { read: allows('read'), create: allows('create'), update: allows('update'), delete: allows('delete') }
}

/** Whether the one who is signed in has one of the roles. */
export function useHasRole() {
  const account = useSession().data?.account
  return (roles: readonly string[]) =>
    roles.includes('everyone') ||
    (account != null &&
      (isAdmin(account.role) || roles.includes(account.role) || roles.includes('signedIn') || roles.includes('owner')))
}

/** Shows a page to those who may read its records; sends a visitor to sign in first. */
export function MayRead({ resource, children }: { readonly resource: string; readonly children: ReactNode }) {
  const session = useSession()
  const { pathname, search } = useLocation()
  if (session.isError) return <Failure error={session.error} onRetry={() => session.refetch()} />
  if (!session.data) return <Skeleton />
  const reach = session.data.can[resource]?.read ?? 'none'
  if (reach !== 'none') return children
  if (!session.data.account) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  return <NotForYou />
}

export function AdminsOnly({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  if (!session.data) return <Skeleton />
  if (!session.data.account) return <Navigate to="/sign-in" replace />
  return isAdmin(session.data.account.role) ? children : <NotForYou />
}

const NotForYou = () => (
  <Page title="Not for your role" isNarrow>
    <p className="text-muted">Your account may not see this page. An administrator can change your role.</p>
  </Page>
)
