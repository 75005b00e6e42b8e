/** Variables, their modes, and the names of shared styles, which travel as nodes of their own. */
import type { DesignVariables } from '../../bundle.ts'
import type { KiwiFields } from './decode.ts'
import type { Scene } from './scene.ts'
import { fieldsOf, guidOf, isPresent, listOf, present, textOf } from './values.ts'

/** A variable of this file by its node's id; one of a library by its key. */
function variableIdOf(value: unknown): string | undefined {
  const id = fieldsOf(value)
  const key = textOf(fieldsOf(id.assetRef).key)
  const guid = guidOf(id.guid)
  return guid ? `VariableID:${guid}` : key ? `VariableID:${key}` : undefined
}

/** `{ type: VARIABLE_ALIAS, id }` where the value is bound to a variable. */
export function variableAlias(data: unknown): Record<string, unknown> | undefined {
  const id = variableIdOf(fieldsOf(fieldsOf(data).value).alias)
  return id ? { type: 'VARIABLE_ALIAS', id } : undefined
}

function variableValue(data: KiwiFields): unknown {
  const value = fieldsOf(data.value)
  return variableAlias(data) ?? value.colorValue ?? value.floatValue ?? value.textValue ?? value.boolValue
}

const BOUND_FIELDS: Readonly<Record<string, string>> = {
  STACK_SPACING: 'itemSpacing',
  STACK_COUNTER_SPACING: 'counterAxisSpacing',
  STACK_PADDING_LEFT: 'paddingLeft',
  STACK_PADDING_TOP: 'paddingTop',
  STACK_PADDING_RIGHT: 'paddingRight',
  STACK_PADDING_BOTTOM: 'paddingBottom',
  WIDTH: 'width',
  HEIGHT: 'height',
  MIN_WIDTH: 'minWidth',
  MAX_WIDTH: 'maxWidth',
  MIN_HEIGHT: 'minHeight',
  MAX_HEIGHT: 'maxHeight',
  CORNER_RADIUS: 'cornerRadius',
  RECTANGLE_TOP_LEFT_CORNER_RADIUS: 'topLeftRadius',
  RECTANGLE_TOP_RIGHT_CORNER_RADIUS: 'topRightRadius',
  RECTANGLE_BOTTOM_LEFT_CORNER_RADIUS: 'bottomLeftRadius',
  RECTANGLE_BOTTOM_RIGHT_CORNER_RADIUS: 'bottomRightRadius',
  STROKE_WEIGHT: 'strokeWeight',
  OPACITY: 'opacity',
  VISIBLE: 'visible',
  TEXT_DATA: 'characters',
  FONT_SIZE: 'fontSize',
  FONT_FAMILY: 'fontFamily',
  LINE_HEIGHT: 'lineHeight',
  LETTER_SPACING: 'letterSpacing',
}

/** Which of a node's numbers and words come from variables. */
export function boundVariablesOf(fields: KiwiFields): Record<string, unknown> | undefined {
  const entries = listOf(fieldsOf(fields.variableConsumptionMap).entries).flatMap((entry) => {
    const name = BOUND_FIELDS[textOf(entry.variableField) ?? '']
    const alias = variableAlias(entry.variableData)
    return name && alias ? [[name, alias]] : []
  })
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** @returns undefined where the file holds no variable */
export function designVariablesOf(scene: Scene): DesignVariables | undefined {
  const nodes = [...scene.byId]
  const sets = nodes.filter(([, node]) => node.type === 'VARIABLE_SET')
  const collections = sets.map(([id, node]) => {
    const modes = listOf(node.variableSetModes).map((mode) => ({ modeId: guidOf(mode.id) ?? '', name: textOf(mode.name) ?? '' }))
    const collectionId = `VariableCollectionId:${id}`
    return [collectionId, { id: collectionId, name: node.name, modes, defaultModeId: modes[0]?.modeId }]
  })
  const variables = nodes.flatMap(([id, node]) => {
    if (node.type !== 'VARIABLE' || node.isSoftDeleted === true) return []
    const valuesByMode = listOf(fieldsOf(node.variableDataValues).entries).flatMap((entry) => {
      const mode = guidOf(entry.modeID)
      const value = mode && isPresent(entry.variableData) ? variableValue(entry.variableData) : undefined
      return value === undefined ? [] : [[mode, value]]
    })
    const set = guidOf(fieldsOf(node.variableSetID).guid)
    const described = present({
      id: `VariableID:${id}`,
      name: node.name,
      key: node.key,
      variableCollectionId: set && `VariableCollectionId:${set}`,
      resolvedType: node.variableResolvedType,
      valuesByMode: Object.fromEntries(valuesByMode),
    })
    const key = textOf(node.key)
    return [[`VariableID:${id}`, described], ...(key ? [[`VariableID:${key}`, described]] : [])]
  })
  return variables.length ? { variables: Object.fromEntries(variables), variableCollections: Object.fromEntries(collections) } : undefined
}

const STYLE_FIELDS = {
  styleIdForFill: 'fill',
  styleIdForStrokeFill: 'stroke',
  styleIdForText: 'text',
  styleIdForEffect: 'effect',
  styleIdForGrid: 'grid',
}

/** The shared styles that a node uses, by kind. */
export function stylesOf(fields: KiwiFields): Record<string, string> | undefined {
  const entries = Object.entries(STYLE_FIELDS).flatMap(([key, kind]) => {
    const reference = fieldsOf(fields[key])
    const id = guidOf(reference.guid) ?? textOf(fieldsOf(reference.assetRef).key)
    return id ? [[kind, id]] : []
  })
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** The map of styles that the REST API gives beside a document; by id, and by key for styles of a library. */
export function styleMapOf(scene: Scene): Record<string, unknown> {
  const styles = [...scene.byId].flatMap(([id, node]): [string, unknown][] => {
    const styleType = textOf(node.styleType)
    if (!styleType || styleType === 'NONE' || node.isSoftDeletedStyle === true) return []
    const described = { name: node.name, styleType, key: node.key }
    const key = textOf(node.key)
    return [[id, described], ...(key ? [[key, described] as [string, unknown]] : [])]
  })
  return Object.fromEntries(styles)
}
