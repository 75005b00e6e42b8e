/** Component properties, variants and interactions in the words of the REST API. */
import type { KiwiFields } from './decode.ts'
import type { Scene } from './scene.ts'
import { fieldsOf, guidOf, listOf, numberOf, present, textOf, word } from './values.ts'

const TYPES = word({ BOOL: 'BOOLEAN', TEXT: 'TEXT', INSTANCE_SWAP: 'INSTANCE_SWAP', VARIANT: 'VARIANT', SLOT: 'SLOT' })
const REFERENCES = word({
  VISIBLE: 'visible',
  TEXT_DATA: 'characters',
  OVERRIDDEN_SYMBOL_ID: 'mainComponent',
  SLOT_CONTENT_ID: 'slotContentId',
})

/** A property's definition, found by its id from wherever it is used. */
interface Definition {
  readonly key: string
  readonly name: string
  readonly type: string
  readonly fields: KiwiFields
}

export type Definitions = ReadonlyMap<string, Definition>

/** Figma tells properties of one name apart by their id; only a variant's axis is its bare name. */
export function definitionsOf(scene: Scene): Definitions {
  const entries = [...scene.byId.values()].flatMap((node) =>
    listOf(node.componentPropDefs).flatMap((fields): [string, Definition][] => {
      const id = guidOf(fields.id)
      const type = TYPES(fields.type)
      const name = textOf(fields.name)
      if (!id || !type || name === undefined || fields.isDeleted === true) return []
      return [[id, { key: type === 'VARIANT' ? name : `${name}#${id}`, name, type, fields }]]
    }),
  )
  return new Map(entries)
}

function plainValue(value: KiwiFields): unknown {
  return value.boolValue ?? textOf(fieldsOf(value.textValue).characters) ?? guidOf(value.guidValue) ?? value.floatValue
}

/** What a component or a set declares. */
export function propertyDefinitionsOf(fields: KiwiFields, definitions: Definitions): Record<string, unknown> | undefined {
  const options = new Map(listOf(fields.stateGroupPropertyValueOrders).map((order) => [textOf(order.property) ?? '', order.values]))
  const entries = listOf(fields.componentPropDefs).flatMap((own) => {
    const definition = definitions.get(guidOf(own.id) ?? '')
    if (!definition) return []
    const variants = definition.type === 'VARIANT' ? options.get(definition.name) : undefined
    const first = Array.isArray(variants) ? (variants as unknown[])[0] : undefined
    return [
      [
        definition.key,
        present({
          type: definition.type,
          defaultValue: definition.type === 'VARIANT' ? first : plainValue(fieldsOf(own.initialValue)),
          variantOptions: variants,
        }),
      ],
    ]
  })
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** Which of a layer's fields a property of the component around it decides. */
export function propertyReferencesOf(fields: KiwiFields, definitions: Definitions): Record<string, unknown> | undefined {
  const entries = listOf(fields.componentPropRefs).flatMap((reference) => {
    const definition = definitions.get(guidOf(reference.defID) ?? '')
    const field = REFERENCES(reference.componentPropNodeField)
    return definition && field && reference.isDeleted !== true ? [[field, definition.key]] : []
  })
  return entries.length ? Object.fromEntries(entries) : undefined
}

/** The values that an instance gives, over those of its main component. */
export function componentPropertiesOf(
  fields: KiwiFields,
  main: KiwiFields | undefined,
  set: KiwiFields | undefined,
  definitions: Definitions,
): Record<string, unknown> | undefined {
  const values = new Map<string, unknown>()
  const declared = [...listOf(set?.componentPropDefs), ...listOf(main?.componentPropDefs)]
  for (const own of declared) values.set(guidOf(own.id) ?? '', plainValue(fieldsOf(own.initialValue)))
  for (const spec of listOf(main?.variantPropSpecs)) values.set(guidOf(spec.propDefId) ?? '', spec.value)
  for (const assignment of listOf(fields.componentPropAssignments))
    values.set(guidOf(assignment.defID) ?? '', plainValue(fieldsOf(assignment.value)))
  const entries = [...values].flatMap(([id, value]) => {
    const definition = definitions.get(id)
    return definition && value !== undefined ? [[definition.key, { type: definition.type, value }]] : []
  })
  return entries.length ? Object.fromEntries(entries) : undefined
}

const TRIGGERS = word({
  ON_CLICK: 'ON_CLICK',
  ON_HOVER: 'ON_HOVER',
  ON_PRESS: 'ON_PRESS',
  MOUSE_ENTER: 'MOUSE_ENTER',
  MOUSE_LEAVE: 'MOUSE_LEAVE',
  MOUSE_IN: 'MOUSE_ENTER',
  MOUSE_OUT: 'MOUSE_LEAVE',
  MOUSE_DOWN: 'MOUSE_DOWN',
  MOUSE_UP: 'MOUSE_UP',
  AFTER_TIMEOUT: 'AFTER_TIMEOUT',
  DRAG: 'ON_DRAG',
  ON_KEY_DOWN: 'ON_KEY_DOWN',
})
const NAVIGATIONS = word({ NAVIGATE: 'NAVIGATE', OVERLAY: 'OVERLAY', SWAP: 'SWAP', SWAP_STATE: 'CHANGE_TO', SCROLL_TO: 'SCROLL_TO' })

function actionOf(action: KiwiFields): Record<string, unknown>[] {
  if (action.connectionType === 'URL') return textOf(action.connectionURL) ? [{ type: 'URL', url: action.connectionURL }] : []
  if (action.connectionType === 'BACK' || action.connectionType === 'CLOSE') return [{ type: action.connectionType }]
  const destinationId = guidOf(action.transitionNodeID)
  if (!destinationId) return []
  const duration = numberOf(action.transitionDuration)
  const isSmart = action.transitionType === 'SMART_ANIMATE' || action.transitionShouldSmartAnimate === true
  const transition =
    duration && action.transitionType !== 'INSTANT_TRANSITION'
      ? { type: isSmart ? 'SMART_ANIMATE' : 'DISSOLVE', duration, easing: { type: 'EASE_OUT' } }
      : undefined
  return [present({ type: 'NODE', destinationId, navigation: NAVIGATIONS(action.navigationType) ?? 'NAVIGATE', transition })]
}

export function interactionsOf(fields: KiwiFields): Record<string, unknown>[] | undefined {
  const interactions = listOf(fields.prototypeInteractions).flatMap((interaction) => {
    const type = TRIGGERS(fieldsOf(interaction.event).interactionType)
    const actions = listOf(interaction.actions).flatMap(actionOf)
    return type && actions.length && interaction.isDeleted !== true ? [{ trigger: { type }, actions }] : []
  })
  return interactions.length ? interactions : undefined
}
