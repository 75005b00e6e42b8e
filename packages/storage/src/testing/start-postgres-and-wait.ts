/** A process that starts the built-in PostgreSQL, says where it is, and waits to be killed. */
import { startPostgres } from '../postgres/start-postgres.ts'

const { adminUrl } = await startPostgres({ folder: process.argv[2] ?? '', settings: { fsync: 'off', shared_buffers: '16MB' } })
process.send?.({ adminUrl })
