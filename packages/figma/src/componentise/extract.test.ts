import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { anyDesign } from '../testing/any-design.ts'
import { renderCode } from '../testing/render-code.ts'

const STATE = /^(group-)?(hover|active|focus-visible|disabled):|^group$/

/** The order of classes says nothing; what a state would change is seen only in that state. */
const sorted = (html: string) =>
  html
    .replace(/class="([^"]*)"/g, (_, classes: string) => {
      const words = classes.split(/\s+/).filter((word) => word && !STATE.test(word))
      return `class="${words.toSorted().join(' ')}"`
    })
    .replaceAll(' disabled=""', '')
    .replace(/ aria-pressed="(true|false)"/g, '')

test('whatever becomes a component, the page shows the same elements with the same classes and ids as without components', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyDesign, async (bundle) => {
      const cut = compile(bundle, { nodeIds: true })
      const whole = compile(bundle, { nodeIds: true, components: false })
      expect(whole.components).toEqual([])
      const pages = cut.pages.map(({ file }) => file)
      expect((await renderCode(cut.files, pages)).map(sorted)).toEqual((await renderCode(whole.files, pages)).map(sorted))
    }),
    { numRuns: 60 },
  )
})
