/** The steps that lead on from where a record is, as buttons. */
import { messageOf } from '../api/client'
import { useMove } from '../api/records'
import { Button } from '../ui/button'
import { useToast } from '../ui/toast'

interface Move {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly roles?: readonly string[]
}

interface Props {
  readonly resource: string
  readonly id: number
  readonly value: string | null
  readonly moves: readonly Move[]
  readonly isAllowed?: (roles: readonly string[]) => boolean
}

export function Moves({ resource, id, value, moves, isAllowed = () => true }: Props) {
  const move = useMove(resource)
  const toast = useToast()
  const open = moves.filter(({ from, roles }) => from === value && (!roles || isAllowed(roles)))
  return open.map(({ to, label }, index) => (
    <Button
      key={to}
      look={index === 0 ? 'primary' : 'secondary'}
      disabled={move.isPending}
      onClick={() =>
        move.mutate(
          { id, to },
          {
            onSuccess: () => toast({ message: `Done: ${label}.` }),
            onError: (error) => toast({ message: messageOf(error), tone: 'danger' }),
          },
        )
      }
    >
      {label}
    </Button>
  ))
}
