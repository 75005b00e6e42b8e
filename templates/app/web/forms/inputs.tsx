/** A field for each kind of value. */
import type { HTMLInputTypeAttribute, InputHTMLAttributes } from 'react'
import type { Choice } from '../../model/fields'
import { currency } from '../config'
import { Picture } from '../ui/values'
import { asString, Field, type FieldProps } from './field'

interface InputProps extends FieldProps {
  readonly type?: HTMLInputTypeAttribute
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode']
  readonly maxLength?: number
  readonly autoComplete?: string
  readonly unit?: string
}

export function TextField({ type = 'text', inputMode, maxLength, autoComplete, unit, ...field }: InputProps) {
  return (
    <Field {...field}>
      {(control) => (
        <span className="relative block">
          <input
            {...control}
            type={type}
            inputMode={inputMode}
            maxLength={maxLength}
            autoComplete={autoComplete}
            className={`control ${unit ? 'pr-14 tabular-nums' : ''}`}
            value={asString(field.value)}
            onChange={(event) => field.onChange(event.target.value)}
          />
          {unit && (
            <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-sm text-muted">
              {unit}
            </span>
          )}
        </span>
      )}
    </Field>
  )
}

export const EmailField = (props: FieldProps) => <TextField type="email" autoComplete="email" {...props} />
export const PhoneField = (props: FieldProps) => <TextField type="tel" autoComplete="tel" {...props} />
export const LinkField = (props: FieldProps) => <TextField type="url" inputMode="url" {...props} />
export const DateField = (props: FieldProps) => <TextField type="date" {...props} />
export const TimeField = (props: FieldProps) => <TextField type="time" {...props} />
export const DateTimeField = (props: FieldProps) => <TextField type="datetime-local" {...props} />
export const MoneyField = (props: FieldProps) => <TextField inputMode="decimal" unit={currency} {...props} />
export const NumberField = (props: FieldProps & { readonly unit?: string }) => (
  <TextField inputMode="decimal" {...props} />
)

export function LongTextField({ maxLength, ...field }: FieldProps & { readonly maxLength?: number }) {
  return (
    <Field {...field} isWide>
      {(control) => (
        <textarea
          {...control}
          rows={4}
          maxLength={maxLength}
          className="control field-sizing-content min-h-28 resize-y"
          value={asString(field.value)}
          onChange={(event) => field.onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export function ChoiceField({ choices, ...field }: FieldProps & { readonly choices: readonly Choice[] }) {
  return (
    <Field {...field}>
      {(control) => (
        <select
          {...control}
          className="control picker"
          value={asString(field.value)}
          onChange={(event) => field.onChange(event.target.value)}
        >
          <option value="">{field.isRequired ? 'Please choose' : 'None'}</option>
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function YesNoField(field: FieldProps) {
  return (
    <div className="grid content-start gap-1.5 sm:pt-7">
      <label className="flex min-h-10 items-center gap-3">
        <input
          type="checkbox"
          name={field.name}
          className="size-5"
          checked={field.value === true}
          onChange={(event) => field.onChange(event.target.checked)}
        />
        <span>
          <span className="font-medium">{field.label}</span>
          {field.help && <span className="block text-sm text-muted">{field.help}</span>}
        </span>
      </label>
      {field.error && <p className="text-sm font-medium text-danger">{field.error}</p>}
    </div>
  )
}

export function RatingField({ max = 5, ...field }: FieldProps & { readonly max?: number }) {
  if (max > 10) return <NumberField {...field} />
  return (
    <fieldset className="grid content-start gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">
        {field.label}
        {!field.isRequired && <span className="ml-1.5 font-normal text-muted">optional</span>}
      </legend>
      <div className="flex min-h-10 flex-wrap items-center gap-1">
        {Array.from({ length: max }, (_, index) => index + 1).map((stars) => (
          <label
            key={stars}
            className="inline-flex size-10 cursor-pointer items-center justify-center rounded-control border border-line-strong tabular-nums has-checked:border-primary has-checked:bg-primary has-checked:text-on-primary has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary-ink"
          >
            <input
              type="radio"
              name={field.name}
              className="sr-only"
              checked={Number(field.value) === stars}
              onChange={() => field.onChange(stars)}
            />
            <span className="sr-only">{`${stars} of ${max}`}</span>
            <span aria-hidden="true">{stars}</span>
          </label>
        ))}
        {!field.isRequired && field.value != null && (
          <button type="button" className="ml-2 text-sm text-muted underline" onClick={() => field.onChange(null)}>
            Clear
          </button>
        )}
      </div>
      {(field.error || field.help) && (
        <p className={`text-sm ${field.error ? 'font-medium text-danger' : 'text-muted'}`}>
          {field.error ?? field.help}
        </p>
      )}
    </fieldset>
  )
}

export function ColourField(field: FieldProps) {
  const value = asString(field.value)
  return (
    <Field {...field}>
      {(control) => (
        <span className="flex gap-2">
          <input
            type="color"
            aria-label={`Pick ${field.label}`}
            className="h-10 w-12 shrink-0 rounded-control border border-line-strong bg-surface p-1"
            value={/^#[0-9a-f]{6}$/i.test(value) ? value : '#888888'}
            onChange={(event) => field.onChange(event.target.value)}
          />
          <input
            {...control}
            className="control tabular-nums"
            placeholder="#4f7a5b"
            value={value}
            onChange={(event) => field.onChange(event.target.value)}
          />
        </span>
      )}
    </Field>
  )
}

export function ImageField(field: FieldProps) {
  const value = asString(field.value)
  return (
    <Field {...field} isWide>
      {(control) => (
        <span className="flex items-start gap-3">
          <Picture src={value || null} className="h-20 w-28 shrink-0 rounded-control" />
          <input
            {...control}
            inputMode="url"
            className="control"
            placeholder="https://"
            value={value}
            onChange={(event) => field.onChange(event.target.value)}
          />
        </span>
      )}
    </Field>
  )
}
