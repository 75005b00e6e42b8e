import { expect, test } from 'vitest'
import { fromClipboard, fromFile } from './hand-in.ts'

test('layers copied in Figma are known by their marks, whatever text lies beside them', () => {
  const html =
    '<meta charset="utf-8"><span data-metadata="<!--(figmeta)eyJ9(/figmeta)-->"></span><span data-buffer="<!--(figma)Zmln(/figma)-->"></span>'
  expect(fromClipboard(html, 'Book a table')).toMatchObject({ kind: 'design', design: { form: 'clipboard' } })
})

test.each([
  ['https://www.figma.com/design/AbC/x?node-id=1-2', { kind: 'link' }],
  ['figma.com/file/AbC', { kind: 'link' }],
  [' {"document": {}} ', { kind: 'design', design: { form: 'json' } }],
])('pasted text: %s', (text, expected) => {
  expect(fromClipboard('', text)).toMatchObject(expected)
})

test.each(['', 'hello', 'https://example.com/figma.com', 'see figma.com/file/AbC for more'])('"%s" is no design', (text) => {
  expect(fromClipboard('<b>hello</b>', text)).toBeUndefined()
})

test('a file is what its bytes say, not what it is called', async () => {
  expect(await fromFile(new File(['PK\x03\x04rest'], 'a.json'))).toMatchObject({ form: 'fig', name: 'a.json' })
  expect(await fromFile(new File(['fig-kiwi...'], 'a.fig'))).toMatchObject({ form: 'fig' })
  expect(await fromFile(new File(['{"document":{}}'], 'a.fig'))).toMatchObject({ form: 'json' })
})
