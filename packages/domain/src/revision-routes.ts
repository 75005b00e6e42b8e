/** Routes by which a spec and its plans are revised by a comment, compared with what they were, and brought back. */
import { z } from 'zod'
import { Feature } from './project.ts'
import { PlanText, Revision, RevisionComment } from './revision.ts'
import { route } from './route.ts'
import { Spec } from './spec.ts'
import { Id } from './values.ts'

const ById = z.object({ id: Id })
const ByNumber = z.object({ id: Id, number: z.coerce.number().int().positive() })
const Comment = z.object({ comment: RevisionComment })
/** The newest revision that whoever restores has seen: a newer one is not passed over unseen. */
const Seen = z.object({ revision: z.number().int().positive() })

export const REVISION_ROUTES = {
  reviseSpec: route({
    method: 'POST',
    path: '/api/features/{id}/revise-spec',
    tag: 'features',
    summary: 'Say what should change in the spec; a new revision is written, and the conversation tells what changed',
    params: ById,
    body: Comment,
    response: Feature,
  }),
  listSpecRevisions: route({
    method: 'GET',
    path: '/api/features/{id}/spec-revisions',
    tag: 'features',
    summary: 'The revisions of the spec, newest first',
    params: ById,
    response: z.object({ revisions: z.array(Revision) }),
  }),
  getSpecRevision: route({
    method: 'GET',
    path: '/api/features/{id}/spec-revisions/{number}',
    tag: 'features',
    summary: 'The spec as it was in one revision',
    params: ByNumber,
    response: z.object({ revision: Revision, spec: Spec }),
  }),
  restoreSpecRevision: route({
    method: 'POST',
    path: '/api/features/{id}/spec-revisions/{number}/restore',
    tag: 'features',
    summary: 'Make the spec of an older revision the newest one; nothing is lost',
    params: ByNumber,
    body: Seen,
    response: Revision,
  }),
  revisePlan: route({
    method: 'POST',
    path: '/api/features/{id}/revise-plan',
    tag: 'features',
    summary: 'Say what should change in the plan; a new revision is written, and the conversation tells what changed',
    params: ById,
    body: Comment,
    response: Feature,
  }),
  listPlanRevisions: route({
    method: 'GET',
    path: '/api/features/{id}/plan-revisions',
    tag: 'features',
    summary: 'The revisions of the plan, newest first',
    params: ById,
    response: z.object({ revisions: z.array(Revision) }),
  }),
  getPlanRevision: route({
    method: 'GET',
    path: '/api/features/{id}/plan-revisions/{number}',
    tag: 'features',
    summary: 'The plan documents as they were in one revision',
    params: ByNumber,
    response: z.object({ revision: Revision, plans: z.array(PlanText) }),
  }),
  restorePlanRevision: route({
    method: 'POST',
    path: '/api/features/{id}/plan-revisions/{number}/restore',
    tag: 'features',
    summary: 'Make the plan of an older revision the newest one; refused when it does not fit the spec of today',
    params: ByNumber,
    body: Seen,
    response: Revision,
  }),
} as const
