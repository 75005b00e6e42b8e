/** What a spec says of who delivers a requirement, held against what the compiler can do. */
import type { Blueprint, Requirement, Spec } from '@slipway/domain'
import { limitsOf } from './limits.ts'

/**
 * A requirement that is said to be compiled, and asks for what no blueprint gives (sending messages, maps, payments), is left to a model
 * or to later. What the app keeps records of by that name is another thing: "Filter by payment" of a booking with a payment.
 */
export function withTrueDeliveries(spec: Spec): Spec {
  const kept = namesOf(spec.blueprint)
  const trueDelivery = ({ title, text, delivery }: Requirement) => {
    if (delivery !== 'compiled') return delivery
    const beyond = limitsOf(`${title}. ${text}`).find(({ expression }) => !expression.test(kept))
    return beyond?.delivery ?? delivery
  }
  return { ...spec, requirements: spec.requirements.map((requirement) => ({ ...requirement, delivery: trueDelivery(requirement) })) }
}

/** Everything that the app has a name for. */
const namesOf = ({ appName, entities, pages }: Blueprint): string =>
  [
    appName,
    JSON.stringify(pages),
    ...entities.flatMap(({ label, labelPlural, fields }) => [
      label,
      labelPlural,
      ...fields.flatMap((field) => [field.label, ...(field.choices?.map((choice) => choice.label) ?? [])]),
    ]),
  ].join('\n')
