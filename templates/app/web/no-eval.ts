/** Keeps Zod from compiling checks with `eval`, which the content policy forbids. Imported before any schema. */
import { z } from 'zod'

z.config({ jitless: true })
