/** Writes unfolded nodes the way `GET /v1/files/:key?geometry=paths` would. */
import type { FigmaNode } from '../../bundle.ts'
import { componentPropertiesOf, type Definitions, interactionsOf, propertyDefinitionsOf, propertyReferencesOf } from './components.ts'
import type { KiwiFields } from './decode.ts'
import type { ExpandedNode } from './expand.ts'
import { fillGeometryOf, geometryOf } from './geometry.ts'
import { layoutFieldsOf } from './layout.ts'
import { affineOf, lookOf } from './paints.ts'
import type { Scene } from './scene.ts'
import { textFieldsOf } from './text.ts'
import { fieldsOf, guidOf, numberOf, present, textOf, word } from './values.ts'
import { boundVariablesOf, stylesOf } from './variables.ts'

type Affine = NonNullable<ReturnType<typeof affineOf>>

const IDENTITY: Affine = [
  [1, 0, 0],
  [0, 1, 0],
]
const MASKS = word({ ALPHA: 'ALPHA', OUTLINE: 'VECTOR', LUMINANCE: 'LUMINANCE' })
const NOT_LAYERS = new Set(['VARIABLE', 'VARIABLE_SET', 'VARIABLE_OVERRIDE', 'BRUSH', 'MANAGED_STRING', 'CODE_LIBRARY', 'CODE_FILE'])

export interface RestContext {
  readonly scene: Scene
  readonly definitions: Definitions
  readonly blobs: readonly KiwiFields[]
}

interface Parent {
  readonly fields: KiwiFields | undefined
  /** From the parent's box to the page. */
  readonly absolute: Affine
  /** From the parent's box to the nearest frame around it: groups have no place of their own. */
  readonly toFrame: Affine
}

function multiply([[a, c, e], [b, d, f]]: Affine, [[g, i, k], [h, j, l]]: Affine): Affine {
  return [
    [a * g + c * h, a * i + c * j, a * k + c * l + e],
    [b * g + d * h, b * i + d * j, b * k + d * l + f],
  ]
}

function boundsOf([[a, c, e], [b, d, f]]: Affine, width: number, height: number) {
  const xs = [0, a * width, c * height, a * width + c * height]
  const ys = [0, b * width, d * height, b * width + d * height]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left + e, y: top + f, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

function typeOf(fields: KiwiFields): string {
  const type = textOf(fields.type) ?? 'FRAME'
  if (type === 'SYMBOL') return 'COMPONENT'
  if (type === 'ROUNDED_RECTANGLE') return 'RECTANGLE'
  if (type === 'FRAME' && fields.isStateGroup === true) return 'COMPONENT_SET'
  if (type === 'FRAME' && fields.resizeToFit === true) return 'GROUP'
  return type
}

/** Shapes whose outline says more than their box. */
const OUTLINED = new Set(['VECTOR', 'STAR', 'REGULAR_POLYGON', 'BOOLEAN_OPERATION', 'LINE', 'ELLIPSE', 'TEXT_PATH'])
const CLIPPING = new Set(['FRAME', 'COMPONENT', 'COMPONENT_SET', 'INSTANCE'])

function componentFieldsOf(node: ExpandedNode, type: string, context: RestContext): Record<string, unknown> {
  const { scene, definitions } = context
  const main = node.mainId ? scene.byId.get(node.mainId) : undefined
  const setId = guidOf(fieldsOf(main?.parentIndex).guid)
  const set = setId ? scene.byId.get(setId) : undefined
  const isDeclaring = type === 'COMPONENT' || type === 'COMPONENT_SET'
  return {
    componentId: node.mainId,
    componentProperties: node.mainId
      ? componentPropertiesOf(node.fields, main, set?.isStateGroup === true ? set : undefined, definitions)
      : undefined,
    componentPropertyDefinitions: isDeclaring ? propertyDefinitionsOf(node.fields, definitions) : undefined,
    componentPropertyReferences: propertyReferencesOf(node.fields, definitions),
  }
}

function toNode(node: ExpandedNode, parent: Parent, context: RestContext): FigmaNode | undefined {
  const { fields } = node
  const type = typeOf(fields)
  if (NOT_LAYERS.has(type)) return undefined
  const transform = affineOf(fields.transform) ?? IDENTITY
  const absolute = multiply(parent.absolute, transform)
  const relative = multiply(parent.toFrame, transform)
  const [width, height] = [numberOf(fieldsOf(fields.size).x) ?? 0, numberOf(fieldsOf(fields.size).y) ?? 0]
  const isOutlined = OUTLINED.has(type)
  const rotation = Math.atan2(relative[1][0], relative[0][0])
  const inner: Parent = { fields, absolute, toFrame: type === 'GROUP' ? relative : IDENTITY }
  const children = node.children.map((child) => toNode(child, inner, context)).filter((child) => child !== undefined)
  const mayHaveChildren = children.length > 0 || CLIPPING.has(type) || type === 'GROUP' || type === 'SECTION'
  return present({
    id: node.id,
    name: textOf(fields.name) ?? '',
    type,
    visible: fields.visible === false ? false : undefined,
    absoluteBoundingBox: boundsOf(absolute, width, height),
    size: { x: width, y: height },
    relativeTransform: relative,
    rotation: Math.abs(rotation) > 1e-6 ? rotation : undefined,
    clipsContent: CLIPPING.has(type) ? fields.frameMaskDisabled !== true : undefined,
    isMask: fields.mask === true || undefined,
    maskType: fields.mask === true ? (MASKS(fields.maskType) ?? (fields.maskIsOutline === true ? 'VECTOR' : 'ALPHA')) : undefined,
    booleanOperation: textOf(fields.booleanOperation),
    arcData: type === 'ELLIPSE' ? fields.arcData : undefined,
    fillGeometry: isOutlined ? fillGeometryOf(fields, context.blobs) : undefined,
    strokeGeometry: isOutlined ? geometryOf(fields.strokeGeometry, context.blobs) : undefined,
    ...lookOf(fields),
    ...layoutFieldsOf(fields, parent.fields),
    ...(type === 'TEXT' ? textFieldsOf(fields) : {}),
    ...componentFieldsOf(node, type, context),
    styles: stylesOf(fields),
    boundVariables: boundVariablesOf(fields),
    interactions: interactionsOf(fields),
    children: mayHaveChildren ? children : undefined,
  })
}

/** @param nodes the top layers of one page */
export function toRestNodes(nodes: readonly ExpandedNode[], context: RestContext): FigmaNode[] {
  const page: Parent = { fields: undefined, absolute: IDENTITY, toFrame: IDENTITY }
  return nodes.map((node) => toNode(node, page, context)).filter((node) => node !== undefined)
}
