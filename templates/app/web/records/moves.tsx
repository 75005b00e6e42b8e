/** The steps that lead on from where a record is, as buttons. */
import type { Choice } from '../../model/fields'
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
  readonly choices: readonly Choice[]
  readonly isAllowed?: (roles: readonly string[]) => boolean
}

export function Moves({ resource, id, value, moves, choices, isAllowed = () => true }: Props) {
  const move = useMove(resource)
  const toast = useToast()
  const isBad = (to: string) => choices.find((choice) => choice.value === to)?.tone === 'danger'
  const open = moves
    .filter(({ from, roles }) => from === value && (!roles || isAllowed(roles)))
    .toSorted((a, b) => Number(isBad(a.to)) - Number(isBad(b.to)))
  return open.map(({ to, label }, index) => (
    <Button
      key={to}
      look={isBad(to) ? 'danger' : index === 0 ? 'primary' : 'secondary'}
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
