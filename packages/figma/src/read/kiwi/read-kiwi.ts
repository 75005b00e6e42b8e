/** From a `.fig` file or the clipboard's buffer to a design in the shape of the REST API. */
import type { FigmaNode } from '../../bundle.ts'
import type { Design } from '../read-json.ts'
import { type DesignForm, type ReadDiagnostic, type ReadLimits, ReadStop } from '../read-result.ts'
import { definitionsOf } from './components.ts'
import { decodeMessage } from './decode.ts'
import { expand } from './expand.ts'
import { picturesOf } from './images.ts'
import { type Scene, sceneOf } from './scene.ts'
import { toRestNodes } from './to-rest.ts'
import { unpack } from './unpack.ts'
import { fieldsOf, guidOf, listOf, textOf } from './values.ts'
import { designVariablesOf, styleMapOf } from './variables.ts'

/** All of a design's pictures together; more would not fit a page either. */
const PICTURES_BYTES_MAX = 96 * 2 ** 20

/** The maps of components and sets that the REST API gives beside a document. */
function componentMapsOf(scene: Scene): Pick<Design, 'components' | 'componentSets'> {
  const nodes = [...scene.byId]
  const sets = nodes.filter(([, node]) => node.isStateGroup === true)
  const setIds = new Set(sets.map(([id]) => id))
  const described = ([id, node]: (typeof nodes)[number]) => {
    const parentId = guidOf(fieldsOf(node.parentIndex).guid)
    const componentSetId = parentId && setIds.has(parentId) ? { componentSetId: parentId } : {}
    return [
      id,
      {
        key: textOf(node.componentKey) ?? '',
        name: textOf(node.name) ?? '',
        description: textOf(node.symbolDescription) ?? '',
        ...componentSetId,
      },
    ]
  }
  return {
    components: Object.fromEntries(nodes.filter(([, node]) => node.type === 'SYMBOL').map(described)),
    componentSets: Object.fromEntries(sets.map(described)),
  }
}

function diagnosticsOf(missingMains: ReadonlySet<string>, skippedCount: number): ReadDiagnostic[] {
  const found: ReadDiagnostic[] = []
  if (missingMains.size) {
    const message = `${missingMains.size} main component(s) are not in this file; their instances stay empty boxes. Copy them along, or import over Figma's API.`
    found.push({ severity: 'warning', code: 'instance-unresolved', message })
  }
  if (skippedCount) {
    const message = `${skippedCount} picture(s) are not in this file or are of a kind that is not shown. Import over Figma's API, or save a .fig file.`
    found.push({ severity: 'warning', code: 'picture-skipped', message })
  }
  return found
}

/**
 * @param bytes a `.fig` archive, its bare canvas, or the decoded clipboard buffer
 * @throws ReadStop
 */
export function designFromKiwi(bytes: Uint8Array, form: DesignForm, limits: ReadLimits): Design {
  const { schema, data, images } = unpack(bytes, limits.unpackedBytes)
  const message = decodeMessage(schema, data)
  const scene = sceneOf(message, limits.nodes)
  if (!scene.pages.length) throw new ReadStop('not-a-design', 'The file holds no page of layers.')
  const blobs = listOf(message.blobs)
  const context = { scene, definitions: definitionsOf(scene), blobs }
  const missing = new Set<string>()
  let left = limits.nodes
  const pages = scene.pages.map((id): FigmaNode => {
    const { nodes, missingMains } = expand(scene, scene.childrenOf(id), { nodes: left, depth: limits.depth })
    for (const main of missingMains) missing.add(main)
    left -= countOf(nodes)
    return { id, type: 'CANVAS', name: textOf(scene.byId.get(id)?.name) ?? '', children: toRestNodes(nodes, context) }
  })
  const { pictures, skippedCount } = picturesOf(scene.byId.values(), images, blobs, PICTURES_BYTES_MAX)
  const variables = designVariablesOf(scene)
  return {
    form,
    documents: [{ id: '0:0', type: 'DOCUMENT', name: 'Document', children: pages }],
    ...componentMapsOf(scene),
    styles: styleMapOf(scene),
    ...(variables ? { variables } : {}),
    images: pictures,
    vectors: {},
    diagnostics: diagnosticsOf(missing, skippedCount),
  }
}

function countOf(nodes: readonly { readonly children: readonly unknown[] }[]): number {
  return nodes.reduce((sum, node) => sum + 1 + countOf(node.children as { readonly children: readonly unknown[] }[]), 0)
}
