/** The state of a form that is checked by a Zod schema, the same one that the server uses. */
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { ApiError, messageOf } from '../api/client'

export interface FieldState {
  readonly name: string
  readonly value: unknown
  readonly error: string | undefined
  onChange(value: unknown): void
}

type Values = Record<string, unknown>
type Errors = Readonly<Record<string, string>>

export function useForm<Schema extends z.ZodObject>(schema: Schema, initial: object) {
  type Name = keyof z.infer<Schema> & string
  const [values, setValues] = useState<Values>({ ...initial })
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  function errorsOf(candidate: Values): Errors {
    const issues = schema.safeParse(candidate).error?.issues ?? []
    return Object.fromEntries(issues.toReversed().map((issue) => [String(issue.path[0]), issue.message]))
  }

  function field(name: Name): FieldState {
    return {
      name,
      value: values[name],
      error: errors[name],
      onChange(value) {
        const next = { ...values, [name]: value }
        setValues(next)
        // A field that was marked is checked again while it is being put right.
        if (errors[name]) setErrors(({ [name]: _, ...rest }) => ({ ...rest, ...pick(errorsOf(next), name) }))
      },
    }
  }

  function submit(save: (values: z.output<Schema>) => Promise<unknown>) {
    return async (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      const form = event.currentTarget
      const result = schema.safeParse(values)
      if (!result.success) {
        setErrors(errorsOf(values))
        focusFirstError(form)
        return
      }
      setBusy(true)
      setErrors({})
      setFailure(null)
      try {
        await save(result.data)
      } catch (error) {
        setFailure(messageOf(error))
        if (error instanceof ApiError) setErrors(error.fields)
        focusFirstError(form)
      } finally {
        setBusy(false)
      }
    }
  }

  return { field, submit, failure, isBusy, reset: () => setValues({ ...initial }) }
}

const pick = (errors: Errors, name: string): Errors => (errors[name] ? { [name]: errors[name] } : {})

/** After React has marked the fields. */
function focusFirstError(form: HTMLFormElement) {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
