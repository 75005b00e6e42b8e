/** Afterwards: what was useful, what was a second try, what was wasted. */
import { type Charge, type Receipt, receiptOfParts, receiptPart } from '@slipway/domain'

export const receiptOf = (charges: readonly Charge[]): Receipt => receiptOfParts(charges.map(receiptPart))
