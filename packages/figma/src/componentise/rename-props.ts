/** Phase 7: props under the names that somebody proposed, made valid and kept apart. What fills a hole follows. */
import { STATE_NAMES } from '../print/print-state.ts'
import { camel, createNames, pascal } from '../resolve/names.ts'
import type { Axis, Filling, NamedProps } from './name-props.ts'
import type { Hole } from './unify.ts'

/** Names that mean something to React or to the printer. */
const FIXED = ['nodeIds', 'children', 'className']

/**
 * @param takenTypes type names that a variant's type must not have
 * @returns the same props under other names, and which wishes speak of no prop
 */
export function renameProps(
  named: NamedProps,
  wishes: ReadonlyMap<string, string>,
  takenTypes: readonly string[],
): { props: NamedProps; unknown: readonly string[] } {
  const present = [...named.axes.map(({ prop }) => prop), ...named.props.map(({ name }) => name)]
  const isRenamed = (name: string) => wishes.has(name) && !FIXED.includes(name)
  const unknown = [...wishes.keys()].filter((name) => !present.includes(name) || FIXED.includes(name))
  const take = createNames([...FIXED, ...Object.values(STATE_NAMES), ...present.filter((name) => !isRenamed(name))], '')
  const next = new Map(present.map((name) => [name, isRenamed(name) ? take(camel(wishes.get(name) ?? '', name)) : name]))
  if (present.every((name) => next.get(name) === name)) return { props: named, unknown }
  const nameOf = (name: string) => next.get(name) ?? name
  const types = createNames([...takenTypes, ...named.axes.filter(({ prop }) => !isRenamed(prop)).map(({ type }) => type)], '')
  const typeOf = new Map(named.axes.map(({ prop, type }) => [type, isRenamed(prop) ? types(pascal(nameOf(prop), 'Variant')) : type]))
  const axes = new Map<Axis, Axis>()
  const axisOf = (axis: Axis): Axis => {
    const known = [...axes].find(([old]) => old.prop === axis.prop)?.[1]
    const renamed = known ?? { ...axis, prop: nameOf(axis.prop), type: typeOf.get(axis.type) ?? axis.type }
    axes.set(axis, renamed)
    return renamed
  }
  const fillings = new Map<Hole, Filling>(
    [...named.fillings].map(([hole, filling]): [Hole, Filling] => [
      hole,
      filling.kind === 'prop'
        ? { ...filling, prop: nameOf(filling.prop) }
        : { ...filling, axes: filling.axes.map(axisOf), ...(filling.prop ? { prop: nameOf(filling.prop) } : {}) },
    ]),
  )
  const keyType = (type: string) => typeOf.get(type) ?? type.replace(/(?<=\$\{)\w+(?=\})/g, (name) => typeOf.get(name) ?? name)
  return {
    props: {
      axes: named.axes.map(axisOf),
      props: named.props.map((prop) => ({ ...prop, name: nameOf(prop.name) })),
      tables: named.tables.map((table) => ({ ...table, keyType: keyType(table.keyType) })),
      fillings,
      unsaid: named.unsaid,
      changing: named.changing && {
        ...named.changing,
        axis: axisOf(named.changing.axis),
        disabledBy: named.changing.disabledBy && axisOf(named.changing.disabledBy),
      },
      state: named.state && { ...named.state, axis: axisOf(named.state.axis) },
    },
    unknown,
  }
}
