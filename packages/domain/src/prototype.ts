/** A prototype session: one Figma frame per browser on its short way to React. */
import { z } from 'zod'
import { defineMachine } from './machine.ts'
import { Id, Moment, Sha256 } from './values.ts'

/** `replace`: another design takes the place of this one, whatever became of it. */
export const PROTOTYPE_SESSION = defineMachine({
  pending: { generate: 'generating' },
  generating: { complete: 'ready', fail: 'error', replace: 'pending' },
  ready: { regenerate: 'pending', replace: 'pending' },
  error: { regenerate: 'pending', replace: 'pending' },
})
export const PrototypeSessionStatus = z.enum(PROTOTYPE_SESSION.statuses)
export type PrototypeSessionStatus = z.infer<typeof PrototypeSessionStatus>
export type PrototypeSessionEvent = (typeof PROTOTYPE_SESSION.events)[number]

/** Why a session stands at `error`; each is the name of a failure of `ERRORS`. */
export const PROTOTYPE_ERROR_CODES = [
  'figma_auth',
  'figma_not_connected',
  'figma_forbidden',
  'figma_not_found',
  'figma_rate_limited',
  'figma_too_large',
  'figma_unreachable',
  'design_unreadable',
  'node_not_frame',
  'compile_failed',
  'unexpected',
] as const
export const PrototypeErrorCode = z.enum(PROTOTYPE_ERROR_CODES)
export type PrototypeErrorCode = z.infer<typeof PrototypeErrorCode>

/** A node's id as the API writes it (`1:2`, `I1:2;3:4`); links write `1-2`. */
export const FigmaNodeId = z
  .string()
  .max(400)
  .regex(/^[A-Za-z0-9:;_-]+$/)
  .transform((id) => id.replaceAll('-', ':'))
export const FigmaFileKey = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9]+$/)

/** Where a design comes from: Figma itself, or a file that was handed in and lies in the object store under its hash. */
export const DesignSource = z.discriminatedUnion('kind', [
  /** `version`: the file's, as Figma counts it; the same version is fetched once for everybody. */
  z.object({ kind: z.literal('figma'), fileKey: FigmaFileKey, version: z.string().max(100).regex(/^\w*$/).default('') }),
  z.object({ kind: z.literal('upload'), sha256: Sha256, form: z.enum(['json', 'fig', 'clipboard']) }),
])
export type DesignSource = z.infer<typeof DesignSource>

/** What the picker shows of a frame. Sizes in px of the design. */
export const DesignFrame = z.object({
  id: FigmaNodeId,
  name: z.string(),
  page: z.string(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative(),
  thumbnailUrl: z.string().nullable(),
})
export type DesignFrame = z.infer<typeof DesignFrame>

/** A design that was opened: its frames, to choose from. */
export const OpenedDesign = z.object({
  source: DesignSource,
  name: z.string(),
  frames: z.array(DesignFrame),
  /** The frame that a link named. */
  chosen: FigmaNodeId.nullable(),
})
export type OpenedDesign = z.infer<typeof OpenedDesign>

export const FRAMES_A_PROTOTYPE_MAX = 5

/** The column `design_context`: what was chosen, and the frozen bundle once there is one. */
export const DesignContext = z.object({
  version: z.literal(1),
  source: DesignSource,
  /** The first is the page; further ones are other widths of it. */
  frameIds: z.array(FigmaNodeId).min(1).max(FRAMES_A_PROTOTYPE_MAX),
  /** Of the bundle in the object store; null until it was read. Regenerate compiles this one and asks Figma nothing. */
  bundleSha256: Sha256.nullable().default(null),
})
export type DesignContext = z.infer<typeof DesignContext>

export const PROTOTYPE_FILE_CHARACTERS_MAX = 2_000_000

export const PrototypeFile = z.object({ path: z.string().min(1).max(300), content: z.string().max(PROTOTYPE_FILE_CHARACTERS_MAX) })
export type PrototypeFile = z.infer<typeof PrototypeFile>

/** What CSS cannot say, or says only nearly, node by node. */
export const PrototypeRemark = z.object({
  nodeId: z.string(),
  name: z.string(),
  outcome: z.enum(['approximated', 'rasterised', 'dropped']),
  message: z.string(),
})
export type PrototypeRemark = z.infer<typeof PrototypeRemark>

export const PrototypeReport = z.object({
  nodes: z.number().int().nonnegative(),
  exact: z.number().int().nonnegative(),
  remarks: z.array(PrototypeRemark),
  components: z.array(z.object({ name: z.string(), uses: z.number().int() })),
  missingImages: z.number().int().nonnegative(),
})
export type PrototypeReport = z.infer<typeof PrototypeReport>

const Count = z.number().int().nonnegative()

/** How near a compiled page is to its design, in a real browser. */
export const PrototypeMeasures = z.object({
  nodes: Count,
  found: Count,
  /** Layers whose box is within 2 px; the same relative to the box around them. */
  within2: Count,
  relative2: Count,
  texts: Count,
  /** Texts that match in size, weight, line height, letter spacing and colour. */
  textStyle: Count,
  /** How much wider than its window the page is at 80 % of the design's width. */
  overflowPx: z.number().nonnegative(),
  /** Share of pixels that differ from Figma's render, or where there is none from the page as it was before; 0 to 1. */
  pixels: z.number().min(0).max(1),
  /** Rules of axe that the page breaks, and at how many places. Contrast is the design's own choice and left out. */
  broken: z.array(z.object({ rule: z.string().max(100), places: Count })),
})
export type PrototypeMeasures = z.infer<typeof PrototypeMeasures>

/** What became of asking a model for better names. `running` ends as one of the others, whatever is killed. */
export const PrototypeRefinement = z.object({
  version: z.literal(1),
  runId: Id,
  state: z.enum(['running', 'kept', 'refused', 'failed']),
  /** As its vendor calls it. */
  model: z.string(),
  /** The run that ledger and record know it by: the same for the same question to the same model. */
  askId: z.string(),
  /** Why it was refused or failed, in a sentence; empty otherwise. */
  reason: z.string(),
  /** The frozen design that it was made for, and measured on. */
  bundleSha256: Sha256,
  /** The revision of the code it began with: an edit in between wins. */
  revision: z.number().int().nonnegative(),
  /** Of the hints in the object store. */
  hintsSha256: Sha256.nullable(),
  /** Hints that the compiler used, and those that fit nowhere. */
  used: Count,
  ignored: Count,
  before: PrototypeMeasures.nullable(),
  after: PrototypeMeasures.nullable(),
  /** Micro-dollars of this frame's answers so far; null when a price is unknown. */
  micros: Count.nullable(),
})
export type PrototypeRefinement = z.infer<typeof PrototypeRefinement>

export const PrototypeSession = z.object({
  id: Id,
  /** The browser's, from the cookie `bp_session`; worth nothing without its signature. */
  sessionId: z.string(),
  designContext: DesignContext,
  /** The page's React code. */
  generatedCode: z.string().nullable(),
  /** All files, the page first; empty before there is code. */
  files: z.array(PrototypeFile),
  report: PrototypeReport.nullable(),
  /** Figma's own picture of the frame, our copy. */
  thumbnailUrl: z.string().nullable(),
  frameName: z.string().nullable(),
  frameWidth: z.number().int().nullable(),
  frameHeight: z.number().int().nullable(),
  status: PrototypeSessionStatus,
  errorCode: PrototypeErrorCode.nullable(),
  /** For people; null unless `error`. */
  errorMessage: z.string().nullable(),
  /** When Figma may be asked again. */
  retryAt: Moment.nullable(),
  /** Counts up whenever the code changes; an edit names the one it was made on. */
  revision: z.number().int().nonnegative(),
  /** Whether somebody edited the code since it was generated; then the live result is behind it. */
  isEdited: z.boolean(),
  /** null: nobody asked a model, or it was undone. */
  refinement: PrototypeRefinement.nullable(),
  createdAt: Moment,
  updatedAt: Moment,
})
export type PrototypeSession = z.infer<typeof PrototypeSession>

/** Begins with a design that was opened, with frames of a Figma file, or with REST JSON in the request itself. */
export const CodeGenerateRequest = z.union([
  z.object({ source: DesignSource, frameIds: z.array(FigmaNodeId).min(1).max(FRAMES_A_PROTOTYPE_MAX) }),
  z.object({
    /** `GET /v1/files/:key`, `GET …/nodes`, or one node of them. */
    designContext: z.record(z.string(), z.unknown()),
    frameName: z.string().max(500).optional(),
    frameWidth: z.number().int().positive().optional(),
    frameHeight: z.number().int().positive().optional(),
  }),
])
export type CodeGenerateRequest = z.infer<typeof CodeGenerateRequest>

export const CodeGenerateResponse = z.object({
  sessionId: z.string(),
  status: PrototypeSessionStatus,
  errorCode: PrototypeErrorCode.nullable(),
})
export type CodeGenerateResponse = z.infer<typeof CodeGenerateResponse>

/** A node's box in px from the frame's corner: what the live result is held against. */
export const DesignBox = z.object({
  ...{ id: z.string(), name: z.string(), x: z.number(), y: z.number(), width: z.number(), height: z.number() },
  /** Of a text: its words and their size in px. */
  text: z.object({ words: z.string(), sizePx: z.number() }).optional(),
})
export type DesignBox = z.infer<typeof DesignBox>

/** A connection to Figma as it may be shown. */
export const FigmaConnection = z.object({
  kind: z.enum(['token', 'oauth']),
  lastFour: z.string().max(4),
  handle: z.string(),
  expiresAt: Moment.nullable(),
  createdAt: Moment,
})
export type FigmaConnection = z.infer<typeof FigmaConnection>
