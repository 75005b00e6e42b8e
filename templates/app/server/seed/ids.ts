/** Ids of inserted records, by the place of their sample. */

export type IdOf = (index: number) => number

export const idsOf =
  (rows: readonly { readonly id: number }[]): IdOf =>
  (index) => {
    const row = rows[index]
    if (!row) throw new Error(`There is no sample ${index}`)
    return row.id
  }
