/** The few pages that the preview proxy writes itself, and the scripts that run in them and in the apps that it shows. */

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** @param text one sentence about what happened and one about what to do; @param script the path of one that goes on from there */
export function previewPage(title: string, text: string, script?: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0 24px}h1{font-size:17px;margin:0 0 4px}p{margin:0;max-width:44ch;opacity:.75}</style>
<main aria-live="polite"><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main>${script ? `<script src="${script}"></script>` : ''}</html>`
}

/** For our own pages: nothing but themselves, framed by nobody but the product. */
export const pagePolicy = (frameAncestors: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "script-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${frameAncestors.join(' ')}`,
  ].join('; ')

export const WAKING_PATH = '/__slipway/waking.js'
export const AWAKE_PATH = '/__slipway/awake'

/** Waits until the preview is awake and loads the page again, or says why it does not wake. */
export const WAKING_SCRIPT = `fetch(${JSON.stringify(AWAKE_PATH)}).then(async (answer) => {
  if (answer.ok) return location.reload()
  document.querySelector('h1').textContent = 'The preview does not wake'
  document.querySelector('p').textContent = await answer.text()
}, () => {
  document.querySelector('h1').textContent = 'Slipway does not answer'
  document.querySelector('p').textContent = 'Check that it is running, then reload.'
})
`

export const REPORT_PATH = '/__slipway/report'
export const SCRIPT_PATH = '/__slipway/report.js'

/** Runs before the app's own scripts; sends at most 20 reports a page. */
export const REPORT_SCRIPT = `(() => {
  let left = 20
  const send = (kind, text) => {
    if (left-- <= 0) return
    navigator.sendBeacon(${JSON.stringify(REPORT_PATH)}, JSON.stringify({ kind, text: String(text).slice(0, 2000) }))
  }
  const say = console.error
  console.error = (...words) => { send('console-error', words.map(String).join(' ')); say.apply(console, words) }
  addEventListener('error', (event) => {
    const from = event.target !== window && (event.target?.src || event.target?.href)
    if (from) send('request-failed', from + ' did not load')
    else send('console-error', event.message)
  }, true)
  addEventListener('unhandledrejection', (event) => send('console-error', event.reason))
  const ask = window.fetch
  window.fetch = async (...request) => {
    const address = String(request[0]?.url ?? request[0])
    try {
      const answer = await ask(...request)
      if (answer.status >= 400) send('request-failed', address + ' answered ' + answer.status)
      return answer
    } catch (error) {
      if (error?.name !== 'AbortError') send('request-failed', address + ': ' + error)
      throw error
    }
  }
  const open = XMLHttpRequest.prototype.open
  XMLHttpRequest.prototype.open = function (...request) {
    this.addEventListener('load', () => this.status >= 400 && send('request-failed', request[1] + ' answered ' + this.status))
    this.addEventListener('error', () => send('request-failed', request[1] + ' did not answer'))
    return open.apply(this, request)
  }
})()
`

/** Puts the script first into the head of a page, or before everything where there is no head. */
export function withReportScript(html: string): string {
  const tag = `<script src="${SCRIPT_PATH}"></script>`
  const head = /<head(?:\s[^>]*)?>/i.exec(html)
  if (!head) return tag + html
  const at = head.index + head[0].length
  return html.slice(0, at) + tag + html.slice(at)
}
