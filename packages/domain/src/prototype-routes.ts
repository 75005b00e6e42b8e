/** The routes of the short way: a Figma frame in, React code out, one session per browser (its cookie is `bp_session`). */
import { z } from 'zod'
import { Estimate } from './money.ts'
import { Feature, Project } from './project.ts'
import {
  CodeGenerateRequest,
  CodeGenerateResponse,
  DesignBox,
  FigmaConnection,
  OpenedDesign,
  PrototypeFile,
  PrototypeSession,
} from './prototype.ts'
import { route } from './route.ts'

const MEGABYTE = 1024 * 1024

/** Of a design that is handed in: a file, the clipboard, or JSON in a request. */
export const DESIGN_BYTES_MAX = 64 * MEGABYTE

const Shown = z.object({ session: PrototypeSession.nullable(), eventId: z.number().int().nonnegative() })

/** What refining would cost, before anybody pays. */
export const RefinementOffer = z.object({
  /** As its vendor calls it; null: none is chosen, and nothing is offered. */
  model: z.string().nullable(),
  estimate: Estimate.nullable(),
  /** The same was asked of the same model before: its answer is there and costs nothing. */
  isAnswered: z.boolean(),
  /** Why it cannot be done here; null when it can. */
  obstacle: z.string().nullable(),
})
export type RefinementOffer = z.infer<typeof RefinementOffer>

const Done = z.object({ ok: z.literal(true) })

export const PROTOTYPE_ROUTES = {
  generatePrototype: route({
    method: 'POST',
    path: '/api/prototypes/generate',
    tag: 'prototypes',
    summary: 'Turn a design into code; what this browser had before is replaced',
    bodyBytesMax: DESIGN_BYTES_MAX,
    body: CodeGenerateRequest,
    response: CodeGenerateResponse,
  }),
  getPrototypeSession: route({
    method: 'GET',
    path: '/api/prototypes/session',
    tag: 'prototypes',
    summary: 'The prototype of this browser, with its code',
    response: Shown,
  }),
  regeneratePrototype: route({
    method: 'POST',
    path: '/api/prototypes/regenerate',
    tag: 'prototypes',
    summary: 'Compile the same frame again from what was frozen at import; edits are overwritten, Figma is not asked',
    response: CodeGenerateResponse,
  }),
  refreshPrototype: route({
    method: 'POST',
    path: '/api/prototypes/refresh',
    tag: 'prototypes',
    summary: 'Ask Figma whether the file changed, and only then fetch the frame again',
    response: z.object({ isChanged: z.boolean() }),
  }),
  editPrototype: route({
    method: 'PATCH',
    path: '/api/prototypes/session',
    tag: 'prototypes',
    summary: 'Replace one file of the code; refused when the code changed meanwhile',
    bodyBytesMax: 8 * MEGABYTE,
    body: z.object({ file: PrototypeFile, revision: z.number().int().nonnegative() }),
    response: z.object({ revision: z.number().int().nonnegative() }),
  }),
  getPrototypeBoxes: route({
    method: 'GET',
    path: '/api/prototypes/session/boxes',
    tag: 'prototypes',
    summary: 'The boxes of the design, to hold the live result against',
    response: z.object({ boxes: z.array(DesignBox) }),
  }),
  getRefinementOffer: route({
    method: 'GET',
    path: '/api/prototypes/refinement',
    tag: 'prototypes',
    summary: 'Which model would refine names and meaning, and what that would cost',
    response: RefinementOffer,
  }),
  refinePrototype: route({
    method: 'POST',
    path: '/api/prototypes/refinement',
    tag: 'prototypes',
    summary: 'Let a model propose names and meaning; they are kept only when the page measures no worse',
    response: z.object({ sessionId: z.string() }),
  }),
  undoRefinement: route({
    method: 'DELETE',
    path: '/api/prototypes/refinement',
    tag: 'prototypes',
    summary: 'Back to the compiler’s own names; edits are overwritten',
    response: CodeGenerateResponse,
  }),
  usePrototype: route({
    method: 'POST',
    path: '/api/prototypes/use',
    tag: 'prototypes',
    summary: 'Start a project from the prototype',
    response: z.object({ project: Project, feature: Feature }),
  }),
  openFigmaFile: route({
    method: 'POST',
    path: '/api/prototypes/figma/file',
    tag: 'prototypes',
    summary: 'The pages and frames of the file behind a Figma link',
    /** `isWhole`: list all frames, also when the link names one. That costs the scarce kind of request. */
    body: z.object({ link: z.string().trim().max(2_000), isWhole: z.boolean().default(false) }),
    response: OpenedDesign,
  }),
  getFigmaConnection: route({
    method: 'GET',
    path: '/api/prototypes/figma',
    tag: 'prototypes',
    summary: 'Whether this browser is connected to Figma',
    response: z.object({ connection: FigmaConnection.nullable(), canUseOauth: z.boolean() }),
  }),
  connectFigma: route({
    method: 'POST',
    path: '/api/prototypes/figma',
    tag: 'prototypes',
    summary: 'Seal a personal access token of Figma, after asking Figma whose it is',
    body: z.object({ token: z.string().trim().min(8).max(500) }),
    response: FigmaConnection,
  }),
  disconnectFigma: route({
    method: 'DELETE',
    path: '/api/prototypes/figma',
    tag: 'prototypes',
    summary: 'Forget the Figma token of this browser',
    response: Done,
  }),
} as const

/** What answers with something else than JSON, or is sent as something else. */
export const PROTOTYPE_STREAMS = {
  /** POST: a design as it is, its form in the query; answers an OpenedDesign. */
  import: {
    path: '/api/prototypes/import',
    query: z.object({ form: z.enum(['json', 'fig', 'clipboard']), name: z.string().max(200).default('design') }),
  },
  /** The compiled page by itself, for a frame without any rights. */
  live: { path: '/api/prototypes/session/live' },
  /** All files with their pictures. */
  download: { path: '/api/prototypes/session/download' },
  /** Our copy of a picture from Figma. */
  picture: { path: '/api/prototypes/pictures/{sha256}' },
  oauthStart: { path: '/api/prototypes/figma/oauth' },
  oauthReturn: { path: '/api/prototypes/figma/oauth/return', query: z.object({ code: z.string().max(2_000), state: z.string().max(200) }) },
} as const
