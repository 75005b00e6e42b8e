/** What the app is called: the owner's own name for it, or one made from what it is about. */
import { capitalised, sentencesOf } from './words.ts'

const NAMED = /\b(?:called|named|titled|name it|call it|call this|name is|under the name(?: of)?)\s+["“”'‘’]?([^"“”'‘’.,;:!?\n]{2,60})/i
const OPENING =
  /^(?:please\s+)?(?:(?:i|we)\s+(?:want|need|would like|'d like)(?:\s+to\s+(?:have|build|make|create))?|can you|could you|help me(?: to)?)?\s*(?:please\s+)?(?:implement|develop|create|build|make|design and develop|design|write|add|generate|provide|set up|fix and relaunch|fix and optimi[sz]e|fix|modify|improve|optimi[sz]e|update and redesign|update|redesign)?\s*/i
const KIND_WORDS =
  /\b(?:web-?based|web-|single-page|one-page|web|online|simple|small|responsive|modern|basic|comprehensive|complete|new|website|web ?site|web ?app|webpage|web page|web pages|application|app|platform|system|mini-?program|wechat|h5|software|portal|tool|page|site|based on [\w.]+|html5?|demo|interface|frontend|front-end|backend|interactive|static|dynamic|intelligent|smart|personali[sz]ed|customi[sz]ed|user-friendly|high-\w+)\b/gi

/** @returns at most 60 characters; "Records" when the idea gives nothing */
export function nameOf(idea: string): string {
  const given = NAMED.exec(idea)?.[1]
    ?.replace(/\s+(?:that|which|for|to|where|and|with|in|on|is|so)\b.*$/i, '')
    .trim()
  if (given && given.length > 1 && !/^(?:after|it|the|a|an|by|to|on|when|with|from)\b/i.test(given)) return capitalised(given).slice(0, 60)
  const first = sentencesOf(idea)[0] ?? ''
  const subject = first
    .replace(OPENING, '')
    .replace(/^(?:track|follow|record|note|log|list|see|show|know) (?:which|what|who|whose|where)\s+/i, '')
    .replace(/^(?:an?|the|my|our|some|one)\s+/i, '')
    .replace(/[.!?:,;(](?=\s|$).*$/, '')
    .replaceAll(/[’']s\b/g, '')
  const [head = '', ...rest] = subject.split(
    /\b(?:that|which|where|with|to (?!do\b)|on which|using|used|including|includes?|based|users?|where|can|so that|allowing|suitable|designed|similar|featuring|providing|through|and)\b/i,
  )
  const name = titled(head)
  if (name) return name
  return titled(rest.join(' ')) || titled(first.replace(OPENING, '')) || 'Records'
}

function titled(text: string): string {
  const [own = '', purpose = ''] = text.split(/\b(?:for|of|about|on|to)\b(?! do)/i)
  const clean = (part: string) =>
    part
      .replace(KIND_WORDS, ' ')
      .replaceAll(/[^\p{L}\p{N}\s'&+-]/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replace(/^(?:an?|the|my|our|your|their|his|her|some|various|different|single|specific)\s+/i, '')
      .replace(
        /^(?:track(?:ing)?(?: my| our)?|keep(?:ing)? track of(?: my| our)?|manage(?: my| our)?|(?:i |we )?run an?|running an?|browsing|displaying|managing|display|displays|showcasing|supports?|generates?|automatically|creates?|converts?|converting|ensures?|provides?|sends?|pushes|scrape|deploy|modify|resolve|be|is|are|it|creating|viewing|keeping track of|providing|recording)\s+/i,
        '',
      )
      .replace(/^(?:an?|the)\s+/i, '')
      .replace(/^[-&+'\s]+|[-&+'\s]+$/g, '')
      .trim()
  const first = clean(own)
  const second = clean(purpose.replace(/\b(?:with|in|on|at|from|and|that|which)\b.*$/i, ''))
  const isShort = !first.includes(' ') && second && second.split(' ').length <= 3 && first.length > 2 && !/ing$/i.test(second)
  const words = isShort ? `${second} ${first}` : ([first, second].find((part) => /\p{L}{2}/u.test(part)) ?? '')
  const isVague =
    !words.includes(' ') &&
    /(?:al|ed|ive|ing|ile|ment)$|^(?:error|editor|function|update|one|cloud|network|form|account|product|server|tool|info)$/i.test(words)
  const kept = (isVague && own.trim().includes(' ') ? own.trim() : words).split(' ').filter(Boolean).slice(0, 4)
  while (kept.length && /^(?:and|or|the|a|an|of|for|with|by|in|from|their|my|our)$/i.test(kept.at(-1) ?? '')) kept.pop()
  return kept
    .map((word) => (/^(?:and|or|of|for|the|in|to|a|an|with)$/i.test(word) ? word.toLowerCase() : capitalised(word)))
    .join(' ')
    .slice(0, 60)
    .trim()
}
