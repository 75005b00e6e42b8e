/** Does again what an owner did, through the same doors. */
import { failure, type OwnerAct, type SentImage } from '@slipway/domain'
import type { Storage, Stores } from '@slipway/storage'
import type { Pipeline } from '../pipeline.ts'

export interface ActPlace {
  readonly storage: Storage
  readonly pipeline: Pipeline
  readonly orgId: string
  /** Empty before the idea was told. */
  readonly featureId: string
  /** By hash, in base64. */
  readonly pictures: ReadonlyMap<string, string>
  /** Resolves when nothing goes on in the feature any more. */
  readonly settled: (featureId: string) => Promise<void>
}

/** Who edits and restores, in the history of the replay. */
const BY = 'recording'

/** @returns the feature it is about; @throws what the pipeline and the stores throw */
export async function doAct(place: ActPlace, act: OwnerAct): Promise<string> {
  const { storage, pipeline, orgId, featureId } = place
  const inside = <T>(work: (stores: Stores) => Promise<T>) => storage.inWorkspace(orgId, work)
  const restore = async (number: number, seen: number) => ({ featureId, number, seen, by: BY })
  switch (act.kind) {
    case 'tell-idea':
      return (await pipeline.createProject(orgId, { idea: act.text, images: shown(place, act) })).feature.id
    case 'say':
      await pipeline.say(orgId, { featureId, text: act.text, answers: act.answers, images: shown(place, act) })
      break
    case 'edit-brief':
      await inside(async ({ briefs }) => {
        const { questions = [], answers = [] } = (await briefs.get(featureId)) ?? {}
        await briefs.save(featureId, { brief: act.brief, questions, answers })
      })
      break
    case 'confirm-brief':
      await pipeline.confirmBrief(orgId, featureId)
      break
    case 'reopen-brief':
      await pipeline.reopenBrief(orgId, featureId)
      break
    case 'edit-spec':
      await inside(async ({ specs }) => {
        const seen = (await specs.get(featureId))?.revision ?? 0
        await specs.save(featureId, act.spec, seen, { made: 'edited', by: BY })
      })
      break
    case 'revise-spec':
      await pipeline.reviseSpec(orgId, { featureId, comment: act.comment })
      break
    case 'restore-spec': {
      const seen = (await inside(({ specs }) => specs.get(featureId)))?.revision ?? 0
      await pipeline.restoreSpec(orgId, await restore(act.number, seen))
      break
    }
    case 'approve-spec':
      await pipeline.approveSpec(orgId, featureId)
      break
    case 'reopen-spec':
      await pipeline.reopenSpec(orgId, featureId)
      break
    case 'edit-plan': {
      const seen = await planRevision(inside, featureId)
      await pipeline.editPlan(orgId, { featureId, plan: act.plan, source: act.source, seen, by: BY })
      break
    }
    case 'revise-plan':
      await pipeline.revisePlan(orgId, { featureId, comment: act.comment })
      break
    case 'restore-plan':
      await pipeline.restorePlan(orgId, await restore(act.number, await planRevision(inside, featureId)))
      break
    case 'add-cards':
      await inside(async (stores) => stores.cards.add((await stores.features.get(featureId)).projectId, act.cards))
      break
    case 'make-backlog':
      await pipeline.backlog.generate(orgId, featureId, act.stages)
      for (let retry = 0; retry < act.retries; retry++) {
        await place.settled(featureId)
        await pipeline.backlog.retry(orgId, featureId)
      }
      break
    case 'rename':
      await inside(({ features }) => features.rename(featureId, act.title))
      break
    case 'build':
      await build(place, inside, act.restoreFrom)
      break
  }
  return featureId
}

const planRevision = async (inside: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>, featureId: string): Promise<number> =>
  (await inside(({ plans }) => plans.revisions(featureId)))[0]?.number ?? 0

const shown = ({ pictures }: ActPlace, act: { readonly pictures: readonly string[] }): SentImage[] =>
  act.pictures.flatMap((hash) => pictures.get(hash) ?? []).map((base64) => ({ base64 }))

async function build(
  { pipeline, orgId, featureId }: ActPlace,
  inside: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>,
  restoreFrom: string | undefined,
): Promise<void> {
  const { feature, version } = await inside(async (stores) => {
    const feature = await stores.features.get(featureId)
    const versions = restoreFrom ? await stores.versions.list(feature.projectId) : []
    return { feature, version: versions.find(({ name }) => name === restoreFrom) }
  })
  if (restoreFrom && !version) throw failure('NOT_FOUND', { thing: 'version', id: restoreFrom })
  if (version) await pipeline.restoreVersion(orgId, version.id)
  else if (feature.status === 'plan_ready') await pipeline.approvePlan(orgId, featureId)
  else await pipeline.startBuild(orgId, featureId)
}
