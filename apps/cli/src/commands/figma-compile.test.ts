import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { expect, onTestFinished, test } from 'vitest'
import { recorder } from '../plan/testing/project.ts'
import { registerFigmaCommands } from './figma.ts'

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const paint = (r: number, g: number, b: number) => [{ type: 'SOLID', color: { r, g, b, a: 1 } }]
const block = (id: string, y: number) => ({
  id,
  name: `Block ${id}`,
  type: 'RECTANGLE',
  absoluteBoundingBox: box(20, y, 280, 60),
  fills: paint(0.2, 0.4, 0.9),
  layoutSizingHorizontal: 'FILL',
  layoutSizingVertical: 'FIXED',
})
const frame = {
  id: '1:2',
  name: 'Welcome',
  type: 'FRAME',
  absoluteBoundingBox: box(0, 0, 320, 240),
  fills: paint(1, 1, 1),
  layoutMode: 'VERTICAL',
  itemSpacing: 20,
  paddingLeft: 20,
  paddingRight: 20,
  paddingTop: 20,
  layoutSizingHorizontal: 'FIXED',
  layoutSizingVertical: 'FIXED',
  children: [block('1:3', 20), block('1:4', 100)],
}
const fileOf = (...frames: unknown[]) => ({
  document: { id: '0:0', type: 'DOCUMENT', children: [{ id: '0:1', type: 'CANVAS', name: 'Page', children: frames }] },
})

/** Gone when the test ends. */
function workplace(design: unknown) {
  const root = mkdtempSync(join(tmpdir(), 'slipway-figma-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const file = join(root, 'design.json')
  const out = join(root, 'out')
  writeFileSync(file, typeof design === 'string' ? design : JSON.stringify(design))
  const slipway = async (...args: string[]) => {
    const { terminal, output } = recorder()
    let code = -1
    const program = new Command('slipway').exitOverride()
    registerFigmaCommands(program, {
      terminal,
      exit: (given) => {
        code = given
      },
    })
    await program.parseAsync(['figma', 'compile', ...args], { from: 'user' })
    return { code, output: output() }
  }
  return { root, file, out, slipway, text: (path: string) => readFileSync(join(out, path), 'utf8') }
}

test('a design becomes React, the same as HTML, and a report', async () => {
  const { file, out, slipway, text } = workplace(fileOf(frame))
  const { code, output } = await slipway(file, '--out', out)
  expect(code).toBe(0)
  expect(output).toContain('Welcome → src/pages/welcome.tsx')
  expect(text('src/pages/welcome.tsx')).toContain('export')
  expect(text('html/welcome.html')).toContain('<!doctype html>')
  expect(JSON.parse(text('report.json'))).toHaveProperty('report')
})

test('--measure shows the page in a browser and tells how near it is', async () => {
  const { file, out, slipway } = workplace(fileOf(frame))
  const { code, output } = await slipway(file, '--out', out, '--measure')
  expect(output).toContain('Welcome: 100.0 % of 2 layers within 2 px, text styles 100.0 %, fits 80 % of the width')
  expect(code).toBe(0)
})

test('one node can be asked for, and JSON is told alone', async () => {
  const { file, out, slipway } = workplace(fileOf(frame, { ...frame, id: '1:9', name: 'Other', children: [] }))
  const { output } = await slipway(file, '--out', out, '--node', '1-9', '--json')
  expect(JSON.parse(output).pages.map((page: { nodeId: string }) => page.nodeId)).toEqual(['1:9'])
})

test('a name that looks like a way out of the folder stays inside', async () => {
  const { root, file, out, slipway } = workplace(fileOf({ ...frame, name: '../../../evil' }))
  expect((await slipway(file, '--out', out)).code).toBe(0)
  expect(readdirSync(root).toSorted()).toEqual(['design.json', 'out'])
})

test('a file that cannot be used says why, and nothing is written', async () => {
  const { root, file, out, slipway } = workplace({ colours: {} })
  expect(await slipway(file, '--out', out)).toEqual({ code: 2, output: expect.stringContaining('holds no Figma document') })
  expect(await slipway(join(root, 'nowhere.fig'), '--out', out)).toEqual({ code: 2, output: expect.stringContaining('nowhere.fig') })
  expect(await slipway(root, '--out', out)).toEqual({ code: 2, output: expect.stringContaining('folder') })
  expect(existsSync(out)).toBe(false)
})
