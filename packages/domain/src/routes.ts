/** Every HTTP route once: method, path, what goes in and what comes out. The API serves it, the web app and the CLI call it. */
import { z } from 'zod'
import { BACKLOG_ROUTES } from './backlog-routes.ts'
import { Answer, Brief, Question } from './brief.ts'
import { CHAT_BODY_BYTES_MAX, ChatMessage, SentImages } from './chat.ts'
import { Evidence } from './evidence.ts'
import { Job, Version } from './job.ts'
import { MODEL_ROUTES } from './model-routes.ts'
import { PlanDocument } from './plan-document.ts'
import { PreviewShareLink, SHARE_HOURS_MAX } from './preview-share.ts'
import { Feature, Idea, Project, Title } from './project.ts'
import { PROTOTYPE_ROUTES } from './prototype-routes.ts'
import { REVISION_ROUTES } from './revision-routes.ts'
import { route } from './route.ts'
import { Spec } from './spec.ts'
import { Id, WorkspacePath } from './values.ts'

const ById = z.object({ id: Id })
const Done = z.object({ ok: z.literal(true) })

/** Who is looking, and at which workspace. */
export const Session = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  workspace: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** True on a fresh installation: the first visit makes the owner in one click. */
  isFirstVisit: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** Everything one feature page shows at first; events keep it true afterwards. */
export const FeatureView = z.object({
  project: Project,
  feature: Feature,
  brief: Brief.nullable(),
  questions: z.array(Question),
  spec: Spec.nullable(),
  specRevision: z.number().int().nonnegative(),
  plans: z.array(PlanDocument),
  planRevision: z.number().int().nonnegative(),
  jobs: z.array(Job),
  versions: z.array(Version),
  evidence: z.array(Evidence),
  /** The id of the newest event this view already contains: where to start listening. */
  eventId: z.number().int().nonnegative(),
})
export type FeatureView = z.infer<typeof FeatureView>

export const FeatureSummary = Feature.extend({ projectName: Title, latestJob: Job.nullable() })
export type FeatureSummary = z.infer<typeof FeatureSummary>

export const LogLine = z.object({ id: z.number().int(), stage: z.string(), stream: z.enum(['stdout', 'stderr', 'note']), text: z.string() })
export type LogLine = z.infer<typeof LogLine>

export const CodeEntry = z.object({ path: z.string(), sizeBytes: z.number().int().nonnegative() })
export type CodeEntry = z.infer<typeof CodeEntry>

export const ROUTES = {
  getSession: route({
    method: 'GET',
    path: '/api/session',
    tag: 'session',
    isOpen: true,
    summary: 'Who is signed in, and where',
    response: Session,
  }),
  createOwner: route({
    method: 'POST',
    path: '/api/first-visit',
    tag: 'session',
    isOpen: true,
    summary: 'Make the owner of a fresh local installation and sign in',
    body: z.object({ name: z.string().trim().max(80).optional() }),
    response: Session,
  }),
  createSignInLink: route({
    method: 'POST',
    path: '/api/sign-in-link',
    tag: 'session',
    summary: 'An address that signs this person in once, in another browser, within five minutes',
    response: z.object({ path: z.string() }),
  }),

  listProjects: route({
    method: 'GET',
    path: '/api/projects',
    tag: 'projects',
    summary: 'All projects, newest first',
    response: z.object({ projects: z.array(Project) }),
  }),
  createProject: route({
    method: 'POST',
    path: '/api/projects',
    tag: 'projects',
    summary: 'Start a project from an idea; its first feature is drafted at once',
    bodyBytesMax: CHAT_BODY_BYTES_MAX,
    body: z.object({ idea: Idea, images: SentImages }),
    response: z.object({ project: Project, feature: Feature }),
  }),
  renameProject: route({
    method: 'PATCH',
    path: '/api/projects/{id}',
    tag: 'projects',
    summary: 'Rename a project',
    params: ById,
    body: z.object({ name: Title }),
    response: Project,
  }),
  deleteProject: route({
    method: 'DELETE',
    path: '/api/projects/{id}',
    tag: 'projects',
    summary: 'Delete a project and its features',
    params: ById,
    response: Done,
  }),
  listVersions: route({
    method: 'GET',
    path: '/api/projects/{id}/versions',
    tag: 'projects',
    summary: 'Versions of a project, newest first',
    params: ById,
    response: z.object({ versions: z.array(Version) }),
  }),

  listFeatures: route({
    method: 'GET',
    path: '/api/features',
    tag: 'features',
    summary: 'All features, last changed first',
    response: z.object({ features: z.array(FeatureSummary), eventId: z.number().int().nonnegative() }),
  }),
  getFeature: route({
    method: 'GET',
    path: '/api/features/{id}',
    tag: 'features',
    summary: 'One feature with all it has so far',
    params: ById,
    response: FeatureView,
  }),
  renameFeature: route({
    method: 'PATCH',
    path: '/api/features/{id}',
    tag: 'features',
    summary: 'Rename a feature',
    params: ById,
    body: z.object({ title: Title }),
    response: Feature,
  }),
  deleteFeature: route({
    method: 'DELETE',
    path: '/api/features/{id}',
    tag: 'features',
    summary: 'Delete a feature; it can be restored for a while',
    params: ById,
    response: Done,
  }),
  restoreFeature: route({
    method: 'POST',
    path: '/api/features/{id}/restore',
    tag: 'features',
    summary: 'Undo a deletion',
    params: ById,
    response: Feature,
  }),
  confirmBrief: route({
    method: 'POST',
    path: '/api/features/{id}/confirm-brief',
    tag: 'features',
    summary: 'Confirm the brief; open questions take their defaults; the spec is written',
    params: ById,
    response: Feature,
  }),
  saveBrief: route({
    method: 'PUT',
    path: '/api/features/{id}/brief',
    tag: 'features',
    summary: 'Replace the brief by an edited one',
    params: ById,
    body: z.object({ brief: Brief }),
    response: Done,
  }),
  saveSpec: route({
    method: 'PUT',
    path: '/api/features/{id}/spec',
    tag: 'features',
    summary: 'Replace the spec by an edited one; refused when someone else saved meanwhile',
    params: ById,
    body: z.object({ spec: Spec, revision: z.number().int().nonnegative() }),
    response: z.object({ revision: z.number().int() }),
  }),
  approveSpec: route({
    method: 'POST',
    path: '/api/features/{id}/approve-spec',
    tag: 'features',
    summary: 'Approve the spec; the plan is written',
    params: ById,
    response: Feature,
  }),
  approvePlan: route({
    method: 'POST',
    path: '/api/features/{id}/approve-plan',
    tag: 'features',
    summary: 'Approve the plan; the build starts',
    params: ById,
    response: z.object({ feature: Feature, job: Job }),
  }),
  reopenBrief: route({
    method: 'POST',
    path: '/api/features/{id}/reopen-brief',
    tag: 'features',
    summary: 'Back from a spec that is not approved to the conversation about the brief; the spec stays in its history',
    params: ById,
    response: Feature,
  }),
  reopenSpec: route({
    method: 'POST',
    path: '/api/features/{id}/reopen-spec',
    tag: 'features',
    summary: 'Go back to the spec to change it',
    params: ById,
    response: Feature,
  }),

  sendMessage: route({
    method: 'POST',
    path: '/api/chat/message',
    tag: 'chat',
    summary:
      'Say something to the analyst, or answer its questions. With "Accept: text/event-stream" the events of the feature until it has answered',
    bodyBytesMax: CHAT_BODY_BYTES_MAX,
    body: z.object({
      featureId: Id,
      text: z.string().trim().max(20_000).default(''),
      answers: z.array(Answer).max(5).default([]),
      images: SentImages,
    }),
    response: z.object({ messages: z.array(ChatMessage), brief: Brief.nullable(), questions: z.array(Question) }),
  }),
  getChat: route({
    method: 'GET',
    path: '/api/chat/{featureId}',
    tag: 'chat',
    summary: 'The conversation about a feature',
    params: z.object({ featureId: Id }),
    response: z.object({ messages: z.array(ChatMessage) }),
  }),

  startBuild: route({
    method: 'POST',
    path: '/api/features/{id}/build',
    tag: 'builds',
    summary: 'Build again',
    params: ById,
    response: Job,
  }),
  getJob: route({ method: 'GET', path: '/api/jobs/{id}', tag: 'builds', summary: 'One build job', params: ById, response: Job }),
  cancelJob: route({
    method: 'POST',
    path: '/api/jobs/{id}/cancel',
    tag: 'builds',
    summary: 'Cancel a build',
    params: ById,
    response: Job,
  }),
  getLog: route({
    method: 'GET',
    path: '/api/jobs/{id}/log',
    tag: 'builds',
    summary: 'The log of a build so far',
    params: ById,
    query: z.object({ after: z.coerce.number().int().nonnegative().default(0) }),
    response: z.object({ lines: z.array(LogLine), eventId: z.number().int().nonnegative() }),
  }),
  openPreview: route({
    method: 'POST',
    path: '/api/jobs/{id}/preview',
    tag: 'builds',
    summary: 'A one-time address of the running preview; wakes it when it sleeps',
    params: ById,
    response: z.object({ url: z.url() }),
  }),
  sharePreview: route({
    method: 'POST',
    path: '/api/jobs/{id}/shares',
    tag: 'builds',
    summary: 'A link that shows this preview to whoever has it, without an account, until it expires',
    params: ById,
    body: z.object({ hours: z.number().int().min(1).max(SHARE_HOURS_MAX).default(24) }),
    response: PreviewShareLink,
  }),
  listShares: route({
    method: 'GET',
    path: '/api/jobs/{id}/shares',
    tag: 'builds',
    summary: 'The links to this preview that still open it, newest first',
    params: ById,
    response: z.object({ shares: z.array(PreviewShareLink) }),
  }),
  revokeShare: route({
    method: 'DELETE',
    path: '/api/shares/{id}',
    tag: 'builds',
    summary: 'Take a link back: whoever looks through it sees nothing from now on',
    params: ById,
    response: Done,
  }),
  listCode: route({
    method: 'GET',
    path: '/api/jobs/{id}/files',
    tag: 'builds',
    summary: 'The files of a build',
    params: ById,
    response: z.object({ files: z.array(CodeEntry) }),
  }),
  readCode: route({
    method: 'GET',
    path: '/api/jobs/{id}/file',
    tag: 'builds',
    summary: 'One file of a build',
    params: ById,
    query: z.object({ path: WorkspacePath }),
    response: z.object({ path: z.string(), content: z.string(), isBinary: z.boolean() }),
  }),
  restoreVersion: route({
    method: 'POST',
    path: '/api/versions/{id}/restore',
    tag: 'builds',
    summary: 'Make a new version from an old one',
    params: ById,
    response: Job,
  }),

  ...BACKLOG_ROUTES,
  ...MODEL_ROUTES,
  ...PROTOTYPE_ROUTES,
  ...REVISION_ROUTES,
} as const

export type RouteName = keyof typeof ROUTES

/** Routes whose answer is a stream, not JSON. */
export const STREAMS = {
  /** Server-sent events; `Last-Event-ID` (or `after`) resumes behind that id. */
  events: { path: '/api/events', query: z.object({ featureId: Id.optional(), after: z.coerce.number().int().nonnegative().optional() }) },
  /** A picture of the conversation. */
  chatImage: { path: '/api/features/{id}/images/{imageId}', params: z.object({ id: Id, imageId: Id }) },
  /** The zip of the newest ready build, or of `version`. */
  download: { path: '/api/features/{id}/download', params: ById, query: z.object({ version: z.string().optional() }) },
  /** The whole run of a feature as JSON lines: a RecordingHeader, then pictures and exchanges. */
  recording: { path: '/api/features/{id}/recording', params: ById },
} as const

/** RFC 9457 problem details, as every failed request answers. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  debug_id: z.string().optional(),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
