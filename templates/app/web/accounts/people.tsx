/** For administrators: everybody with an account, and their role. */
import { useQueryClient } from '@tanstack/react-query'
import type { Person } from '../../model/account'
import { roles } from '../../model/roles'
import { messageOf, request } from '../api/client'
import { useAnswer } from '../api/records'
import { formatDate } from '../format'
import { Table } from '../lists/table'
import { Page } from '../ui/page'
import { Failure, Skeleton } from '../ui/states'
import { useToast } from '../ui/toast'
import { useSession } from './session'

export function PeoplePage() {
  const people = useAnswer<Person[]>('people')
  const me = useSession().data?.account
  const queries = useQueryClient()
  const toast = useToast()

  async function changeRole(person: Person, role: string) {
    try {
      await request(`people/${person.id}`, { method: 'PATCH', body: { role } })
      await queries.invalidateQueries({ queryKey: ['people'] })
      toast({ message: `Changed the role of ${person.name}.` })
    } catch (error) {
      toast({ message: messageOf(error), tone: 'danger' })
    }
  }

  return (
    <Page title="People" lead="Everybody with an account, and what their role lets them do.">
      {people.isError && <Failure error={people.error} />}
      {people.isPending && <Skeleton />}
      {people.data && (
        <Table
          items={people.data}
          caption="People"
          columns={[
            { label: 'Name', cell: (person) => <span className="font-semibold">{person.name}</span> },
            { label: 'E-mail', cell: (person) => person.email },
            {
              label: 'Role',
              cell: (person) => (
                <select
                  aria-label={`Role of ${person.name}`}
                  className="control picker w-auto"
                  value={person.role}
                  disabled={person.id === me?.id}
                  onChange={(event) => void changeRole(person, event.target.value)}
                >
                  {roles.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
              ),
            },
            { label: 'Since', cell: (person) => formatDate(person.createdAt) },
          ]}
        />
      )}
    </Page>
  )
}
