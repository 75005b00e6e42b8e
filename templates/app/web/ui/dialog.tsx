/** A question that must be answered before something cannot be taken back. */
import { useEffect, useRef } from 'react'
import { Button } from './button'

interface Props {
  readonly title: string
  readonly message: string
  readonly confirmLabel: string
  onConfirm(): void
  onCancel(): void
}

export function ConfirmDialog({ title, message, confirmLabel, onConfirm, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      className="w-[min(28rem,calc(100vw-2rem))] rounded-panel border border-line bg-surface p-6 text-ink"
      onCancel={onCancel}
    >
      <h2 id="dialog-title" className="font-display text-lg font-semibold">
        {title}
      </h2>
      <p className="mt-2 text-muted">{message}</p>
      <div className="mt-6 flex justify-end gap-2">
        <Button onClick={onCancel}>Keep it</Button>
        <Button look="danger" onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </dialog>
  )
}
