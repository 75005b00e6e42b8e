/** Finds "rest of the code unchanged" and its kin: a line that stands for code which is then lost. */

const COMMENT = /^\s*(?:\/\/|\/\*|\*|#|<!--|\{\/\*|--|;)/
const ELLIPSIS = /\.{3}|…/
const STANDS_FOR =
  /\b(?:rest|remaining|remainder|existing|unchanged|omitted|previous|other|same|keep|as before|continues?|truncated|elided|more)\b/i
const PHRASES = [
  /\b(?:rest|remainder) of (?:the |your |this )?(?:\w+ )?(?:code|file|component|function|class|module|implementation|logic|content|markup|imports|styles|methods|handlers)\b/i,
  /\b(?:code|content|logic|implementation|imports|methods|markup|everything else|file|component)\b[^.]{0,30}\b(?:remains?|stays?|is|are|left)\b[^.]{0,12}\b(?:the same|unchanged|as (?:is|before|it was))\b/i,
  /\bexisting (?:code|content|logic|implementation|imports|methods)\s*(?:here|goes here|stays|remains|unchanged)?\s*(?:\*\/|-->|\}|$)/i,
  /\b(?:your|actual|real|implementation|code|logic) (?:code |logic |implementation )?(?:goes |comes )?here\b/i,
  /\b(?:TODO|FIXME)\b:?\s*(?:implement|add the|finish|complete|write)\b/i,
  /\bunchanged (?:code|from (?:above|before))\b|\bsame as (?:before|above)\b|\bno changes? (?:needed )?(?:here|below|above)\b/i,
]

/** The first such line of `text`, trimmed; null when there is none. Lines that `before` has already are its own business. */
export function placeholderIn(text: string, before: string): string | null {
  const known = new Set(before.split('\n').map((line) => line.trim()))
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (known.has(trimmed) || trimmed === '') continue
    if (/^(?:\.{3}|…)$/.test(trimmed)) return trimmed
    const comment = COMMENT.test(line) ? trimmed : /(?:\/\/|\/\*|<!--|\{\/\*)(.*)$/.exec(line)?.[1]
    if (!comment) continue
    if ((ELLIPSIS.test(comment) && STANDS_FOR.test(comment)) || PHRASES.some((phrase) => phrase.test(comment))) return trimmed
  }
  return null
}
