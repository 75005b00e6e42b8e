/** From the JSON shapes that carry a design (REST file, REST nodes, a plugin's export, a bare node) to documents. */
import type { DesignVariables, FigmaNode, Picture } from '../bundle.ts'
import { type DesignForm, type ReadDiagnostic, ReadStop } from './read-result.ts'

type Fields = Readonly<Record<string, unknown>>

/** A design with everything beside it, before its frames are chosen. */
export interface Design {
  readonly form: DesignForm
  /** A DOCUMENT, a CANVAS, or a single node. */
  readonly documents: readonly FigmaNode[]
  readonly components: Fields
  readonly componentSets: Fields
  readonly styles: Fields
  readonly variables?: DesignVariables
  readonly images: Readonly<Record<string, Picture>>
  readonly vectors: Readonly<Record<string, string>>
  readonly diagnostics: readonly ReadDiagnostic[]
}

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** Layer types are upper case in Figma's JSON; other formats' trees have `type` and `children` as well. */
const isNode = (value: unknown): value is FigmaNode =>
  isFields(value) &&
  typeof value.type === 'string' &&
  /^[A-Z][A-Z_]*$/.test(value.type) &&
  (typeof value.id === 'string' || typeof value.id === 'number')

function variablesOf(value: unknown): DesignVariables | undefined {
  const meta = fieldsOf(isFields(value) && isFields(value.meta) ? value.meta : value)
  const { variables, variableCollections } = meta
  return isFields(variables) && isFields(variableCollections) ? { variables, variableCollections } : undefined
}

/** Only pictures that hold themselves or come over https; the rest is dropped by whoever prints. */
function picturesOf(value: unknown): Record<string, Picture> {
  const hrefs = Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return Object.fromEntries(hrefs.filter(([, href]) => /^(https:|data:image\/)/i.test(href)).map(([ref, href]) => [ref, { href }]))
}

const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))

/** Figma's own words when the API refused: `{ status, err }` or `{ error, message }`. */
function refusalOf(value: Fields): string | undefined {
  const reason = value.err ?? value.message
  const isRefusal =
    typeof reason === 'string' &&
    (typeof value.status === 'number' || value.error === true) &&
    !('document' in value) &&
    !('nodes' in value)
  return isRefusal ? `Figma answered ${String(value.status ?? 'with an error')}: ${String(reason).slice(0, 200)}` : undefined
}

function fromNodes(value: Fields, nodes: Fields): Pick<Design, 'documents' | 'components' | 'componentSets' | 'styles' | 'diagnostics'> {
  const entries = Object.entries(nodes)
  const found = entries.flatMap(([, entry]) => (isFields(entry) && isNode(entry.document) ? [entry] : []))
  const missing = entries.filter(([, entry]) => !isFields(entry) || !isNode(entry.document)).map(([id]) => id)
  if (!found.length)
    throw new ReadStop('not-a-design', 'None of the nodes of this response holds a document. Ask for nodes that exist in the file.')
  const merge = (key: string): Fields => Object.assign({}, fieldsOf(value[key]), ...found.map((entry) => fieldsOf(entry[key])))
  return {
    documents: found.map((entry) => entry.document as FigmaNode),
    components: merge('components'),
    componentSets: merge('componentSets'),
    styles: merge('styles'),
    diagnostics: missing.length
      ? [{ severity: 'warning', code: 'node-missing', message: `Figma has no node ${missing.slice(0, 5).join(', ')} in this file.` }]
      : [],
  }
}

/**
 * Finds the design in parsed JSON.
 * @throws ReadStop when it holds none
 */
export function designFromJson(json: unknown): Design {
  if (!isFields(json))
    throw new ReadStop('not-a-design', 'The JSON is not an object. A design comes from "GET /v1/files", "GET …/nodes" or a plugin export.')
  const refusal = refusalOf(json)
  if (refusal) throw new ReadStop('figma-refused', refusal)

  const variables = variablesOf(json.variables) ?? variablesOf(json.localVariables)
  const beside = {
    ...(variables ? { variables } : {}),
    images: { ...picturesOf(fieldsOf(json.meta).images), ...picturesOf(json.images), ...picturesOf(json.imageUrls) },
    vectors: { ...textsOf(json.vectors), ...textsOf(json.vectorSvgs) },
  }
  if (isFields(json.nodes)) return { form: 'rest-nodes', ...beside, ...fromNodes(json, json.nodes) }

  const holder = isNode(json.document) ? json : isFields(json.info) && isNode(json.info.document) ? json.info : undefined
  const maps = (from: Fields) => ({
    components: fieldsOf(from.components),
    componentSets: fieldsOf(from.componentSets),
    styles: fieldsOf(from.styles),
  })
  if (holder) {
    const document = holder.document as FigmaNode
    const dependencies = fromDependencies(json.dependencies)
    const form = document.type === 'DOCUMENT' ? 'rest-file' : 'plugin'
    const own = maps(holder)
    return { form, ...beside, documents: [document], ...own, components: { ...dependencies, ...own.components }, diagnostics: [] }
  }
  // A bare node names its styles in `styles`, by id: no map of styles.
  if (isNode(json)) return { form: 'node', ...beside, documents: [json], components: {}, componentSets: {}, styles: {}, diagnostics: [] }
  throw new ReadStop(
    'not-a-design',
    'This JSON holds no Figma document. A design comes from "GET /v1/files", "GET …/nodes" or a plugin export.',
  )
}

/** A plugin may hand main components along, each an export of its own. */
function fromDependencies(value: unknown): Fields {
  return Object.assign({}, ...Object.values(fieldsOf(value)).map((entry) => fieldsOf(fieldsOf(fieldsOf(entry).info).components)))
}
