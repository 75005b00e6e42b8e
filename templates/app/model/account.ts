/** What the account forms send. */
import { z } from 'zod'
import { email, text } from './fields'
import { roles } from './roles'

export const SignIn = z.object({ email: email(), password: z.string().min(1, 'Please fill this in.').max(200) })
export type SignIn = z.infer<typeof SignIn>

export const SignUp = z.object({
  name: text({ max: 80 }),
  email: email(),
  password: z.string().min(8, 'At least 8 characters.').max(200),
})
export type SignUp = z.infer<typeof SignUp>

export const PersonInput = z.object({ role: z.enum(roles.map((role) => role.value)) })

export interface Account {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: string
}

export interface Person extends Account {
  readonly createdAt: string
}
