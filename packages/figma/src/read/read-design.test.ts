import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDesign } from './read-design.ts'

const frame = (id: string, children: unknown[] = []) => ({
  id,
  name: `Frame ${id}`,
  type: 'FRAME',
  absoluteBoundingBox: { x: 0, y: 0, width: 100, height: 100 },
  children,
})
const file = (...pages: unknown[][]) => ({
  document: {
    id: '0:0',
    type: 'DOCUMENT',
    name: 'Document',
    children: pages.map((children, index) => ({ id: `0:${index + 1}`, type: 'CANVAS', name: `Page ${index + 1}`, children })),
  },
  components: { '1:9': { name: 'Button' } },
  styles: { '1:8': { name: 'Primary', styleType: 'FILL' } },
  schemaVersion: 0,
})
const read = (value: unknown, options = {}) => readDesign(JSON.stringify(value), options)
const codes = (value: unknown, options = {}) => read(value, options).diagnostics.map((diagnostic) => diagnostic.code)

test('a REST file becomes one root per visible frame, with its maps beside it', () => {
  const result = read(file([frame('1:2'), { ...frame('1:3'), visible: false }], [frame('2:2')]))
  expect(result.form).toBe('rest-file')
  expect(result.bundle?.roots.map((root) => root.id)).toEqual(['1:2', '2:2'])
  expect(result.frames.map((entry) => [entry.id, entry.page])).toEqual([
    ['1:2', 'Page 1'],
    ['2:2', 'Page 2'],
  ])
  expect(result.bundle?.components).toEqual({ '1:9': { name: 'Button' } })
})

test('the nodes endpoint gives its documents and says which nodes the file does not have', () => {
  const result = read({
    name: 'File',
    nodes: { '1:2': { document: frame('1:2'), components: { a: { name: 'A' } }, styles: {} }, '9:9': null },
  })
  expect(result.form).toBe('rest-nodes')
  expect(result.bundle?.roots.map((root) => root.id)).toEqual(['1:2'])
  expect(result.bundle?.components).toEqual({ a: { name: 'A' } })
  expect(result.diagnostics).toMatchObject([{ severity: 'warning', code: 'node-missing' }])
})

test("a plugin's export brings its SVGs and pictures along", () => {
  const result = read({
    info: { document: frame('1:2'), components: {} },
    vectorSvgs: { '1:5': '<svg/>' },
    imageUrls: { abc: 'data:image/png;base64,AA', evil: 'javascript:x' },
  })
  expect(result.form).toBe('plugin')
  expect(result.bundle?.vectors).toEqual({ '1:5': '<svg/>' })
  expect(result.bundle?.images).toEqual({ abc: { href: 'data:image/png;base64,AA' } })
})

test('a bare node of any age is a design as well', () => {
  const old = { ...frame('1:2'), isFixed: true, backgroundColor: { r: 1, g: 1, b: 1, a: 1 } }
  expect(read(old).bundle?.roots).toEqual([old])
})

test('only the asked-for nodes become roots, however their ids are written', () => {
  const inner = frame('1:3')
  expect(read(file([frame('1:2', [inner])]), { nodeIds: ['1-3'] }).bundle?.roots).toEqual([inner])
  expect(codes(file([frame('1:2')]), { nodeIds: ['7:7'] })).toEqual(['node-not-found'])
})

test('a section is a drawer of frames', () => {
  const section = { ...frame('1:2', [frame('1:3'), frame('1:4')]), type: 'SECTION' }
  expect(read(file([section])).bundle?.roots.map((root) => root.id)).toEqual(['1:3', '1:4'])
})

test('what Figma answered when it refused is told in its own words', () => {
  const [diagnostic] = read({ status: 403, err: 'Invalid token' }).diagnostics
  expect(diagnostic?.code).toBe('figma-refused')
  expect(diagnostic?.message).toContain('Invalid token')
})

test('what is no design says so', () => {
  expect(codes([])).toEqual(['not-a-design'])
  expect(codes({ colors: {} })).toEqual(['not-a-design'])
  expect(codes({ type: 'smartphone', id: 'x', children: [] })).toEqual(['not-a-design'])
  expect(codes(file([]))).toEqual(['no-frames'])
  expect(readDesign('{"document":').diagnostics[0]?.code).toBe('bad-json')
  expect(readDesign('<p>hello</p>').diagnostics[0]?.code).toBe('bad-json')
})

test('size, number of layers and depth are bounded', () => {
  expect(readDesign('x'.repeat(2_000), { limits: { sizeBytes: 1_000 } }).diagnostics[0]?.code).toBe('too-large')
  const many = Array.from({ length: 300 }, (_, index) => frame(`2:${index}`))
  expect(codes(file([frame('1:2', many)]), { limits: { nodes: 200 } })).toEqual(['too-many-nodes'])
  const opening = '{"id":"1:2","type":"FRAME","children":['
  const deep = `{"document":${opening.repeat(10_000)}${']}'.repeat(10_000)}}`
  expect(readDesign(deep).diagnostics[0]?.code).toBe('too-deep')
})

test('any JSON and any bytes give a bundle or an error, and nothing is thrown', () => {
  const consistent = (result: ReturnType<typeof readDesign>) =>
    expect(result.bundle === undefined).toBe(result.diagnostics.some((diagnostic) => diagnostic.severity === 'error'))
  fc.assert(fc.property(fc.json(), (text) => void consistent(readDesign(text))))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void consistent(readDesign(bytes))))
  const junk = fc.oneof(fc.jsonValue(), fc.constantFrom('FRAME', 'CANVAS', 'DOCUMENT', { id: '1:2', type: 'FRAME' }))
  const shaped = fc.record(
    {
      document: fc.record({ id: junk, type: junk, children: fc.array(junk) }),
      nodes: fc.dictionary(fc.string(), junk),
      info: junk,
      images: junk,
      vectors: junk,
      variables: junk,
    },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(shaped, (value) => void consistent(read(value))))
})
