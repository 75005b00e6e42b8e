/** What somebody who reads a design may add to what the compiler sees in it: better names, and what an element is. Never code. */
import { z } from 'zod'

/** What a layer can be said to be. `box` and `text` take away what the compiler took it for. */
export const ELEMENT_MEANINGS = [
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'text',
  'button',
  'nav',
  'header',
  'footer',
  'aside',
  'section',
  'article',
  'list',
  'box',
] as const
export const ElementMeaning = z.enum(ELEMENT_MEANINGS)
export type ElementMeaning = z.infer<typeof ElementMeaning>

const NodeId = z.string().min(1).max(2_000)
/** As somebody would say it; the compiler makes a valid name of it that nothing else has. */
const Name = z.string().trim().min(1).max(80)

/** Hints go by the id of a layer; what looks alike elsewhere (the other uses of a component, the other items of a list) follows. */
export const DesignHints = z.object({
  /** Pages by the id of their frame. */
  pages: z
    .array(z.object({ nodeId: NodeId, name: Name }))
    .max(50)
    .default([]),
  /** Components by the id of any layer that is one of their uses. */
  components: z
    .array(
      z.object({
        nodeId: NodeId,
        name: Name.optional(),
        /** Props, and with them the fields of a list's data: from the name that the compiler gives. */
        props: z
          .array(z.object({ from: Name, to: Name }))
          .max(40)
          .default([]),
      }),
    )
    .max(300)
    .default([]),
  elements: z
    .array(
      z.object({
        nodeId: NodeId,
        as: ElementMeaning.optional(),
        /** For people who cannot see it: of a picture, a landmark, or a button without words. Empty: a picture that only decorates. */
        label: z.string().trim().max(200).optional(),
      }),
    )
    .max(600)
    .default([]),
})
export type DesignHints = z.infer<typeof DesignHints>
