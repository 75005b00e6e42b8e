/** The way with a model that errs, as a person walks it in a browser: from the key to an app that is ready. */
import type { Page } from 'playwright-core'
import { COMMENT, IDEA } from './erring-model.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

export interface Vendor {
  readonly baseUrl: string
  readonly key: string
}

/** Makes the owner, enters the key and chooses the model for everything. */
export async function enterKey(page: Page, url: string, { baseUrl, key }: Vendor): Promise<void> {
  await page.context().request.post(`${url}/api/first-visit`, { data: {}, headers: { origin: url } })
  await page.goto(`${url}/settings`)
  await page.getByLabel('Provider', { exact: true }).selectOption('openai-compatible')
  await page.getByLabel('Address of the server').fill(baseUrl)
  await page.getByLabel('Key', { exact: true }).fill(key)
  await button(page, 'Test').click()
  await page.getByText('It works').waitFor()
  await button(page, /^(Add key|Connect)$/).click()
  await page.getByText(`ends in ${key.slice(-4)}`).waitFor()
  await page.getByLabel('Provider of Main model').selectOption('openai-compatible')
  await page.getByLabel('Model of Main model').fill('house-model')
  await page.getByLabel('Own price of house-model, in,').fill('1')
  await page.getByLabel('Own price of house-model, out,').fill('4')
  await button(page, 'Save').click()
  await page.getByText('The model settings are saved.').waitFor()
}

/** Idea, brief, spec, a change by comment, backlog, plans, build. The page shows the build when this returns. @param timeoutMs of the build */
export async function walkToReady(page: Page, url: string, timeoutMs: number): Promise<void> {
  await page.goto(`${url}/new`)
  await page.getByText('house-model reads it: the conversation will probably cost').waitFor()
  await page.getByLabel('What do you want to build?').fill(IDEA)
  await button(page, 'Start').click()
  await page.getByText('Customers, their bikes, and the repairs.').waitFor()
  await button(page, 'Confirm the brief').click()
  await page.getByText('Doubles are told').first().waitFor()
  await page.getByText('A change will probably cost $').waitFor()
  await page.getByLabel('What should change in the spec?').fill(COMMENT)
  await button(page, 'Revise').click()
  await page.getByText('Revised the spec: REQ-91 changed.').waitFor()
  const stages = page.getByRole('navigation', { name: 'Stages' })
  await stages.getByRole('link', { name: /^Backlog/ }).click()
  await button(page, 'Generate the backlog').click()
  await page.getByText('Serve REQ-91').first().waitFor()
  await button(page, 'Try the failed ones again').or(button(page, 'Generate again')).first().waitFor()
  await stages.getByRole('link', { name: /^Spec/ }).click()
  await button(page, 'Approve the spec').click()
  await button(page, 'Approve and build').click()
  await page.waitForURL('**/build')
  await page.getByText('Ready', { exact: true }).first().waitFor({ timeout: timeoutMs })
}

/** An answer of the API, as the page's own visitor gets it. */
export const askPage = async <T>(page: Page, path: string): Promise<T> =>
  JSON.parse(await page.evaluate(async (address) => (await fetch(address)).text(), path)) as T

/** The zip of the feature that the page shows. */
export async function downloadedZip(page: Page): Promise<Uint8Array> {
  const path = `/api/features/${shownFeature(page)}/download`
  return Uint8Array.from(await page.evaluate(async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())], path))
}

export const shownFeature = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? ''
