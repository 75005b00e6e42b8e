/** Work in lanes, in a way that a durable run can repeat. */

/**
 * Begins all items in their order, `max` of them at work at once. Every item is begun, also when one before it has failed, and all have
 * ended when this returns: so a run that goes on after a crash asks for the same steps in the same order.
 * @throws the first error, by the order of the items
 */
export async function sideBySide<I, O>(items: readonly I[], max: number, work: (item: I) => Promise<O>): Promise<O[]> {
  const ended: PromiseSettledResult<O>[] = []
  const rest = items.entries()
  const lane = async () => {
    for (const [index, item] of rest) {
      ended[index] = await work(item).then(
        (value) => ({ status: 'fulfilled', value }),
        (reason: unknown) => ({ status: 'rejected', reason }),
      )
    }
  }
  await Promise.all(Array.from({ length: max }, lane))
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
