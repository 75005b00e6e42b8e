import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { anyDesign } from '../testing/any-design.ts'
import { withHints } from '../testing/any-hints.ts'

test('prettier has nothing to change in what is printed', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(anyDesign, fc.boolean(), async (bundle, nodeIds) => {
      for (const [path, text] of Object.entries(compile(bundle, { nodeIds }).files)) {
        expect(text).toBe(await format(text, { filepath: path }))
      }
    }),
    { numRuns: 40 },
  )
})

const resolve = createRequire(import.meta.url).resolve
const TSC = join(dirname(resolve('typescript/package.json')), 'bin', 'tsc')
const CONFIG = {
  compilerOptions: {
    ...{ strict: true, noEmit: true, jsx: 'react-jsx', module: 'esnext', moduleResolution: 'bundler', target: 'es2022' },
    ...{ exactOptionalPropertyTypes: true, noUnusedLocals: true, noUnusedParameters: true, noUncheckedIndexedAccess: true, types: [] },
  },
  include: ['**/*.tsx'],
}

test('the printed code passes the strict type check and needs nothing but react', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-printed-'))
  try {
    mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
    for (const name of ['@types/react', 'csstype'])
      symlinkSync(
        dirname(createRequire(resolve('@types/react/package.json')).resolve(`${name}/package.json`)),
        join(folder, 'node_modules', name),
      )
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG))
    const designs = [
      ...fc.sample(anyDesign, { numRuns: 40, seed: 7 }).map((bundle) => ({ bundle, hints: undefined })),
      ...fc.sample(anyDesign.chain(withHints), { numRuns: 40, seed: 7 }),
    ]
    for (const [index, { bundle, hints }] of designs.entries()) {
      for (const [path, text] of Object.entries(compile(bundle, { hints, nodeIds: index % 2 === 1 }).files)) {
        mkdirSync(dirname(join(folder, `${index}`, path)), { recursive: true })
        writeFileSync(join(folder, `${index}`, path), text)
      }
    }
    const { stdout, status } = spawnSync(process.execPath, [TSC, '-p', folder], { encoding: 'utf8' })
    expect([stdout, status]).toEqual(['', 0])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
