import { readFileSync } from 'node:fs'
import adapter from '@sveltejs/adapter-static'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

export default {
  kit: {
    adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', precompress: true }),
    output: { bundleStrategy: 'split' },
    // The default is the time of the build, and then no two builds of the same sources would be the same.
    version: { name: version },
  },
}
