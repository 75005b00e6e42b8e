/** What all fields share: label, hint, error, and how they are tied together for screen readers. */
import { type ReactNode, useId } from 'react'
import type { FieldState } from './use-form'

export interface FieldProps extends FieldState {
  readonly label: string
  readonly help?: string
  readonly isRequired?: boolean
}

interface ControlProps {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string | undefined
  readonly 'aria-required': boolean
}

interface Props extends FieldProps {
  readonly isWide?: boolean
  readonly children: (control: ControlProps) => ReactNode
}

export function Field({ name, label, help, error, isRequired = false, isWide = false, children }: Props) {
  const id = useId()
  const noteId = `${id}-note`
  const control: ControlProps = {
    id,
    name,
    'aria-invalid': error !== undefined,
    'aria-describedby': error || help ? noteId : undefined,
    'aria-required': isRequired,
  }
  return (
    <div className={`grid content-start gap-1.5 ${isWide ? 'sm:col-span-2' : ''}`}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {!isRequired && <span className="ml-1.5 font-normal text-muted">optional</span>}
      </label>
      {children(control)}
      {(error || help) && (
        <p id={noteId} className={`text-sm ${error ? 'font-medium text-danger' : 'text-muted'}`}>
          {error ?? help}
        </p>
      )}
    </div>
  )
}

export const asString = (value: unknown) => (value == null ? '' : String(value))
