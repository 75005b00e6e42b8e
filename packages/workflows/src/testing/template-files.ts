/** The files of `templates/app`, for tests that compile real apps. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TemplateFiles } from '@slipway/blueprint'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../../templates/app')
const IGNORED = /(?:^|\/)(?:node_modules|dist|data)(?:\/|$)/

export const appTemplate = (): TemplateFiles =>
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !IGNORED.test(relative(FOLDER, path)))
    .map((path) => ({ path: relative(FOLDER, path), content: readFileSync(path, 'utf8') }))
