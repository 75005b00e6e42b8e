/** The compiled page as one document that needs nothing from anywhere, and tells the page around it where its layers lie. */
import { createHash } from 'node:crypto'

/** Runs in the frame, which has no rights but scripts: all it can do is tell the boxes of what carries a layer's id. */
const MEASURE = `(() => {
  const tell = () => {
    const boxes = [...document.querySelectorAll('[data-node-id]')].slice(0, 5000).map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return { id: one.getAttribute('data-node-id'), x: x + scrollX, y: y + scrollY, width, height }
    })
    parent.postMessage({ from: 'slipway-prototype', boxes, width: innerWidth, height: document.documentElement.scrollHeight }, '*')
  }
  addEventListener('load', tell)
  addEventListener('resize', tell)
  document.fonts?.ready.then(tell)
})()`

/** Nothing is loaded, sent or opened; only the script above runs. */
export const LIVE_POLICY = [
  'sandbox allow-scripts',
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(MEASURE).digest('base64')}'`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** @param html a page of the compiler that links `styles.css` */
export function livePage(html: string, css: string): string {
  const style = `<style>\n${css.replaceAll('</', '<\\/')}\n</style>`
  const link = /<link\b[^>]*href="(?:\.\/)?styles\.css"[^>]*>/
  const styled = link.test(html) ? html.replace(link, () => style) : `${style}\n${html}`
  const script = `<script>${MEASURE}</script>`
  return /<\/body>/i.test(styled) ? styled.replace(/<\/body>(?![\s\S]*<\/body>)/i, () => `${script}\n</body>`) : styled + script
}
