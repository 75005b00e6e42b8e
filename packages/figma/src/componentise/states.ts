/** Phase 7: variants that are states of one thing (hover, pressed, focus, disabled) → pseudo-classes of its default look. */
import { wordIn } from '../normalise/values.ts'
import type { Axis, Table } from './name-props.ts'

const PSEUDO: Readonly<Record<string, string>> = {
  hover: 'hover',
  hovered: 'hover',
  press: 'active',
  pressed: 'active',
  active: 'active',
  focus: 'focus-visible',
  focused: 'focus-visible',
  disable: 'disabled',
  disabled: 'disabled',
}
const DEFAULTS = ['default', 'normal', 'rest', 'resting', 'enabled', 'idle', 'base']

export interface StateAxis {
  readonly axis: Axis
  /** The value that a thing has when nothing happens to it. */
  readonly rest: string
  /** Pseudo-class by value. */
  readonly pseudo: ReadonlyMap<string, string>
}

/** The axis that names states. "Active" alone is a choice a person made, not a finger that presses. */
export function findStateAxis(axes: readonly Axis[], isButton: boolean): StateAxis | undefined {
  for (const axis of axes) {
    const values = new Set(axis.values)
    const rest = DEFAULTS.find((value) => values.has(value))
    if (!/^(states?|status|interactions?)$/i.test(axis.prop) || rest === undefined) continue
    const pseudo = [...values].flatMap((value) => {
      const name = wordIn(PSEUDO, value)
      if (!name || (value === 'active' && !values.has('hover')) || (name === 'disabled' && !isButton)) return []
      return [[value, name] as const]
    })
    return { axis, rest, pseudo: new Map(pseudo) }
  }
  return undefined
}

/** The table with pseudo-classes in its rows of rest: `hover:` on the root, `group-hover:` on what is inside. */
export function withPseudoClasses(table: Table, axes: readonly Axis[], state: StateAxis, isRoot: boolean): Table {
  const place = axes.indexOf(state.axis)
  if (place < 0) return table
  const rows = new Map(table.rows)
  const next = table.rows.map(([key, value]): readonly [string, string | boolean] => {
    const parts = key.split(' ')
    if (typeof value !== 'string' || parts[place] !== state.rest) return [key, value]
    const own = new Set(value.split(' '))
    const extra = [...state.pseudo].flatMap(([name, pseudo]) => {
      const other = rows.get(parts.with(place, name).join(' '))
      const added = typeof other === 'string' ? other.split(' ').filter((word) => word && !own.has(word) && !word.includes(':')) : []
      return added.map((word) => `${isRoot ? '' : 'group-'}${pseudo}:${word}`)
    })
    return [key, [value, ...extra].filter(Boolean).join(' ')]
  })
  return { ...table, rows: next }
}
