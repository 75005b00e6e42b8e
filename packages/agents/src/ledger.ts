/** The ledger's contract, kept in memory: for tests, benches and runs without a database. */
import {
  abandoned,
  type Cap,
  type Charge,
  type Ledger,
  type Reservation,
  refusalOf,
  type Settlement,
  type Spent,
  spentOf,
} from '@slipway/domain'

export interface MemoryLedger extends Ledger {
  readonly charges: readonly Charge[]
  readonly spent: Spent
}

export function memoryLedger(caps: readonly Cap[]): MemoryLedger {
  const open = new Map<string, Reservation>()
  const charges: Charge[] = []
  let count = 0
  const spent = (): Spent => {
    const parts = [
      ...charges.map(spentOf),
      ...[...open.values()].map(({ microsMax, tokensMax }) => ({ micros: microsMax ?? 0, tokens: tokensMax })),
    ]
    return parts.reduce((sum, part) => ({ micros: sum.micros + part.micros, tokens: sum.tokens + part.tokens }), { micros: 0, tokens: 0 })
  }
  const close = (id: string, settlement: Settlement) => {
    const reservation = open.get(id)
    if (!reservation) return
    open.delete(id)
    charges.push({ ...reservation, ...settlement, id })
  }
  return {
    charges,
    get spent() {
      return spent()
    },
    async reserve(reservation) {
      for (const [id, left] of open) if (left.key === reservation.key) close(id, abandoned(left))
      for (const cap of caps) {
        const refusal = refusalOf(cap, spent(), reservation)
        if (refusal) throw refusal
      }
      const id = `${reservation.key}#${++count}`
      open.set(id, reservation)
      return id
    },
    async settle(chargeId, settlement) {
      close(chargeId, settlement)
    },
    async judge(chargeId, outcome) {
      const index = charges.findIndex((charge) => charge.id === chargeId)
      const charge = charges[index]
      if (charge) charges[index] = { ...charge, outcome }
    },
  }
}
