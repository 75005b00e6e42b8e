/** Sign in and sign up. With example data the accounts to try are listed, one click each. */
import { useState } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { SignIn, SignUp } from '../../model/account'
import { roleDescription, roleLabel } from '../../model/roles'
import { messageOf, request } from '../api/client'
import { RecordForm } from '../forms/record-form'
import { EmailField, TextField } from '../forms/inputs'
import { useForm } from '../forms/use-form'
import { Icon } from '../ui/icon'
import { Page } from '../ui/page'
import { useForgetAll, useSession } from './session'

/** Only addresses of this app: a link must not lead a person who signs in elsewhere. */
const safe = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/')

export function SignInPage() {
  const [params] = useSearchParams()
  const session = useSession()
  const forgetAll = useForgetAll()
  const form = useForm(SignIn, {})
  if (session.data?.account) return <Navigate to={safe(params.get('next'))} replace />
  const enter = async (values: SignIn) => {
    await request('session/sign-in', { method: 'POST', body: values })
    await forgetAll()
  }
  return (
    <Page title="Sign in" isNarrow lead="Welcome back.">
      <div className="grid gap-6">
        <DemoAccounts onChoose={enter} />
        <RecordForm {...form} submitLabel="Sign in" hasCancel={false} onSubmit={form.submit(enter)}>
          <EmailField {...form.field('email')} label="E-mail" isRequired />
          <TextField
            {...form.field('password')}
            label="Password"
            type="password"
            autoComplete="current-password"
            isRequired
          />
        </RecordForm>
        <p className="text-muted">
          No account yet?{' '}
          <Link to={`/sign-up?${params}`} className="text-primary-ink underline underline-offset-3">
            Create one
          </Link>
        </p>
      </div>
    </Page>
  )
}

export function SignUpPage() {
  const [params] = useSearchParams()
  const session = useSession()
  const forgetAll = useForgetAll()
  const form = useForm(SignUp, {})
  if (session.data?.account) return <Navigate to={safe(params.get('next'))} replace />
  return (
    <Page title="Create an account" isNarrow>
      <div className="grid gap-6">
        <RecordForm
          {...form}
          submitLabel="Create account"
          hasCancel={false}
          onSubmit={form.submit(async (values) => {
            await request('session/sign-up', { method: 'POST', body: values })
            await forgetAll()
          })}
        >
          <TextField {...form.field('name')} label="Name" autoComplete="name" isRequired />
          <EmailField {...form.field('email')} label="E-mail" isRequired />
          <TextField
            {...form.field('password')}
            label="Password"
            type="password"
            autoComplete="new-password"
            help="At least 8 characters."
            isRequired
          />
        </RecordForm>
        <p className="text-muted">
          Already have one?{' '}
          <Link to={`/sign-in?${params}`} className="text-primary-ink underline underline-offset-3">
            Sign in
          </Link>
        </p>
      </div>
    </Page>
  )
}

function DemoAccounts({ onChoose }: { readonly onChoose: (values: SignIn) => Promise<void> }) {
  const [failure, setFailure] = useState<string | null>(null)
  const accounts = useSession().data?.demoAccounts ?? []
  if (accounts.length === 0) return null
  return (
    <section className="panel overflow-hidden">
      <h2 className="px-5 pt-4 pb-2 font-display font-semibold">Try it as</h2>
      <ul className="divide-y divide-line">
        {accounts.map(({ name, email, role, password }) => (
          <li key={email}>
            <button
              type="button"
              className="flex w-full items-center gap-4 px-5 py-3 text-left transition-colors hover:bg-sunken"
              onClick={() => onChoose({ email, password }).catch((error: unknown) => setFailure(messageOf(error)))}
            >
              <span className="min-w-0 grow">
                <span className="block font-medium">{roleLabel(role)}</span>
                <span className="block text-sm text-muted">{roleDescription(role) || name}</span>
              </span>
              <Icon name="arrow-right" />
            </button>
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-5 py-3 text-sm text-muted">
        Example accounts; they are here because the app runs with example data.
      </p>
      {failure && (
        <p role="alert" className="px-5 pb-3 text-sm text-danger">
          {failure}
        </p>
      )}
    </section>
  )
}
