/** What a visitor sees after a contact form was sent. */
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

export function Sent({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div role="status" className="panel grid justify-items-start gap-3 p-6 sm:p-8">
      <span className="inline-flex size-11 items-center justify-center rounded-panel bg-success-soft text-success">
        <Icon name="check" size={22} />
      </span>
      <h2 className="font-display text-xl font-semibold">Thank you. It has arrived.</h2>
      <p className="text-muted">Somebody will read it and come back to you.</p>
      <Button onClick={onAgain}>Send another</Button>
    </div>
  )
}
