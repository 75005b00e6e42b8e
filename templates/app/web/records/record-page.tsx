/** The frame of a detail page: title, state, the steps that lead on, and what may be done with the record. */
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import { messageOf } from '../api/client'
import { useRemove } from '../api/records'
import { ButtonLink, IconButton } from '../ui/button'
import { ConfirmDialog } from '../ui/dialog'
import { Page } from '../ui/page'
import { useToast } from '../ui/toast'

interface Props {
  readonly resource: string
  readonly id: number
  readonly title: string
  readonly noun: string
  readonly back: { readonly to: string; readonly label: string }
  readonly badge?: ReactNode
  readonly moves?: ReactNode
  readonly canUpdate?: boolean
  readonly canDelete?: boolean
  readonly isNarrow?: boolean
  readonly children: ReactNode
}

export function RecordPage({
  resource,
  id,
  title,
  noun,
  back,
  badge,
  moves,
  canUpdate = true,
  canDelete = true,
  isNarrow = false,
  children,
}: Props) {
  const [isAsking, setAsking] = useState(false)
  const remove = useRemove(resource)
  const navigate = useNavigate()
  const toast = useToast()

  async function confirm() {
    setAsking(false)
    try {
      await remove.mutateAsync(id)
      toast({ message: `Deleted “${title}”.` })
      navigate(back.to)
    } catch (error) {
      toast({ message: messageOf(error), tone: 'danger' })
    }
  }

  return (
    <Page
      title={title}
      lead={badge}
      back={back}
      isNarrow={isNarrow}
      actions={
        <>
          {moves}
          {canUpdate && (
            <ButtonLink icon="pencil" to={`/${resource}/${id}/edit`}>
              Edit
            </ButtonLink>
          )}
          {canDelete && <IconButton icon="trash" label={`Delete this ${noun}`} onClick={() => setAsking(true)} />}
        </>
      }
    >
      {children}
      {isAsking && (
        <ConfirmDialog
          title={`Delete this ${noun}?`}
          message={`“${title}” will be gone for good.`}
          confirmLabel="Delete"
          onConfirm={confirm}
          onCancel={() => setAsking(false)}
        />
      )}
    </Page>
  )
}
