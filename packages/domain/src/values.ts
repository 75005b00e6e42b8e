/** The small values that every stored thing is made of. */
import { z } from 'zod'

/** A UUID of version 7, made by PostgreSQL's uuidv7(): sortable by time of creation. */
export const Id = z.uuid()
export type Id = string

/** An instant, ISO 8601 in UTC. */
export const Moment = z.iso.datetime()

/** Lower-case hex SHA-256 of some bytes. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A path inside a workspace: relative, forward slashes, no step upwards, no empty part. */
export const WorkspacePath = z
  .string()
  .min(1)
  .max(400)
  .refine(
    (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\0\\]/.test(path),
    'must stay inside the workspace',
  )
