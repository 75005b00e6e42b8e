import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { scriptOf } from '../testing/render-code.ts'

const solid = (r: number) => [{ type: 'SOLID', blendMode: 'NORMAL', color: { r, g: 0.5, b: 0.5, a: 1 } }]
const change = (type: string, destinationId: string, more: object = {}) => ({
  trigger: { type, ...more },
  actions: [{ type: 'NODE', navigation: 'CHANGE_TO', destinationId }],
})
const part = (id: string, type: string, name: string, shade: number, y: number, more: object = {}) => ({
  ...{ id, type, name, fills: solid(shade), cornerRadius: 8, ...more },
  absoluteBoundingBox: { x: 0, y, width: 120, height: 32 },
  children: [
    {
      id: `${id}1`,
      name: 'Knob',
      type: 'RECTANGLE',
      fills: solid(1 - shade),
      absoluteBoundingBox: { x: 4 + shade * 40, y: y + 4, width: 24, height: 24 },
    },
  ],
})
const set = (id: string, name: string, children: object[]) => ({
  ...{ id, name, type: 'COMPONENT_SET', absoluteBoundingBox: { x: 0, y: 0, width: 200, height: 400 }, children },
})
const variants = (id: string, name: string, axis: string, values: readonly string[], interactions: readonly object[][]) =>
  set(
    id,
    name,
    values.map((value, index) =>
      part(`${id}${index}`, 'COMPONENT', `${axis}=${value}`, index / 4, index * 60, { interactions: interactions[index] ?? [] }),
    ),
  )
const codeOf = (result: ReturnType<typeof compile>) => Object.values(result.files).join('\n')
const componentOf = ({ files }: ReturnType<typeof compile>) =>
  Object.entries(files).find(([path]) => path.startsWith('src/components/'))?.[1] ?? ''
const toldOf = (result: ReturnType<typeof compile>) =>
  result.report.filter(({ code }) => code === 'INTERACTION').map(({ message }) => message)

test('a click that changes a variant is a few lines of state, reachable by keys', async () => {
  const result = compile({
    roots: [variants('9:', 'Switch', 'Active', ['False', 'True'], [[change('ON_CLICK', '9:1')], [change('ON_CLICK', '9:0')]])],
  })
  const file = componentOf(result)
  expect(file).toContain('import { useState } from "react";')
  expect(file).toContain('const [active, change] = useState(initial);')
  expect(file).toMatch(/AFTER_CLICK: Record<Active, Active> = \{\s*false: "true",\s*true: "false",\s*\}/)
  expect(file).toMatch(/<button[\s\S]*onClick=\{\(\) => change\(AFTER_CLICK\[active\]\)\}/)
  expect(file).toContain('aria-label="switch"')
  expect(file).toContain('aria-pressed={active === "true"}')
  expect(file).toBe(await format(file, { filepath: 'switch.tsx' }))
  expect(toldOf(result)).toEqual([])
})

test('a switch that is disabled is not thrown', () => {
  const all = ['False, Disabled=False', 'True, Disabled=False', 'False, Disabled=True', 'True, Disabled=True']
  const result = compile({ roots: [variants('9:', 'Switch', 'Active', all, [[change('ON_CLICK', '9:1')], [change('ON_CLICK', '9:0')]])] })
  expect(componentOf(result)).toContain('disabled={disabled === "true"}')
  expect(toldOf(result)).toEqual([])
})

test('hovering and pressing are pseudo-classes, whatever the designer calls the variants', () => {
  const interactions = [[change('ON_HOVER', '9:1'), change('ON_PRESS', '9:2')]]
  const result = compile({ roots: [variants('9:', 'Chip', 'Property 1', ['Default', 'Variant2', 'Variant3'], interactions)] })
  const code = codeOf(result)
  expect(code).toContain('hover:bg-')
  expect(code).toContain('active:bg-')
  expect(code).not.toContain('useState')
  expect(toldOf(result)).toEqual([])
})

test('what changes after a while does so by a timer that is taken down again', async () => {
  const result = compile({
    roots: [
      variants(
        '9:',
        'Spinner',
        'Step',
        ['One', 'Two'],
        [[change('AFTER_TIMEOUT', '9:1', { timeout: 0.8 })], [change('AFTER_TIMEOUT', '9:0', { timeout: 0.0001 })]],
      ),
    ],
  })
  const file = componentOf(result)
  expect(file).toContain('import { useEffect, useState } from "react";')
  expect(file).toMatch(/setTimeout\(\s*\(\) => change\(AFTER_TIME\[step\]\),\s*DELAYS_MS\[step\],?\s*\)/)
  expect(file).toMatch(/DELAYS_MS: Record<Step, number> = \{\s*one: 800,\s*two: 100,\s*\}/)
  expect(file).toContain('clearTimeout(timer)')
  expect(file).toBe(await format(file, { filepath: 'spinner.tsx' }))
})

test('a change to a variant that the design does not hold is named, once per layer', () => {
  const instances = [0, 1, 2].map((index) =>
    part(`2:${index}`, 'INSTANCE', 'Chip', 0.5, index * 40, {
      componentId: '8:1',
      interactions: [change('ON_HOVER', '8:2'), change('ON_CLICK', '8:3')],
    }),
  )
  const root = { id: '1:1', name: 'Page', type: 'FRAME', absoluteBoundingBox: { x: 0, y: 0, width: 390, height: 844 }, children: instances }
  const result = compile({ roots: [root] })
  expect(toldOf(result)).toEqual(
    Array.from({ length: 3 }, () => 'The change of variant on hovering and a click is left out: that variant is not in the design.'),
  )
  expect(codeOf(result)).not.toContain('useState')
})

test('a frame that leads on by itself does so after its time, and going back is a button', async () => {
  const box = { absoluteBoundingBox: { x: 0, y: 0, width: 390, height: 844 } }
  const leads = [
    { trigger: { type: 'AFTER_TIMEOUT', timeout: 2 }, actions: [{ type: 'NODE', navigation: 'NAVIGATE', destinationId: '1:2' }] },
  ]
  const back = { ...part('2:1', 'FRAME', 'Arrow', 0.2, 10), interactions: [{ trigger: { type: 'ON_CLICK' }, actions: [{ type: 'BACK' }] }] }
  const roots = [
    { id: '1:1', name: 'Splash', type: 'FRAME', ...box, interactions: leads, children: [] },
    { id: '1:2', name: 'Home', type: 'FRAME', ...box, children: [back] },
  ]
  const result = compile({ roots })
  const splash = result.files['src/pages/splash.tsx'] ?? ''
  expect(splash).toContain('setTimeout(() => location.assign("/home"), 2000)')
  expect(splash).toBe(await format(splash, { filepath: 'splash.tsx' }))
  expect(result.files['src/pages/home.tsx']).toContain('onClick={() => history.back()}')
  expect(result.html.files['home.html']).toMatch(/<button[^>]*aria-label="arrow"/)
  expect(result.html.files['home.html']).not.toContain('onclick')
  expect(toldOf(result)).toEqual([])
})

const CHROMIUM = '/usr/bin/chromium'
if (!existsSync(CHROMIUM))
  console.warn('SKIPPED: switches clicked in a browser, because there is no Chromium. To run it: sudo apt-get install -y chromium')

test.skipIf(!existsSync(CHROMIUM))(
  'in a browser a switch is thrown by a click and by a key, each for itself, and a spinner turns by itself',
  {
    timeout: 60_000,
  },
  async () => {
    const timed = [0, 1].map((index) => [change('AFTER_TIMEOUT', `8:${1 - index}`, { timeout: 0.1 })])
    const frame = (id: string, name: string, children: object[]) => ({
      id,
      name,
      type: 'FRAME',
      absoluteBoundingBox: { x: 0, y: 0, width: 400, height: 800 },
      children,
    })
    const root = frame('1:1', 'Page', [
      variants('9:', 'Switch', 'Active', ['False', 'True'], [[change('ON_CLICK', '9:1')], [change('ON_CLICK', '9:0')]]),
      variants('8:', 'Spinner', 'Step', ['One', 'Two'], timed),
    ])
    const result = compile({ roots: [root] })
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.setContent('<!doctype html><title>Switches</title><body></body>')
      await page.addScriptTag({ content: await scriptOf(result.files, result.pages[0]?.file ?? '') })
      const pressed = () => page.locator('button').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed')))
      await page.locator('button').first().waitFor()
      expect(await pressed()).toEqual(['false', 'true'])
      await page.locator('button').first().click()
      expect(await pressed()).toEqual(['true', 'true'])
      await page.locator('button').last().press('Enter')
      expect(await pressed()).toEqual(['true', 'false'])
      const turning = page
        .locator('main > div, main div')
        .filter({ has: page.locator('div') })
        .last()
      const look = await turning.getAttribute('class')
      await expect.poll(() => turning.getAttribute('class'), { timeout: 10_000 }).not.toBe(look)
    } finally {
      await browser.close()
    }
  },
)
