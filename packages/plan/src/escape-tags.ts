/** Closing tags inside of element text: printed as `&lt;/action>`, read back as `</action>`; commands decode all entities. */
import { ELEMENTS, SECTIONS } from './tags.ts'

const NAMES = [...new Set([...SECTIONS, ...ELEMENTS, 'task', 'automated'])].join('|')
const TO_ESCAPE = new RegExp(`(?:<|&(?:amp;)*lt;)(?=/(?:${NAMES})>)`, 'g')
const ESCAPED = new RegExp(`&(?:amp;)*lt;(?=/(?:${NAMES})>)`, 'g')

/** `unescapeTags(escapeTags(text))` is `text`, whatever it holds. */
export const escapeTags = (text: string) => text.replaceAll(TO_ESCAPE, (mark) => (mark === '<' ? '&lt;' : `&amp;${mark.slice(1)}`))
export const unescapeTags = (text: string) => text.replaceAll(ESCAPED, (mark) => (mark === '&lt;' ? '<' : `&${mark.slice(5)}`))

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export const decodeEntities = (command: string) =>
  command.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] as string)

/** Plain commands stay readable; only those that would read back differently are encoded. */
export const encodeEntities = (command: string) =>
  /&(?:amp|lt|gt|quot|apos);|<\/[a-z_-]+>/.test(command) ? command.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : command
