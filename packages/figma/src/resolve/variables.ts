/** Phase 2, variables: names, and values by mode, from `GET …/variables/local`; aliases are followed. */
import type { DesignVariables } from '../bundle.ts'
import { readColour } from '../normalise/read-paint.ts'
import { isJson, type Json, jsonOf, textOf } from '../normalise/values.ts'
import { cssColour } from './colour-names.ts'

export interface ColourVariable {
  readonly name: string
  /** In the default mode. */
  readonly value: string
  /** CSS values of other modes by the mode's name. */
  readonly modes: Readonly<Record<string, string>>
}

const ALIASES_MAX = 16

/** Colour variables by id; an id that is not listed has no name in this design. */
export function readVariables(variables: DesignVariables | undefined): ReadonlyMap<string, ColourVariable> {
  const table = jsonOf(variables?.variables)
  const collections = jsonOf(variables?.variableCollections)
  const resolveValue = (id: string, modeName: string, depth: number): string | undefined => {
    const variable = jsonOf(table[id])
    const collection = jsonOf(collections[textOf(variable['variableCollectionId'])])
    const modes = (Array.isArray(collection['modes']) ? collection['modes'] : []).filter(isJson) as readonly Json[]
    const mode = modes.find((each) => each['name'] === modeName)
    const modeId = textOf(mode?.['modeId']) || textOf(collection['defaultModeId']) || textOf(modes[0]?.['modeId'])
    const values = jsonOf(variable['valuesByMode'])
    const value = jsonOf(values[modeId] ?? Object.values(values)[0])
    if (value['type'] === 'VARIABLE_ALIAS') return depth < ALIASES_MAX ? resolveValue(textOf(value['id']), modeName, depth + 1) : undefined
    return typeof value['r'] === 'number' ? cssColour(readColour(value)) : undefined
  }
  const result = new Map<string, ColourVariable>()
  for (const [id, raw] of Object.entries(table).slice(0, 20_000)) {
    const variable = jsonOf(raw)
    if (variable['resolvedType'] !== 'COLOR') continue
    const value = resolveValue(id, '', 0)
    if (value === undefined) continue
    const collection = jsonOf(collections[textOf(variable['variableCollectionId'])])
    const modes = (Array.isArray(collection['modes']) ? collection['modes'] : []).filter(isJson) as readonly Json[]
    const others = modes.flatMap((mode) => {
      const name = textOf(mode['name'])
      const own = name && mode['modeId'] !== collection['defaultModeId'] ? resolveValue(id, name, 0) : undefined
      return own !== undefined && own !== value ? [[name, own] as const] : []
    })
    const web = textOf(jsonOf(variable['codeSyntax'])['WEB'])
    result.set(id, { name: /var\(--([\w-]+)/.exec(web)?.[1] ?? textOf(variable['name']), value, modes: Object.fromEntries(others) })
  }
  return result
}

/** Name of the mode other than the default that a layer sets for what is in it. */
export function modeOf(modes: unknown, variables: DesignVariables | undefined): string | undefined {
  const collections = jsonOf(variables?.variableCollections)
  for (const [collectionId, modeId] of Object.entries(jsonOf(modes))) {
    const collection = jsonOf(collections[collectionId])
    if (modeId === collection['defaultModeId']) continue
    const list = (Array.isArray(collection['modes']) ? collection['modes'] : []).filter(isJson) as readonly Json[]
    const name = textOf(list.find((mode) => mode['modeId'] === modeId)?.['name'])
    if (name) return name
  }
  return undefined
}
