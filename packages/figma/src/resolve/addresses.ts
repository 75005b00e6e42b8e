/** Which addresses of a design may reach a page: `https:` everywhere, `data:image/` for pictures, `mailto:` and `tel:` for links. */

const ADDRESS_MAX = 20_000_000

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters (Cc) are what is refused
const hasControl = (text: string) => /[\u0000-\u001f\u007f-\u009f\s"'<>\\`]/.test(text)

/** The address when a picture may come from it, else nothing. */
export function pictureAddress(href: unknown): string | undefined {
  if (typeof href !== 'string' || href.length > ADDRESS_MAX) return undefined
  const text = href.trim()
  if (/^data:image\/(png|jpeg|jpg|gif|webp|avif|svg\+xml)(;[\w=-]+)*,/i.test(text)) return hasControl(text) ? undefined : text
  return webAddress(text)
}

function webAddress(text: string): string | undefined {
  if (!/^https:\/\//i.test(text) || hasControl(text) || text.length > 4000) return undefined
  return URL.canParse(text) ? text.replaceAll('(', '%28').replaceAll(')', '%29') : undefined
}

/** The address when a link may lead to it, else nothing. */
export function linkAddress(href: string): string | undefined {
  const text = href.trim()
  if (/^(mailto:|tel:)[\w.+@%?=&;,:-]+$/i.test(text)) return text
  return webAddress(text)
}
