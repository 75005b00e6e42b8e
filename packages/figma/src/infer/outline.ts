/** Phase 4, what people who cannot see the page go by: headings without gaps, one of the first level, and landmarks that can be told apart. */
import { type Content, type ElementNode, element, isPresent, textNode } from '../element.ts'
import { wordsOf } from '../resolve/names.ts'

const LANDMARKS = new Set(['nav', 'aside'])

/** Seen by nobody, read by screen readers. */
const UNSEEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  'clip-path': 'inset(50%)',
  'white-space': 'nowrap',
} as const

interface Outline {
  /** Level of the heading before. */
  level: number
  readonly landmarks: ReadonlyMap<string, number>
  readonly labels: Map<string, number>
}

function countLandmarks(node: ElementNode, counts: Map<string, number>): ReadonlyMap<string, number> {
  if (LANDMARKS.has(node.tag)) counts.set(node.tag, (counts.get(node.tag) ?? 0) + 1)
  for (const child of node.children) if (child.kind === 'element' && isPresent(child)) countLandmarks(child, counts)
  return counts
}

function labelOf(node: ElementNode, outline: Outline): string {
  const label = wordsOf(node.layer?.name ?? '').join(' ') || node.tag
  const number = (outline.labels.get(label) ?? 0) + 1
  outline.labels.set(label, number)
  return number > 1 ? `${label} ${number}` : label
}

function outlined(node: ElementNode, outline: Outline): ElementNode {
  const wanted = /^h([1-6])$/.exec(node.tag)?.[1]
  let { tag, attributes } = node
  if (wanted) {
    outline.level = outline.level === 0 ? 1 : Math.max(1, Math.min(Number(wanted), outline.level + 1))
    tag = `h${outline.level}`
  } else if (LANDMARKS.has(tag) && (outline.landmarks.get(tag) ?? 0) > 1 && attributes['aria-label'] === undefined)
    attributes = { ...attributes, 'aria-label': labelOf(node, outline) }
  const children = node.children.map((child): Content => (child.kind === 'element' && isPresent(child) ? outlined(child, outline) : child))
  return { ...node, tag, attributes, children }
}

/** The page with its headings in order and its landmarks named; one without any heading gets the frame's name as an unseen one. */
export function withOutline(root: ElementNode, name: string): ElementNode {
  const outline: Outline = { level: 0, landmarks: countLandmarks(root, new Map()), labels: new Map() }
  const page = outlined(root, outline)
  if (outline.level > 0) return page
  return { ...page, children: [element('h1', {}, UNSEEN, [textNode(name.trim().slice(0, 120) || 'Page')]), ...page.children] }
}
