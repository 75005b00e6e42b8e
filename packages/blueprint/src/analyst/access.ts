/** Who may read and change the records of an entity, from who usually makes them and how the app is entered. */
import type { Access, Role } from '@slipway/domain'
import type { PlannedEntity } from './plan-entities.ts'
import type { SignIn } from './traits.ts'
import { camelCase } from './words.ts'

/** The first role is the administrators'; without any, signing in is for everyone alike. */
export function rolesOf(labels: readonly string[], signIn: SignIn): Role[] {
  if (signIn === 'none') return []
  const taken = new Set<string>(['everyone', 'signedIn', 'owner'])
  const named = labels.filter((label) => /\p{L}/u.test(label))
  const wanted = named.length ? named : ['Administrator', 'Member']
  const admin = Math.max(
    0,
    wanted.findIndex((label) => /admin|manager|owner|boss|director/i.test(label)),
  )
  return wanted.slice(0, 8).flatMap((label, index) => {
    const name = camelCase(label) || `role${index + 1}`
    if (taken.has(name)) return []
    taken.add(name)
    const isAdmin = index === admin
    return [
      {
        name,
        label: label.trim().slice(0, 80),
        description: isAdmin ? 'May do everything, and manages people.' : descriptionOf(label),
        isAdmin,
      },
    ]
  })
}

const descriptionOf = (label: string) =>
  CLIENT.test(label) ? 'May look around, and keeps what is their own.' : 'Looks after the records of every day.'

const CLIENT =
  /member|customer|client|patient|visitor|guest|user|student|reader|buyer|subscriber|player|participant|learner|pupil|tenant|donor|friend|candidate/i

export function accessOf(entity: PlannedEntity, signIn: SignIn, roles: readonly Role[], isSite: boolean): Access {
  const everyone = ['everyone']
  if (signIn === 'none') return { read: everyone, create: everyone, update: everyone, delete: everyone }
  const admins = roles.filter((role) => role.isAdmin).map((role) => role.name)
  const isTeam = !isSite && roles.every((role) => role.isAdmin || /team|staff|employee|colleague/i.test(role.label))
  const staff = roles.filter((role) => role.isAdmin || !CLIENT.test(role.label) || isTeam).map((role) => role.name)
  if (isTeam && entity.made !== 'own') return { read: ['signedIn'], create: ['signedIn'], update: ['signedIn'], delete: admins }
  switch (entity.made) {
    case 'own':
      return { read: ['owner', ...admins], create: ['signedIn'], update: ['owner'], delete: ['owner', ...admins] }
    case 'visitor':
      return { read: staff, create: signIn === 'optional' ? everyone : ['signedIn'], update: staff, delete: admins }
    case 'member':
      return {
        read:
          entity.family === 'deal' || entity.name === 'message' || entity.family === 'log'
            ? ['owner', ...staff]
            : signIn === 'optional'
              ? everyone
              : ['signedIn'],
        create: ['signedIn'],
        update: ['owner', ...staff],
        delete: ['owner', ...admins],
      }
    case 'staff': {
      const isInternal = entity.family === 'client' || entity.family === 'log' || entity.family === 'work' || entity.family === 'deal'
      const read = isInternal && isSite ? staff : signIn === 'optional' ? everyone : ['signedIn']
      return { read, create: staff, update: staff, delete: admins }
    }
  }
}
