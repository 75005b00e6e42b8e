/** Whether code works with a database table that a plan names: in SQL, through Prisma, Drizzle, Supabase or SQLAlchemy. */
import type { SourceFile } from './source-file.ts'

/** `profiles table`, `the users collection`, `Card model`: the name. */
export const tableIn = (text: string): string | null =>
  /\b([A-Za-z_]\w{2,})\s+(?:table|collection|model|relation)\b/i.exec(text.replaceAll(/["'`]/g, ''))?.[1] ?? null

/** The offset of its first use in the code, or -1. Singular, plural and camel case are the same table. */
export function findTable(file: SourceFile, name: string): number {
  const stem = name.replace(/s$/, '')
  const camel = stem.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const names = [...new Set([stem, camel])].map((word) => `${word}s?`).join('|')
  const uses = [
    `\\b(?:from|into|update|join|table|references)\\s+(?:if\\s+not\\s+exists\\s+)?["\`]?(?:\\w+["\`]?\\.["\`]?)?(?:${names})\\b`,
    `\\.(?:from|table|collection|model|query|get|insert)\\(\\s*["'\`](?:${names})["'\`]`,
    `\\b(?:prisma|db|tx|trx|ctx\\.db|client)\\.(?:query\\.)?(?:${names})\\b`,
    `\\.(?:from|into|insert|update|delete|leftJoin|innerJoin)\\(\\s*(?:schema\\.)?(?:${names})\\b`,
    `\\b(?:model|pgTable\\(|sqliteTable\\(|defineTable\\(|__tablename__\\s*=)\\s*["'\`]?(?:${names})\\b`,
    `\\b(?:${names})\\s*[:(]\\s*[^\\n]*\\b(?:select|\\*)`,
  ]
  return new RegExp(uses.join('|'), 'i').exec(file.code)?.index ?? -1
}
