/** Makes `.fig` files and clipboard copies of designs made for the tests, with a schema of our own hand. */
import { deflateSync, zipSync } from 'fflate'
import { compileSchema, encodeBinarySchema, parseSchema } from 'kiwi-schema'

const SCHEMA = `
enum NodeType { NONE = 0; DOCUMENT = 1; CANVAS = 2; FRAME = 4; VECTOR = 6; STAR = 7; ELLIPSE = 9; TEXT = 13; SYMBOL = 15; INSTANCE = 16; ROUNDED_RECTANGLE = 12; VARIABLE = 28; VARIABLE_SET = 31; }
enum PaintType { SOLID = 0; GRADIENT_LINEAR = 1; IMAGE = 5; }
enum StackMode { NONE = 0; HORIZONTAL = 1; VERTICAL = 2; }
enum StackSize { FIXED = 0; RESIZE_TO_FIT = 1; }
enum PropType { BOOL = 0; TEXT = 1; COLOR = 2; INSTANCE_SWAP = 3; VARIANT = 4; }
enum PropField { VISIBLE = 0; TEXT_DATA = 1; OVERRIDDEN_SYMBOL_ID = 2; }
enum Units { RAW = 0; PIXELS = 1; PERCENT = 2; }
enum Winding { NONZERO = 0; ODD = 1; }
struct GUID { uint sessionID; uint localID; }
struct Vector { float x; float y; }
struct Color { float r; float g; float b; float a; }
struct Matrix { float m00; float m01; float m02; float m10; float m11; float m12; }
struct Number { float value; Units units; }
struct FontName { string family; string style; string postscript; }
struct ColorStop { Color color; float position; }
struct Nothing { }
message ParentIndex { GUID guid = 1; string position = 2; }
message GUIDPath { GUID[] guids = 1; }
message Image { byte[] hash = 1; }
message Paint { PaintType type = 1; Color color = 2; float opacity = 3; bool visible = 4; ColorStop[] stops = 5; Matrix transform = 6; Image image = 7; }
message TextData { string characters = 1; uint[] characterStyleIDs = 2; NodeChange[] styleOverrideTable = 3; }
message Path { Winding windingRule = 1; uint commandsBlob = 2; }
message PropValue { bool boolValue = 1; TextData textValue = 2; GUID guidValue = 3; }
message PropDef { GUID id = 1; string name = 2; PropValue initialValue = 3; PropType type = 4; }
message PropRef { GUID defID = 1; PropField componentPropNodeField = 2; }
message PropAssignment { GUID defID = 1; PropValue value = 2; }
message SymbolData { GUID symbolID = 1; NodeChange[] symbolOverrides = 2; }
message VariantSpec { GUID propDefId = 1; string value = 2; }
message ValueOrder { string property = 1; string[] values = 2; }
message NodeChange {
  GUID guid = 1; ParentIndex parentIndex = 2; NodeType type = 3; string name = 4; Vector size = 5; Matrix transform = 6; bool visible = 7;
  Paint[] fillPaints = 8; StackMode stackMode = 9; float stackSpacing = 10; float stackHorizontalPadding = 11; StackSize stackPrimarySizing = 12;
  StackSize stackCounterSizing = 13; float stackChildPrimaryGrow = 14; SymbolData symbolData = 15; NodeChange[] derivedSymbolData = 16; GUIDPath guidPath = 17;
  GUID overrideKey = 18; TextData textData = 19; float fontSize = 20; FontName fontName = 21; Number lineHeight = 22; Number letterSpacing = 23;
  PropDef[] componentPropDefs = 24; PropRef[] componentPropRefs = 25; PropAssignment[] componentPropAssignments = 26; GUID overriddenSymbolID = 27;
  bool isStateGroup = 28; ValueOrder[] stateGroupPropertyValueOrders = 29; VariantSpec[] variantPropSpecs = 30; Path[] fillGeometry = 31; uint styleID = 32;
  bool resizeToFit = 33; bool internalOnly = 34; Nothing[] nothings = 35; bool frameMaskDisabled = 36;
}
message Blob { byte[] bytes = 1; }
message Message { NodeChange[] nodeChanges = 1; Blob[] blobs = 2; }
`

type Fields = Record<string, unknown>

const schema = parseSchema(SCHEMA)
const codec = compileSchema(schema) as { encodeMessage(message: Fields): Uint8Array }

/** `"1:2"` as Figma writes it. */
export function guid(id: string): { sessionID: number; localID: number } {
  const [sessionID = 0, localID = 0] = id.split(':').map(Number)
  return { sessionID, localID }
}

/** A layer below `parent`; its place among siblings is a letter, as in Figma. */
export function layer(id: string, type: string, parent: string, position: string, fields: Fields = {}): Fields {
  const place = (fields.at as [number, number] | undefined) ?? [0, 0]
  const { at: _, ...rest } = fields
  return {
    guid: guid(id),
    type,
    name: id,
    parentIndex: { guid: guid(parent), position },
    size: { x: 100, y: 40 },
    transform: { m00: 1, m01: 0, m02: place[0], m10: 0, m11: 1, m12: place[1] },
    ...rest,
  }
}

const concat = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const uint32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer)

/** The container around already compressed chunks. */
export function container(...chunks: Uint8Array[]): Uint8Array {
  return concat(new TextEncoder().encode('fig-kiwi'), uint32(101), ...chunks.flatMap((chunk) => [uint32(chunk.length), chunk]))
}

export const schemaChunk = (): Uint8Array => deflateSync(encodeBinarySchema(schema))

/** The canvas of a file with one page, `0:1`, that holds the layers. */
export function canvas(layers: readonly Fields[], blobs: readonly Uint8Array[] = []): Uint8Array {
  const root = [
    { guid: guid('0:0'), type: 'DOCUMENT', name: 'Document' },
    { guid: guid('0:1'), type: 'CANVAS', name: 'Page 1', parentIndex: { guid: guid('0:0'), position: '!' } },
    {
      guid: guid('0:2'),
      type: 'CANVAS',
      name: 'Internal Only Canvas',
      internalOnly: true,
      parentIndex: { guid: guid('0:0'), position: '"' },
    },
  ]
  const message = codec.encodeMessage({ nodeChanges: [...root, ...layers], blobs: blobs.map((bytes) => ({ bytes })) })
  return container(schemaChunk(), deflateSync(message))
}

export const figFile = (layers: readonly Fields[], images: Readonly<Record<string, Uint8Array>> = {}): Uint8Array =>
  zipSync({
    'canvas.fig': canvas(layers),
    'meta.json': new TextEncoder().encode('{}'),
    ...Object.fromEntries(Object.entries(images).map(([hash, bytes]) => [`images/${hash}`, bytes])),
  })

export function clipboardHtml(layers: readonly Fields[]): string {
  const buffer = Buffer.from(canvas(layers)).toString('base64')
  return `<meta charset="utf-8"><span data-metadata="<!--(figmeta)e30=(/figmeta)-->"></span><span data-buffer="<!--(figma)${buffer}(/figma)-->"></span>`
}
