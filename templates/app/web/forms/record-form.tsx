/** The frame of a create or edit form: fields, what went wrong, save and cancel. */
import type { FormEvent, ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../ui/button'

interface Props {
  readonly isBusy: boolean
  readonly failure: string | null
  readonly submitLabel: string
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void
  readonly hasCancel?: boolean
  readonly children?: ReactNode
}

export function RecordForm({ isBusy, failure, submitLabel, onSubmit, hasCancel = true, children }: Props) {
  const navigate = useNavigate()
  return (
    <form noValidate onSubmit={onSubmit} className="panel p-5 sm:p-8">
      {failure && (
        <p role="alert" className="mb-6 rounded-control bg-danger-soft px-4 py-3 font-medium text-danger">
          {failure}
        </p>
      )}
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">{children}</div>
      <div className="mt-8 flex gap-2 border-t border-line pt-5">
        <Button type="submit" look="primary" disabled={isBusy}>
          {isBusy ? 'Saving' : submitLabel}
        </Button>
        {hasCancel && (
          <Button look="quiet" onClick={() => navigate(-1)}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  )
}
