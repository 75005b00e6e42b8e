/** Short messages at the edge of the screen, with one action where something can be undone. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { Icon } from './icon'

interface Toast {
  readonly message: string
  readonly tone?: 'danger'
  readonly action?: { readonly label: string; run(): void }
  /** Runs when the message leaves without its action being taken. */
  onGone?(): void
}

const SHOWN_MS = 6_000
const ToastContext = createContext<(toast: Toast) => void>(() => {})

export const useToast = () => useContext(ToastContext)

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null)
  const current = useRef<Toast | null>(null)

  const change = useCallback((next: Toast | null, isActionTaken = false) => {
    const last = current.current
    current.current = next
    setToast(next)
    if (last && !isActionTaken) last.onGone?.()
  }, [])

  useEffect(() => {
    if (!toast) return
    const timer = setTimeout(() => change(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast, change])

  useEffect(() => {
    const leave = () => current.current?.onGone?.()
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [])

  return (
    <ToastContext value={change}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center"
      >
        {toast && (
          <div className="pointer-events-auto flex max-w-md items-center gap-3 rounded-panel bg-ink py-2 pr-2 pl-4 text-canvas shadow-lg">
            {toast.tone === 'danger' && <Icon name="triangle-alert" />}
            <p className="py-1">{toast.message}</p>
            {toast.action && (
              <button
                type="button"
                className="min-h-8 rounded-control border border-current px-2.5 text-sm font-semibold focus-visible:outline-canvas"
                onClick={() => {
                  const { action } = toast
                  change(null, true)
                  action?.run()
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              aria-label="Dismiss"
              className="inline-flex size-8 items-center justify-center focus-visible:outline-canvas"
              onClick={() => change(null)}
            >
              <Icon name="x" />
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  )
}
